import type { ProductDetail, ProductOptions } from '@evertill/shared/protocol/office/products'
import {
  Button,
  Fieldset,
  Group,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useCurrency, useMoneyText } from '../../app/money.tsx'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { SaveProblem } from '../parts/save-problem.tsx'
import { useMay } from '../session/use-session.ts'
import { asSentences } from '../words/form-errors.ts'
import { CategoryField } from './category-field.tsx'
import { DeleteProduct } from './delete-product.tsx'
import {
  errorsByField,
  isFarFrom,
  type ProductFormValues,
  productFormValues,
  readProductForm,
} from './product-form.ts'
import { ProductTraitFields } from './product-trait-fields.tsx'

interface ProductEditorProps {
  readonly product?: ProductDetail
  readonly choices: ProductOptions
  readonly onDone: () => Promise<void>
}

export function ProductEditor({ product, choices, onDone }: ProductEditorProps) {
  const { api } = useOffice()
  const currency = useCurrency()
  const money = useMoneyText()
  const queryClient = useQueryClient()
  const mayEdit = useMay('catalogue.edit')
  const [deleting, setDeleting] = useState(false)
  const [unusual, setUnusual] = useState<{ readonly values: ProductFormValues; readonly price: number }>()
  const finished = useRef(false)
  const form = useForm<ProductFormValues>({
    initialValues: productFormValues(product, choices.taxCodes[0]?.taxCodeId, currency),
    validate: (values) => {
      const read = readProductForm(values, currency, choices.categories)
      return read.ok ? {} : errorsByField(read.errors, values.barcodes)
    },
  })

  const reload = () =>
    Promise.all(
      [['products'], ['product'], ['stock'], ['product-options']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
  const done = async (words: string) => {
    finished.current = true
    sayDone(words)
    await onDone()
    await reload()
  }
  const save = useMutation({
    mutationFn: async (values: ProductFormValues) => {
      const read = readProductForm(values, currency, choices.categories)
      if (!read.ok) return
      if (product === undefined) await api.createProduct(read.edit)
      else await api.updateProduct(product.productId, { ...read.edit, version: product.version })
      await done(`${read.edit.name} is saved. Tills have it within a minute of being online.`)
    },
    onError: (error, values) => {
      form.setErrors(asSentences(errorsByField(fieldErrors(error), values.barcodes)))
    },
  })

  const submit = (values: ProductFormValues) => {
    const read = readProductForm(values, currency, choices.categories)
    if (product !== undefined && read.ok && isFarFrom(product.price, read.edit.price))
      setUnusual({ values, price: read.edit.price })
    else save.mutate(values)
  }

  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Fieldset variant="unstyled" disabled={!mayEdit} aria-label="Product">
        <Stack gap="lg">
          <TextInput
            label="Name"
            description="As it stands on the receipt"
            required
            ref={product === undefined ? focusFirst : undefined}
            {...form.getInputProps('name')}
          />
          <Group grow align="flex-start">
            <TextInput label="SKU" required spellCheck={false} {...form.getInputProps('sku')} />
            <CategoryField form={form} categories={choices.categories} />
          </Group>
          <Group grow align="flex-start">
            <TextInput
              label="Price, GST included"
              required
              inputMode="decimal"
              placeholder="0.00"
              leftSection={<Text size="sm">{currency}</Text>}
              leftSectionWidth={52}
              styles={{ input: { textAlign: 'right' } }}
              {...form.getInputProps('price')}
            />
            <TextInput
              label="Cost"
              inputMode="decimal"
              placeholder="Not known"
              leftSection={<Text size="sm">{currency}</Text>}
              leftSectionWidth={52}
              styles={{ input: { textAlign: 'right' } }}
              {...form.getInputProps('cost')}
            />
          </Group>
          <Group grow align="flex-start">
            <NativeSelect
              label="Tax code"
              required
              data={[
                ...(form.values.taxCodeId === null ? [{ value: '', label: 'Choose' }] : []),
                ...choices.taxCodes.map(({ taxCodeId, code, name }) => ({
                  value: taxCodeId,
                  label: `${code} · ${name}`,
                })),
              ]}
              {...form.getInputProps('taxCodeId')}
              value={form.values.taxCodeId ?? ''}
              onChange={(event) => form.setFieldValue('taxCodeId', event.currentTarget.value || null)}
            />
            <Input.Wrapper label="Sold by" labelElement="div" labelProps={{ id: 'unit-label' }}>
              <SegmentedControl
                fullWidth
                aria-labelledby="unit-label"
                data={[
                  { value: 'each', label: 'Piece' },
                  { value: 'kg', label: 'Kilogram' },
                ]}
                disabled={!mayEdit}
                {...form.getInputProps('unit')}
              />
            </Input.Wrapper>
          </Group>
          <TagsInput
            label="Barcodes and PLU"
            description="Scan or type one and press Enter. A scale’s label finds it by its item code."
            splitChars={[',', ' ', '\t']}
            maxTags={20}
            clearable
            {...form.getInputProps('barcodes')}
          />
          <ProductTraitFields form={form} disabled={!mayEdit} />
          <SaveProblem error={save.error} onShowSaved={reload} />
          {mayEdit && (
            <Group justify="space-between">
              {product !== undefined ? (
                <Button
                  variant="subtle"
                  color="red"
                  c="var(--ev-bad)"
                  leftSection={<IconTrash size={16} aria-hidden />}
                  onClick={() => setDeleting(true)}
                >
                  Delete
                </Button>
              ) : (
                <span />
              )}
              <Button type="submit" loading={save.isPending}>
                {product === undefined ? 'Add product' : 'Save changes'}
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
      {product !== undefined && (
        <DeleteProduct
          product={product}
          opened={deleting}
          onClose={() => setDeleting(false)}
          onDeleted={() => void done(`${product.name} is deleted.`)}
        />
      )}
      {product !== undefined && unusual !== undefined && (
        <Confirm
          opened
          tone="plain"
          title={`${product.name} for ${money(unusual.price)}?`}
          confirm={`Sell for ${money(unusual.price)}`}
          cancel="Keep editing"
          onConfirm={() => {
            setUnusual(undefined)
            save.mutate(unusual.values)
          }}
          onClose={() => setUnusual(undefined)}
        >
          It costs {money(product.price)} now. Tills sell for the new price within a minute of being online.
        </Confirm>
      )}
      <LeaveGuard
        unsaved={() => !finished.current && form.isDirty()}
        what={form.values.name.trim() || 'this product'}
      />
    </form>
  )
}
