import { Text, TextInput, type TextInputProps } from '@mantine/core'
import { useCurrency } from '../../app/money.tsx'

/** An amount as text, with the currency beside it. */
export function MoneyField(props: TextInputProps) {
  return (
    <TextInput
      inputMode="decimal"
      leftSection={<Text size="sm">{useCurrency()}</Text>}
      leftSectionWidth={52}
      styles={{ input: { textAlign: 'right' } }}
      {...props}
    />
  )
}
