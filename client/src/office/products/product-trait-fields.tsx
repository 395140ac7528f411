import { Checkbox, Fieldset, Group, Stack, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ProductFormValues } from './product-form.ts'

interface ProductTraitFieldsProps {
  readonly form: UseFormReturnType<ProductFormValues>
  readonly disabled: boolean
}

const EXAMPLES = [
  { name: 'Colour', value: 'Red' },
  { name: 'Size', value: 'M' },
]

/** What a till does with a product besides ringing it up at its price. */
export function ProductTraitFields({ form, disabled }: ProductTraitFieldsProps) {
  return (
    <>
      <Fieldset legend="At the till">
        <Stack gap="md">
          <Checkbox
            label="Ask for the price"
            description="For what has none of its own. The price above is shown as what it usually is."
            disabled={disabled}
            {...form.getInputProps('openPrice', { type: 'checkbox' })}
          />
          <Checkbox
            label="Favourite"
            description="At hand on every till, in its first tab."
            disabled={disabled}
            {...form.getInputProps('favourite', { type: 'checkbox' })}
          />
          <TextInput
            label="Picture"
            description="An address that begins with https://. Tills keep it for offline where its site allows it."
            placeholder="https://"
            spellCheck={false}
            {...form.getInputProps('picture')}
          />
        </Stack>
      </Fieldset>
      <Fieldset legend="Variant">
        <Stack gap="md">
          <TextInput
            label="One of"
            description="The name that all its sizes and colours share. Tills show them as one tile."
            placeholder="Kopi tote bag"
            {...form.getInputProps('variantOf')}
          />
          {form.values.options.map((_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: there are always as many, each in its place
            <Group key={i} grow align="flex-start">
              <TextInput
                label={`Option ${i + 1}`}
                placeholder={EXAMPLES[i]?.name ?? ''}
                {...form.getInputProps(`options.${i}.name`)}
              />
              <TextInput
                label={`Its value ${i + 1}`}
                placeholder={EXAMPLES[i]?.value ?? ''}
                {...form.getInputProps(`options.${i}.value`)}
              />
            </Group>
          ))}
        </Stack>
      </Fieldset>
    </>
  )
}
