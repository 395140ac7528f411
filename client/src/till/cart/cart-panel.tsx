import { IconBasket, IconLock } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { Money, useMoneyText } from '../../app/money.tsx'
import { isPay, useIsAt } from '../go.ts'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'
import { CartActions, PayButton } from './cart-actions.tsx'
import { CartLineRow } from './cart-line-row.tsx'
import { CartTotals } from './cart-totals.tsx'
import { CustomerRow } from './customer-row.tsx'
import { UndoBar } from './undo-bar.tsx'

export function CartPanel() {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { cart, tenders } = useOpenSale()
  const selling = useSelling()
  const { priced, lock } = selling
  const paying = useIsAt(isPay)
  const lines = priced.code === 'priced' ? priced.priced.lines : []
  const locked = lock !== undefined
  const isEmpty = cart.lines.length === 0
  const list = useFollowNewLine(cart.lines)

  return (
    <section className={classes.cart} aria-label={t('Cart')}>
      <CustomerRow />
      <div className={classes.linesFrame}>
        <ol ref={list} className={classes.lines} tabIndex={-1}>
          {lines.map((line) => (
            <CartLineRow key={line.lineId} line={line} locked={locked} />
          ))}
        </ol>
        {isEmpty && (
          <div className={classes.empty}>
            <EmptyState icon={IconBasket} title={t('The cart is empty')}>
              {t('Scan a barcode, search, or tap a product.')}
            </EmptyState>
          </div>
        )}
        {priced.code === 'tax-code-unknown' && (
          <p role="alert" className={classes.problem}>
            {t(
              'A product in this cart has a tax code ({{taxCode}}) this till does not know. Remove it to go on.',
              priced,
            )}
          </p>
        )}
        <UndoBar />
      </div>
      <div className={classes.bottom}>
        {tenders.length > 0 && (
          <p className={classes.takenNote}>
            <IconLock aria-hidden size={20} />
            <span>
              <strong>{t('{{amount}} taken', { amount: money(selling.settlement.paid) })}</strong>{' '}
              {t('To change the cart, take that back first.')}
            </span>
          </p>
        )}
        <CartTotals />
        <CartActions isEmpty={isEmpty} locked={locked} />
        {paying ? (
          <div className={classes.due}>
            <span>{t('Total')}</span>
            <strong>
              <Money amount={selling.settlement.due} />
            </strong>
          </div>
        ) : (
          <PayButton disabled={isEmpty || priced.code !== 'priced'} />
        )}
      </div>
    </section>
  )
}

/** Keeps the line that was just added in view. */
function useFollowNewLine(lines: readonly { readonly lineId: string; readonly quantity: number }[]) {
  const list = useRef<HTMLOListElement>(null)
  const before = useRef(lines)
  useEffect(() => {
    const old = new Map(before.current.map((line) => [line.lineId, line.quantity]))
    before.current = lines
    const changed = lines.findLastIndex((line) => line.quantity > (old.get(line.lineId) ?? 0))
    if (changed >= 0) list.current?.children[changed]?.scrollIntoView({ block: 'nearest' })
  }, [lines])
  return list
}
