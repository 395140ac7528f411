import { ONE_UNIT } from '@evertill/shared/domain/money'
import { ActionIcon } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import classes from '../receipts/refund.module.css'

interface StepperProps {
  readonly name: string
  readonly quantity: number
  readonly unit: 'each' | 'kg'
  readonly onChange: (quantity: number) => void
}

/** One less, how many, one more. */
export function Stepper({ name, quantity, unit, onChange }: StepperProps) {
  const { t } = useTranslation()
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
