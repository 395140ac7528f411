import {
  type ProductDetail,
  type ProductOptions,
  type TypedProduct,
  zTypedProduct,
} from '@evertill/shared/protocol/office/products'
import { MAX_OPTIONS } from '@evertill/shared/protocol/product-traits'
import { formErrors } from '../words/form-errors.ts'
import { type ParsedMoney, parseMoneyText, plainMoneyText } from '../words/money-text.ts'

/** A product as it stands in the form: amounts are text until they are saved. */
export interface ProductFormValues {
  sku: string
  name: string
  /** Its name, which may be that of none yet; empty: none. */
  category: string
  taxCodeId: string | null
  price: string
  cost: string
  unit: 'each' | 'kg'
  barcodes: string[]
  openPrice: boolean
  favourite: boolean
  picture: string
  variantOf: string
  /** Always MAX_OPTIONS of them; empty ones are none. */
  options: { name: string; value: string }[]
}

/** Whether a price is so far from the one before that a point may be in the wrong place. */
export const isFarFrom = (before: number, price: number): boolean =>
  before > 0 && price !== before && (price >= before * 2 || price * 2 <= before)

const optionsOf = (options: ProductDetail['options'] = []): ProductFormValues['options'] =>
  Array.from({ length: MAX_OPTIONS }, (_, i) => ({ name: '', value: '', ...options[i] }))

export function productFormValues(
  product: ProductDetail | undefined,
  usualTaxCodeId: string | undefined,
  currency: string,
): ProductFormValues {
  if (product === undefined) {
    return {
      sku: '',
      name: '',
      category: '',
      taxCodeId: usualTaxCodeId ?? null,
      price: '',
      cost: '',
      unit: 'each',
      barcodes: [],
      openPrice: false,
      favourite: false,
      picture: '',
      variantOf: '',
      options: optionsOf(),
    }
  }
  const { sku, name, categoryName, taxCodeId, price, cost, unit, barcodes } = product
  return {
    sku,
    name,
    category: categoryName ?? '',
    taxCodeId,
    price: plainMoneyText(price, currency),
    cost: cost === null ? '' : plainMoneyText(cost, currency),
    unit,
    barcodes: [...barcodes],
    openPrice: product.openPrice ?? false,
    favourite: product.favourite ?? false,
    picture: product.picture ?? '',
    variantOf: product.variantOf ?? '',
    options: optionsOf(product.options),
  }
}

const MONEY_WORDS = {
  empty: 'Fill this in',
  'not-an-amount': 'Type an amount, such as 3.60',
  'too-many-decimals': 'That is smaller than the smallest coin',
  'too-much': 'That is too much',
} as const

const wrongMoney = (parsed: ParsedMoney): string | undefined =>
  parsed.ok ? undefined : MONEY_WORDS[parsed.code]

export type ReadForm =
  | { readonly ok: true; readonly edit: TypedProduct }
  | { readonly ok: false; readonly errors: Record<string, string> }

/** The category that a typed name means, as the server finds it. */
export const categoryNamed = (categories: ProductOptions['categories'], typed: string) =>
  categories.find(({ name }) => name.toLowerCase() === typed.trim().toLowerCase())

/** What the form says, as a product to save, or what is wrong with it by field. */
export function readProductForm(
  values: ProductFormValues,
  currency: string,
  categories: ProductOptions['categories'],
): ReadForm {
  const price = parseMoneyText(values.price, currency, Number.MAX_SAFE_INTEGER)
  const cost = parseMoneyText(values.cost, currency, Number.MAX_SAFE_INTEGER)
  const noCost = !cost.ok && cost.code === 'empty'
  const { category, openPrice, favourite, picture, variantOf, options, ...plain } = values
  const said = options.filter(({ name, value }) => name.trim() !== '' || value.trim() !== '')
  const categoryId = categoryNamed(categories, category)?.categoryId ?? null
  const edit = {
    ...plain,
    categoryId,
    ...(categoryId === null && category.trim() !== '' && { newCategory: category }),
    ...(openPrice && { openPrice: true as const }),
    ...(favourite && { favourite: true as const }),
    ...(picture.trim() !== '' && { picture: picture.trim() }),
    ...(variantOf.trim() !== '' && { variantOf }),
    ...(said.length > 0 && { options: said }),
    price: price.ok ? price.amount : 0,
    cost: cost.ok ? cost.amount : null,
  }
  const errors: Record<string, string> = {
    ...(values.taxCodeId === null && { taxCodeId: 'Choose a tax code' }),
  }
  if (variantOf.trim() !== '' && said.length === 0)
    errors['options.0.name'] = 'Say what tells it from the others'
  if (variantOf.trim() === '' && said.length > 0) errors.variantOf = 'Say what it is a variant of'
  const add = (path: string, words: string | undefined) => {
    if (words !== undefined) errors[path] ??= words
  }
  add('price', wrongMoney(price))
  if (!noCost) add('cost', wrongMoney(cost))
  for (const [path, words] of Object.entries(formErrors(zTypedProduct, edit))) add(path, words)
  const parsed = zTypedProduct.safeParse(edit)
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, edit: parsed.data }
    : { ok: false, errors }
}

const FIELD_OF: Readonly<Record<string, string>> = {
  options: 'options.0.value',
  categoryId: 'category',
  newCategory: 'category',
}

/**
 * Errors of single barcodes (`barcodes.1`) stand under the one field that holds them all, with the barcode
 * named; the others stand where they are.
 */
export function errorsByField(errors: Readonly<Record<string, string>>, barcodes: readonly string[]) {
  const byField: Record<string, string> = {}
  for (const [path, words] of Object.entries(errors)) {
    const barcode = /^barcodes\.(\d+)$/.exec(path)
    const field = barcode !== null ? 'barcodes' : (FIELD_OF[path] ?? path)
    const said =
      barcode === null
        ? words
        : `${barcodes[Number(barcode[1])]} ${words.charAt(0).toLowerCase()}${words.slice(1)}`
    byField[field] = byField[field] === undefined ? said : `${byField[field]}; ${said}`
  }
  return byField
}
