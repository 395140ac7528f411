import { Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './recording.module.css'

interface ReasonFieldProps {
  readonly value: string
  readonly onChange: (reason: string) => void
  /** The usual ones, a tap each. */
  readonly usual: readonly string[]
  /** A dialog begins at the first of them, and not at its Close button. */
  readonly autoFocus?: boolean
}

/** Why: one of the usual reasons by a tap, or any other typed. */
export function ReasonField({ value, onChange, usual, autoFocus = false }: ReasonFieldProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.reason}>
      <TextInput
        size="lg"
        label={t('Reason')}
        value={value}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.usual}>
        {usual.map((reason, i) => (
          <Button
            key={reason}
            data-autofocus={(autoFocus && i === 0) || undefined}
            h={48}
            px={12}
            variant={value === reason ? 'light' : 'default'}
            aria-pressed={value === reason}
            onClick={() => onChange(reason)}
          >
            {reason}
          </Button>
        ))}
      </div>
    </div>
  )
}
