import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { z } from 'zod'
import { countText } from '../../app/format.ts'
import { clockWords } from '../words/time-words.ts'

/** One thing known about an exception, in a form a screen can show. */
export type Fact = { readonly label: string } & FactValue
type FactValue =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'money'; readonly amount: number }
  | { readonly kind: 'quantity'; readonly quantity: number }
  | { readonly kind: 'duration'; readonly ms: number }
  | { readonly kind: 'product'; readonly productId: string }
  | { readonly kind: 'instant'; readonly at: string }
  | { readonly kind: 'sale'; readonly saleId: string; readonly receiptNo: string }
  | { readonly kind: 'shift'; readonly shiftId: string }
  | { readonly kind: 'differences'; readonly ofShift: boolean; readonly rows: readonly Difference[] }
  | { readonly kind: 'refunded'; readonly rows: readonly Refunded[] }

export interface Difference {
  readonly label: string
  readonly money: boolean
  readonly expected: number
  readonly actual: number
}

/** A line of which more came back than was sold; quantities in thousandths, amounts in minor units. */
export type Refunded = z.infer<typeof zRefunded>[number]
const zRefunded = z.array(
  z.object({
    name: z.string(),
    productId: z.string(),
    sold: z.number(),
    refunded: z.number(),
    paid: z.number(),
    paidBack: z.number(),
  }),
)
const zRanges = z.array(z.object({ from: z.number(), to: z.number() })).min(1)

const zDifferences = z.array(z.object({ field: z.string(), expected: z.number(), actual: z.number() }))
const zFields = z.array(z.object({ path: z.string(), message: z.string() }))

const LABELS: Record<string, string> = {
  onHand: 'On hand',
  onHandNow: 'On hand now',
  name: 'Sold as',
  soldPrice: 'Sold at',
  officePrice: 'Price at head office',
  sku: 'SKU',
  seq: 'Entry number',
  epoch: 'Journal epoch',
  customerId: 'Customer id',
  staffId: 'Staff id',
  offsetMs: 'Clock off by',
  clockOffsetMs: 'Clock off by',
  at: 'By its own clock',
  correctedAt: 'Taken for',
  serverTime: 'Arrived',
  entryBeforeAt: 'Entry before it',
  closeSeq: 'Closed with entry',
  missing: 'Missing',
  ranges: 'Numbers',
  first: 'First of them',
  last: 'Last of them',
  entries: 'Entries',
  newEpoch: 'Goes on in epoch',
  lines: 'Lines',
  reason: 'Reason',
  fields: 'Wrong in it',
  quarantineId: 'Kept as',
  expected: 'Expected',
  actual: 'Found',
  firstMissing: 'Missing from',
  lastMissing: 'Missing to',
}

/** `unitPrice` is `Unit price`; `lines.2.tax` is `Line 3, tax`. */
function labelOf(key: string): string {
  const line = /^lines\.(\d+)\.(.+)$/.exec(key)
  if (line?.[1] !== undefined && line[2] !== undefined)
    return `Line ${Number(line[1]) + 1}, ${labelOf(line[2]).toLowerCase()}`
  // A method of payment, as it is called everywhere else.
  if (/^[A-Z0-9-]+$/.test(key)) return key
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return LABELS[key] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

/** Both stand in the detail for links alone, or are told by another fact. */
const UNTOLD = new Set(['known', 'originalReceiptNo', 'pairs'])

/** `4 to 6, 9`. */
const rangesText = (ranges: z.infer<typeof zRanges>): string =>
  ranges
    .map(({ from, to }) => (from === to ? countText(from) : `${countText(from)} to ${countText(to)}`))
    .join(', ')

const isUuid = (text: string) => z.uuid().safeParse(text).success

type Detail = Readonly<Record<string, unknown>>

function factValue(key: string, value: unknown, detail: Detail): FactValue | undefined {
  if (UNTOLD.has(key)) return undefined
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  if (typeof value === 'string') {
    if (key === 'productId') return { kind: 'product', productId: value }
    if (key === 'shiftId') return { kind: 'shift', shiftId: value }
    if (key === 'originalSaleId') return originalFact(value, detail)
    if (zInstantText.safeParse(value).success) return { kind: 'instant', at: value }
    return { kind: isUuid(value) || /^[0-9a-f]{64}$/.test(value) ? 'code' : 'text', text: value }
  }
  if (typeof value === 'number') {
    if (/^(onHand|onHandNow|quantity)$/.test(key)) return { kind: 'quantity', quantity: value }
    if (key === 'clockOffsetMs') return { kind: 'text', text: clockWords(value).words }
    if (/Ms$/.test(key)) return { kind: 'duration', ms: Math.abs(value) }
    if (/price|amount|total|tax|gross|net|discount/i.test(key)) return { kind: 'money', amount: value }
    return { kind: 'text', text: String(value) }
  }
  if (key === 'deleted') {
    return { kind: 'text', text: value === true ? 'Yes, before this sale' : 'No, head office never had it' }
  }
  if (typeof value === 'boolean') return { kind: 'text', text: value ? 'Yes' : 'No' }
  const differences = zDifferences.safeParse(value)
  if (differences.success) {
    return {
      kind: 'differences',
      ofShift: typeof detail.shiftId === 'string',
      rows: differences.data.map(({ field, expected, actual }) => ({
        label: labelOf(field),
        money: field !== 'pointsEarned',
        expected,
        actual,
      })),
    }
  }
  const refunded = zRefunded.safeParse(value)
  if (refunded.success) return { kind: 'refunded', rows: refunded.data }
  const ranges = zRanges.safeParse(value)
  if (ranges.success) return { kind: 'text', text: rangesText(ranges.data) }
  const fields = zFields.safeParse(value)
  if (fields.success) {
    return { kind: 'text', text: fields.data.map(({ path, message }) => `${path}: ${message}`).join('; ') }
  }
  return { kind: 'code', text: JSON.stringify(value) }
}

const FACT_LABELS: Record<string, string> = {
  productId: 'Product',
  shiftId: 'Shift',
  originalSaleId: 'Refund of',
  deleted: 'Deleted',
}
const zInstantText = z.iso.datetime({ offset: true })

function originalFact(saleId: string, { known, originalReceiptNo }: Detail): FactValue {
  const receiptNo = typeof originalReceiptNo === 'string' ? originalReceiptNo : 'a sale'
  return known === true
    ? { kind: 'sale', saleId, receiptNo }
    : { kind: 'text', text: `${receiptNo}, which has not arrived here` }
}

/** What is known of an exception; while it is open also how far its stock has sunk, or risen, since it was raised. */
export function factsOf({ state, detail, onHandNow }: ExceptionRow): Fact[] {
  if (state !== 'open' || onHandNow === null || onHandNow === detail.onHand) return exceptionFacts(detail)
  const { productId, onHand, ...rest } = detail
  return exceptionFacts({ productId, onHandNow, onHand, ...rest }).map((fact) =>
    fact.label === LABELS.onHand ? { ...fact, label: 'On hand when raised' } : fact,
  )
}

/** An exception's detail as labelled facts, in the order given; what is unknown to this page is shown plainly. */
export function exceptionFacts(detail: Detail): Fact[] {
  return Object.entries(detail).flatMap(([key, value]) => {
    const shown = factValue(key, value, detail)
    if (shown === undefined) return []
    return [{ label: FACT_LABELS[key] ?? labelOf(key), ...shown }]
  })
}
