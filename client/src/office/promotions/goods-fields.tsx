import type { PromotionOptions, PromotionProduct } from '@evertill/shared/protocol/office/promotions'
import { MultiSelect, Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useMoneyText } from '../../app/money.tsx'
import type { FieldsProps } from './offer-fields.tsx'
import { useProductSearch } from './use-product-search.ts'

interface GoodsFieldsProps extends FieldsProps {
  readonly categories: PromotionOptions['categories']
  /** Those that were named when the form was opened. */
  readonly products: readonly PromotionProduct[]
}

/** On what. */
export function GoodsFields({ form, disabled, categories, products }: GoodsFieldsProps) {
  const { about, categoryIds } = form.values
  const known = new Set(categories.map(({ categoryId }) => categoryId))
  return (
    <Stack gap="lg">
      <Radio.Group label="On what" {...form.getInputProps('about')}>
        <Stack gap="sm" mt={4}>
          <Radio value="some" label="Some categories and products" disabled={disabled} />
          <Radio value="all" label="Everything that is sold" disabled={disabled} />
        </Stack>
      </Radio.Group>
      {about === 'some' && (
        <>
          <MultiSelect
            label="Categories"
            description="With all their products, those that come later too."
            placeholder={categoryIds.length === 0 ? 'Type to search' : ''}
            searchable
            clearable
            hidePickedOptions
            nothingFoundMessage="No category of that name"
            clearButtonProps={{ 'aria-label': 'Take out all categories' }}
            data={[
              ...categories.map(({ categoryId, name }) => ({ value: categoryId, label: name })),
              ...categoryIds
                .filter((id) => !known.has(id))
                .map((id) => ({ value: id, label: 'A category that is gone' })),
            ]}
            {...form.getInputProps('categoryIds')}
          />
          <ProductPicker form={form} products={products} />
        </>
      )}
    </Stack>
  )
}

function ProductPicker({ form, products }: Pick<GoodsFieldsProps, 'form' | 'products'>) {
  const money = useMoneyText()
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<readonly PromotionProduct[]>(products)
  const { found, searching } = useProductSearch(typed)
  const { value, onChange, ...input } = form.getInputProps('productIds')
  const chosen: readonly string[] = value
  const offered = [
    ...picked.filter(({ productId }) => chosen.includes(productId)),
    ...found.filter(({ productId }) => !chosen.includes(productId)),
  ]
  return (
    <MultiSelect
      label="Products"
      description="Search by name, SKU or barcode."
      placeholder={chosen.length === 0 ? 'Type to search' : ''}
      searchable
      clearable
      hidePickedOptions
      maxValues={1000}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={
        typed.trim() === '' ? 'Type a few letters' : searching ? 'Searching' : 'No product like that'
      }
      clearButtonProps={{ 'aria-label': 'Take out all products' }}
      // The server searched already, by more than the name.
      filter={({ options }) => options}
      data={offered.map(({ productId, name, price, gone }) => ({
        value: productId,
        label: gone ? `${name} (no longer sold)` : `${name} · ${money(price)}`,
      }))}
      value={[...chosen]}
      onChange={(ids) => {
        setPicked(offered.filter(({ productId }) => ids.includes(productId)))
        onChange(ids)
      }}
      {...input}
    />
  )
}
