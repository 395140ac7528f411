import { type ProductDetail, type ProductEdit, zProductEdit } from '@evertill/shared/protocol/office'
import { formErrors } from '../words/form-errors.ts'
import { type ParsedMoney, parseMoneyText, plainMoneyText } from '../words/money-text.ts'

/** A product as it stands in the form: amounts are text until they are saved. */
export interface ProductFormValues {
  sku: string
  name: string
  categoryId: string | null
  taxCodeId: string | null
  price: string
  cost: string
  unit: 'each' | 'kg'
  barcodes: string[]
}

export function productFormValues(
  product: ProductDetail | undefined,
  usualTaxCodeId: string | undefined,
  currency: string,
): ProductFormValues {
  if (product === undefined) {
    return {
      sku: '',
      name: '',
      categoryId: null,
      taxCodeId: usualTaxCodeId ?? null,
      price: '',
      cost: '',
      unit: 'each',
      barcodes: [],
    }
  }
  const { sku, name, categoryId, taxCodeId, price, cost, unit, barcodes } = product
  return {
    sku,
    name,
    categoryId,
    taxCodeId,
    price: plainMoneyText(price, currency),
    cost: cost === null ? '' : plainMoneyText(cost, currency),
    unit,
    barcodes: [...barcodes],
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
  | { readonly ok: true; readonly edit: ProductEdit }
  | { readonly ok: false; readonly errors: Record<string, string> }

/** What the form says, as a product to save, or what is wrong with it by field. */
export function readProductForm(values: ProductFormValues, currency: string): ReadForm {
  const price = parseMoneyText(values.price, currency, Number.MAX_SAFE_INTEGER)
  const cost = parseMoneyText(values.cost, currency, Number.MAX_SAFE_INTEGER)
  const noCost = !cost.ok && cost.code === 'empty'
  const edit = {
    ...values,
    price: price.ok ? price.amount : 0,
    cost: cost.ok ? cost.amount : null,
  }
  const errors: Record<string, string> = {
    ...(values.taxCodeId === null && { taxCodeId: 'Choose a tax code' }),
  }
  const add = (path: string, words: string | undefined) => {
    if (words !== undefined) errors[path] ??= words
  }
  add('price', wrongMoney(price))
  if (!noCost) add('cost', wrongMoney(cost))
  for (const [path, words] of Object.entries(formErrors(zProductEdit, edit))) add(path, words)
  const parsed = zProductEdit.safeParse(edit)
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, edit: parsed.data }
    : { ok: false, errors }
}

/**
 * Errors of single barcodes (`barcodes.1`) stand under the one field that holds them all, with the barcode
 * named; the others stand where they are.
 */
export function errorsByField(errors: Readonly<Record<string, string>>, barcodes: readonly string[]) {
  const byField: Record<string, string> = {}
  for (const [path, words] of Object.entries(errors)) {
    const barcode = /^barcodes\.(\d+)$/.exec(path)
    const field = barcode === null ? path : 'barcodes'
    const said =
      barcode === null
        ? words
        : `${barcodes[Number(barcode[1])]} ${words.charAt(0).toLowerCase()}${words.slice(1)}`
    byField[field] = byField[field] === undefined ? said : `${byField[field]}; ${said}`
  }
  return byField
}
