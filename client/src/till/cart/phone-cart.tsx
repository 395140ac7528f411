import { Button, Drawer } from '@mantine/core'
import { IconShoppingCart } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'
import { CartPanel } from './cart-panel.tsx'
import { HeldBarButton } from './held-button.tsx'
import { piecesIn } from './pieces-in.ts'

/** On a phone the cart is a bar at the bottom that opens into a sheet. */
export function PhoneCart() {
  const { t } = useTranslation()
  const { cart } = useOpenSale()
  const { priced, startPaying } = useSelling()
  const [opened, setOpened] = useState(false)
  const total = priced.code === 'priced' ? priced.priced.total : 0
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
          {t('{{count}} items', { count: pieces })}
        </button>
        <HeldBarButton />
        <Button
          h={56}
          fz={18}
          disabled={cart.lines.length === 0 || priced.code !== 'priced'}
          onClick={startPaying}
        >
          <span className={classes.barPay}>
            {t('Pay')} <Money amount={total} />
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
