import { z } from 'zod'

/** One thing known about an exception, in a form a screen can show. */
export type Fact = { readonly label: string } & FactValue
type FactValue =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'money'; readonly amount: number }
  | { readonly kind: 'quantity'; readonly quantity: number }
  | { readonly kind: 'duration'; readonly ms: number }
  | { readonly kind: 'product'; readonly productId: string }
  | { readonly kind: 'differences'; readonly rows: readonly Difference[] }

export interface Difference {
  readonly label: string
  readonly money: boolean
  readonly expected: number
  readonly actual: number
}

const zDifferences = z.array(z.object({ field: z.string(), expected: z.number(), actual: z.number() }))
const zFields = z.array(z.object({ path: z.string(), message: z.string() }))

const LABELS: Record<string, string> = {
  onHand: 'On hand',
  name: 'Sold as',
  sku: 'SKU',
  seq: 'Entry number',
  epoch: 'Journal epoch',
  customerId: 'Customer id',
  staffId: 'Staff id',
  offsetMs: 'Clock off by',
  clockOffsetMs: 'Clock off by',
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
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return LABELS[key] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

const isUuid = (text: string) => z.uuid().safeParse(text).success

function factValue(key: string, value: unknown): FactValue | undefined {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return undefined
  if (typeof value === 'string') {
    if (key === 'productId') return { kind: 'product', productId: value }
    return { kind: isUuid(value) || /^[0-9a-f]{64}$/.test(value) ? 'code' : 'text', text: value }
  }
  if (typeof value === 'number') {
    if (/^(onHand|quantity)$/.test(key)) return { kind: 'quantity', quantity: value }
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
      rows: differences.data.map(({ field, expected, actual }) => ({
        label: labelOf(field),
        money: field !== 'pointsEarned',
        expected,
        actual,
      })),
    }
  }
  const fields = zFields.safeParse(value)
  if (fields.success) {
    return { kind: 'text', text: fields.data.map(({ path, message }) => `${path}: ${message}`).join('; ') }
  }
  return { kind: 'code', text: JSON.stringify(value) }
}

/** An exception's detail as labelled facts, in the order given; what is unknown to this page is shown plainly. */
export function exceptionFacts(detail: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(detail).flatMap(([key, value]) => {
    const shown = factValue(key, value)
    if (shown === undefined) return []
    const label = shown.kind === 'product' ? 'Product' : key === 'deleted' ? 'Deleted' : labelOf(key)
    return [{ label, ...shown }]
  })
}
