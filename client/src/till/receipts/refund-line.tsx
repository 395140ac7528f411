import { type Minor, ONE_UNIT, type Thousandths, thousandths } from '@evertill/shared/domain/money'
import type { SaleLine } from '@evertill/shared/domain/sale'
import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { readUnit } from '../../store/catalogue.ts'
import forms from '../recording/recording.module.css'
import { useServices } from '../till-context.tsx'
import classes from './refund.module.css'

interface RefundLineProps {
  readonly line: SaleLine
  /** What can still come back of it. */
  readonly left: Thousandths
  /** What goes back for all that is left of it. */
  readonly worth: Minor
  readonly quantity: Thousandths
  readonly restock: boolean
  readonly onChange: (next: { quantity?: Thousandths; restock?: boolean }) => void
}

/** What was weighed comes back whole or not at all; pieces one by one. */
export const stepOf = ({ quantity }: Pick<SaleLine, 'quantity'>, left: Thousandths): Thousandths =>
  quantity % ONE_UNIT === 0 ? thousandths(ONE_UNIT) : left

/** One line of the sale: how much of it comes back, and whether it can be sold again. */
export function RefundLine({ line, left, worth, quantity, restock, onChange }: RefundLineProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { productId } = line
  const unit = useLiveQuery(() => readUnit(db, productId), [db, productId], 'each')
  const step = stepOf(line, left)
  const set = (next: number) => onChange({ quantity: thousandths(Math.min(left, Math.max(0, next))) })
  return (
    <li>
      <div className={classes.line}>
        <span>
          {line.name}
          <br />
          <small>
            {left === 0
              ? t('All of it came back')
              : left === line.quantity
                ? t('{{quantity}} sold', { quantity: quantityText(line.quantity, unit) })
                : t('{{left}} of {{quantity}} left', {
                    left: quantityText(left, unit),
                    quantity: quantityText(line.quantity, unit),
                  })}
            {left > 0 && (
              <>
                {' · '}
                <Money amount={worth} />
              </>
            )}
          </small>
        </span>
        <fieldset className={classes.stepper}>
          <legend className={classes.spoken}>{line.name}</legend>
          <ActionIcon
            variant="default"
            size={48}
            disabled={quantity === 0}
            aria-label={t('One less of {{name}}', { name: line.name })}
            onClick={() => set(quantity - step)}
          >
            <IconMinus aria-hidden size={20} />
          </ActionIcon>
          <output aria-label={t('{{name}} comes back', { name: line.name })}>
            {quantityText(quantity, unit)}
          </output>
          <ActionIcon
            variant="default"
            size={48}
            disabled={quantity >= left}
            aria-label={t('One more of {{name}}', { name: line.name })}
            onClick={() => set(quantity + step)}
          >
            <IconPlus aria-hidden size={20} />
          </ActionIcon>
        </fieldset>
      </div>
      {quantity > 0 && (
        <SegmentedControl
          fullWidth
          className={forms.choice}
          aria-label={t('What becomes of {{name}}', { name: line.name })}
          value={restock ? 'shelf' : 'off'}
          onChange={(value) => onChange({ restock: value === 'shelf' })}
          data={[
            { value: 'shelf', label: t('Back on the shelf') },
            { value: 'off', label: t('Write off') },
          ]}
        />
      )}
    </li>
  )
}
