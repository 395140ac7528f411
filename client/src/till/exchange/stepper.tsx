import { ONE_UNIT } from '@evertill/shared/domain/money'
import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import classes from '../receipts/refund.module.css'

interface StepperProps {
  readonly name: string
  readonly quantity: number
  readonly unit: 'each' | 'kg'
  readonly onChange: (quantity: number) => void
}

/** One less, how many, one more; what was weighed is there or not. */
export function Stepper({ name, quantity, unit, onChange }: StepperProps) {
  const { t } = useTranslation()
  if (unit === 'kg')
    return (
      <span className={classes.stepper}>
        <output>{quantityText(quantity, unit)}</output>
        <ActionIcon
          variant="default"
          size={48}
          aria-label={t('Remove {{name}}', { name })}
          onClick={() => onChange(0)}
        >
          <IconTrash aria-hidden size={20} />
        </ActionIcon>
      </span>
    )
  return (
    <fieldset className={classes.stepper}>
      <legend className={classes.spoken}>{name}</legend>
      <ActionIcon
        variant="default"
        size={48}
        aria-label={t('One less of {{name}}', { name })}
        onClick={() => onChange(quantity - ONE_UNIT)}
      >
        <IconMinus aria-hidden size={20} />
      </ActionIcon>
      <output>{quantityText(quantity, unit)}</output>
      <ActionIcon
        variant="default"
        size={48}
        aria-label={t('One more of {{name}}', { name })}
        onClick={() => onChange(quantity + ONE_UNIT)}
      >
        <IconPlus aria-hidden size={20} />
      </ActionIcon>
    </fieldset>
  )
}
