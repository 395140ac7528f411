import type { PromotionOptions } from '@evertill/shared/protocol/office/promotions'
import { MultiSelect, Radio, Stack, Switch, TextInput } from '@mantine/core'
import type { FieldsProps } from './offer-fields.tsx'

/** For whom. */
export function PeopleFields({
  form,
  tiers,
}: Pick<FieldsProps, 'form'> & { readonly tiers: PromotionOptions['tiers'] }) {
  const { tierIds } = form.values
  const known = new Set(tiers.map(({ tierId }) => tierId))
  return (
    <MultiSelect
      label="Only for members of"
      description="The customer must be on the sale. Leave it empty for everyone."
      placeholder={tierIds.length === 0 ? 'Everyone' : ''}
      clearable
      clearButtonProps={{ 'aria-label': 'For everyone' }}
      data={[
        ...tiers.map(({ tierId, name }) => ({ value: tierId, label: name })),
        ...tierIds.filter((id) => !known.has(id)).map((id) => ({ value: id, label: 'A tier that is gone' })),
      ]}
      {...form.getInputProps('tierIds')}
    />
  )
}

/** How it goes with others: a piece takes part in one promotion at most. */
export function StackingFields({ form, disabled }: FieldsProps) {
  return (
    <Stack gap="lg">
      <Radio.Group
        label="When another promotion is about the same goods"
        description="A piece is given one of them."
        {...form.getInputProps('stacking')}
      >
        <Stack gap="sm" mt={4}>
          <Radio value="best" label="Whichever takes more off the bill" disabled={disabled} />
          <Radio value="exclusive" label="This one, before all such others" disabled={disabled} />
        </Stack>
      </Radio.Group>
      {form.values.stacking === 'exclusive' && (
        <TextInput
          label="Its place among those that go first"
          description="The smaller number goes first."
          required
          inputMode="numeric"
          styles={{ input: { textAlign: 'right' } }}
          {...form.getInputProps('priority')}
        />
      )}
      <Switch
        label="A discount on the bill is given on these goods as well"
        disabled={disabled}
        {...form.getInputProps('withBillDiscount', { type: 'checkbox' })}
      />
    </Stack>
  )
}
