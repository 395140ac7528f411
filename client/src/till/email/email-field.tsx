import { MAX_EMAIL } from '@evertill/shared/domain/email'
import { TextInput } from '@mantine/core'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'

interface EmailFieldProps {
  readonly label: string
  readonly description?: string
  readonly value: string
  /** What was typed was looked at, and is no address. */
  readonly wrong: boolean
  readonly onType: (text: string) => void
  readonly isFirst?: boolean
  readonly field?: RefObject<HTMLInputElement | null>
}

/** An address that a customer says at the counter. */
export function EmailField({ wrong, onType, isFirst = false, field, ...shown }: EmailFieldProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      {...shown}
      ref={field ?? null}
      data-autofocus={isFirst || undefined}
      autoFocus={isFirst}
      size="lg"
      type="email"
      maxLength={MAX_EMAIL}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      error={wrong && t('This is no e-mail address. Check it with the customer.')}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
