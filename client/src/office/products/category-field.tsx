import type { ProductOptions } from '@evertill/shared/protocol/office/products'
import { Autocomplete } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { categoryNamed, type ProductFormValues } from './product-form.ts'

interface CategoryFieldProps {
  readonly form: UseFormReturnType<ProductFormValues>
  readonly categories: ProductOptions['categories']
}

/** One of the shop's categories, or the name of a new one: nothing that was typed is lost by not choosing it. */
export function CategoryField({ form, categories }: CategoryFieldProps) {
  const typed = form.values.category.trim()
  const known = categoryNamed(categories, typed)
  const isNew = typed !== '' && known === undefined
  return (
    <Autocomplete
      label="Category"
      placeholder="None"
      description={isNew ? `New: ${typed} is made as you save` : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={[...new Set(categories.map(({ name }) => name)), ...(isNew ? [typed] : [])]}
      // One that is chosen hides none of the others.
      {...(known !== undefined && { filter: ({ options }) => options })}
      renderOption={({ option }) => (isNew && option.value === typed ? `Create “${typed}”` : option.value)}
      clearable
      comboboxProps={{ withinPortal: false }}
      {...form.getInputProps('category')}
    />
  )
}
