import { Chip, Group, Input, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useCurrency } from '../../app/money.tsx'
import classes from './promotion.module.css'
import type { OfferKind, PromotionFormValues } from './promotion-form.ts'

export interface FieldsProps {
  readonly form: UseFormReturnType<PromotionFormValues>
  readonly disabled: boolean
}

const KINDS: readonly { value: OfferKind; label: string }[] = [
  { value: 'percent', label: 'Percent off' },
  { value: 'amount', label: 'Amount off' },
  { value: 'price', label: 'Another price' },
  { value: 'set', label: 'Any 3 for a price' },
  { value: 'buy-get', label: 'Buy 2 get 1 free' },
]

/** What is given. */
export function OfferFields({ form, disabled }: FieldsProps) {
  const { kind } = form.values
  return (
    <Stack gap="lg">
      <Input.Wrapper label="What it gives" labelElement="div" labelProps={{ id: 'offer-label' }}>
        <Chip.Group value={kind} onChange={(value) => form.setFieldValue('kind', value as OfferKind)}>
          <Group gap="sm" role="radiogroup" aria-labelledby="offer-label" className={classes.chips ?? ''}>
            {KINDS.map(({ value, label }) => (
              <Chip key={value} value={value} disabled={disabled}>
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      {kind === 'percent' && <Percent form={form} field="percent" label="Off the price" />}
      {kind === 'amount' && <Amount form={form} field="amount" label="Off each piece, or each kilogram" />}
      {kind === 'price' && <Amount form={form} field="price" label="Price of each piece, or each kilogram" />}
      {kind === 'set' && (
        <Group grow align="flex-start">
          <Count form={form} field="size" label="How many pieces" />
          <Amount form={form} field="setPrice" label="Price together" />
        </Group>
      )}
      {kind === 'buy-get' && (
        <Group grow align="flex-start">
          <Count form={form} field="buy" label="Buy" />
          <Count form={form} field="get" label="Get" />
          <Percent form={form} field="getPercent" label="At so much off" description="100 is free" />
        </Group>
      )}
      {(kind === 'set' || kind === 'buy-get') && (
        <Switch
          label="Different products may be mixed"
          description={
            kind === 'set'
              ? 'The dearest pieces go together first.'
              : 'Of the pieces that go together the cheapest are given.'
          }
          disabled={disabled}
          {...form.getInputProps('mixed', { type: 'checkbox' })}
        />
      )}
    </Stack>
  )
}

interface FieldProps<Field> {
  readonly form: UseFormReturnType<PromotionFormValues>
  readonly field: Field
  readonly label: string
  readonly description?: string
}

const right = { input: { textAlign: 'right' } } as const

function Amount({ form, field, label }: FieldProps<'amount' | 'price' | 'setPrice'>) {
  const currency = useCurrency()
  return (
    <TextInput
      label={label}
      required
      inputMode="decimal"
      placeholder="0.00"
      leftSection={<Text size="sm">{currency}</Text>}
      leftSectionWidth={52}
      styles={right}
      {...form.getInputProps(field)}
    />
  )
}

function Percent({ form, field, label, description }: FieldProps<'percent' | 'getPercent'>) {
  return (
    <TextInput
      label={label}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...(description !== undefined && { description })}
      required
      inputMode="decimal"
      placeholder="20"
      rightSection={<Text size="sm">%</Text>}
      styles={right}
      {...form.getInputProps(field)}
    />
  )
}

function Count({ form, field, label }: FieldProps<'size' | 'buy' | 'get'>) {
  return (
    <TextInput label={label} required inputMode="numeric" styles={right} {...form.getInputProps(field)} />
  )
}
