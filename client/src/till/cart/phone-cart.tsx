import type { CartLine } from '@evertill/shared/domain/cart'
import { extend } from '@evertill/shared/domain/money'
import { Button, Drawer } from '@mantine/core'
import { IconShoppingCart } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wholeMeasures } from '../../app/format.ts'
import { Money, useMoneyText } from '../../app/money.tsx'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'
import { ToPay } from './cart-actions.tsx'
import { CartPanel } from './cart-panel.tsx'
import { HeldBarButton } from './held-button.tsx'
import { piecesIn } from './pieces-in.ts'
import { useNewest } from './use-newest.ts'

/** What was added last, and for how much: the list that was tapped hides the cart. The announcer has said it already. */
function Newest() {
  const { cart } = useOpenSale()
  const newest = useNewest(cart.lines)
  const line = cart.lines.find(({ lineId }) => lineId === newest)
  return (
    <span className={classes.barNewest} aria-hidden>
      {line !== undefined && (
        <>
          <span>{wholeMeasures(line.name)}</span>
          <span>
            {'\u00a0· '}
            <Money amount={priceOf(line)} />
          </span>
        </>
      )}
    </span>
  )
}

/** Of one piece, or of all that was weighed. */
const priceOf = ({ unit, unitPrice, quantity, labelPrice }: CartLine): number =>
  labelPrice ?? (unit === 'kg' ? extend(unitPrice, quantity) : unitPrice)

/** On a phone the cart is a bar at the bottom that opens into a sheet. */
export function PhoneCart() {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { cart, tenders } = useOpenSale()
  const { priced, settlement, startPaying } = useSelling()
  const [opened, setOpened] = useState(false)
  const pieces = piecesIn(cart)
  return (
    <>
      <div className={classes.bar}>
        <button
          type="button"
          className={classes.barCart}
          aria-haspopup="dialog"
          onClick={() => setOpened(true)}
        >
          <IconShoppingCart aria-hidden size={22} />
          <span className={classes.barWords}>
            {t('{{count}} items', { count: pieces })}
            {tenders.length > 0 ? (
              <span className={classes.barNewest}>
                <span>{t('{{amount}} taken', { amount: money(settlement.paid) })}</span>
              </span>
            ) : (
              <Newest />
            )}
          </span>
        </button>
        <HeldBarButton />
        <Button
          h={56}
          fz={18}
          disabled={cart.lines.length === 0 || priced.code !== 'priced'}
          onClick={startPaying}
        >
          <span className={classes.barPay} data-left={tenders.length > 0}>
            <ToPay />
          </span>
        </Button>
      </div>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="92%"
        padding={0}
        title={t('Cart')}
        closeButtonProps={{ 'aria-label': t('Close the cart'), size: 48 }}
        styles={{
          content: { display: 'flex', flexDirection: 'column' },
          header: { paddingInlineStart: 16 },
          body: { flex: 1, minHeight: 0 },
        }}
      >
        <CartPanel />
      </Drawer>
    </>
  )
}
