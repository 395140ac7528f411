import { ONE_UNIT, thousandths } from '@evertill/shared/domain/money'
import type { PricedLine } from '@evertill/shared/domain/pricing'
import { promotionOff } from '@evertill/shared/domain/promotion'
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText, rateText } from '../../app/format.ts'
import { Money, useMoneyText } from '../../app/money.tsx'
import { useSellingActions } from '../selling-actions.tsx'
import classes from './cart.module.css'
import { useSwipeAway } from './use-swipe-away.ts'

interface CartLineRowProps {
  readonly line: PricedLine
  readonly locked: boolean
}

/** Every change of the cart prices all its lines anew; only those that look different are rendered. */
export const CartLineRow = memo(function CartLineRow({ line, locked }: CartLineRowProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { changeCart, removeLine, openDialog } = useSellingActions()
  const { lineId, name, quantity, unit = 'each', discount, note, override, value } = line
  // What is put on a code can be taken out again, and that is all.
  const fixed = locked || value !== undefined
  // What was weighed is not one more or one less of anything.
  const last = unit === 'kg' || quantity <= ONE_UNIT

  const step = (by: 1 | -1) => {
    if (by < 0 && last) removeLine(line)
    else changeCart({ type: 'quantity-set', lineId, quantity: thousandths(quantity + by * ONE_UNIT) })
  }

  const swipe = useSwipeAway(locked ? undefined : () => removeLine(line))

  return (
    <li className={classes.line} {...swipe}>
      <button
        type="button"
        className={classes.lineName}
        disabled={fixed}
        aria-label={t('Change {{name}}', { name })}
        onClick={() => openDialog({ kind: 'line', lineId })}
      >
        <span className={classes.lineTitle}>{name}</span>
        <span className={classes.lineNote}>
          <span className={classes.whole}>
            <Money amount={line.unitPrice} />
            {unit === 'kg' && ' / kg'}
          </span>
          {discount !== undefined && (
            <>
              {' '}
              <span className={`${classes.lineDiscount} ${classes.whole}`}>
                <Money amount={-line.lineDiscount} />
                {discount.kind === 'percent' && ` (${rateText(discount.ratePpm)})`}
              </span>
            </>
          )}
        </span>
        {line.promotions.map(({ promotionId, name, amount }) => (
          <span key={promotionId} className={classes.lineNote}>
            {name}{' '}
            <span className={classes.lineDiscount}>
              <Money amount={-amount} />
            </span>
          </span>
        ))}
        {override !== undefined && (
          <span className={classes.lineNote}>
            {t('was {{price}}', { price: money(override.from) })} · {override.reason}
          </span>
        )}
        {line.labelPrice !== undefined && <span className={classes.lineNote}>{t('Price on the label')}</span>}
        {note !== undefined && <span className={classes.lineNote}>“{note}”</span>}
      </button>
      <div className={classes.stepper}>
        <button
          type="button"
          disabled={locked}
          aria-label={last ? t('Remove {{name}}', { name }) : t('One less {{name}}', { name })}
          onClick={() => step(-1)}
        >
          {last ? <IconTrash aria-hidden size={20} /> : <IconMinus aria-hidden size={20} />}
        </button>
        <button
          type="button"
          className={classes.quantity}
          data-weighed={unit === 'kg' || undefined}
          disabled={fixed}
          aria-label={t('Quantity of {{name}}: {{quantity}}', {
            name,
            quantity: quantityText(quantity, unit),
          })}
          onClick={() => openDialog({ kind: 'line', lineId })}
        >
          {quantityText(quantity, unit)}
        </button>
        {unit !== 'kg' && (
          <button
            type="button"
            disabled={fixed}
            aria-label={t('One more {{name}}', { name })}
            onClick={() => step(1)}
          >
            <IconPlus aria-hidden size={20} />
          </button>
        )}
      </div>
      <span className={classes.amount}>
        <Money amount={line.gross - line.lineDiscount - promotionOff(line.promotions)} />
      </span>
    </li>
  )
}, isSame)

function isSame(before: CartLineRowProps, after: CartLineRowProps): boolean {
  return before.locked === after.locked && JSON.stringify(before.line) === JSON.stringify(after.line)
}
