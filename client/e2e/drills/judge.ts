import { dollars, type ExpectedSale } from '../expectation.ts'
import { type StoredTill, tornParts } from './stored-till.ts'
import type { Receipt } from './watch.ts'

/** One sale on the edge: what was on disk before it was paid, and what it must come to. */
export interface Attempt {
  readonly before: StoredTill
  readonly expected: ExpectedSale
  /** What the driver saw on the screen before the kill. */
  readonly receipt: Receipt | undefined
}

export interface Finding {
  readonly what: 'lost' | 'torn' | 'doubled' | 'unsent'
  readonly sentence: string
}

export interface Judgement {
  /** Where the sale of the killed browser is now. */
  readonly sale: 'recorded' | 'in the cart' | 'astray'
  readonly wrong: readonly Finding[]
}

/** Whether the till that came back holds what a till must hold that was killed during this attempt. */
export function judge({ before, expected, receipt }: Attempt, after: StoredTill): Judgement {
  const wrong: Finding[] = tornParts(after).map((sentence) => ({ what: 'torn', sentence }))
  const find = (what: Finding['what'], sentence: string) => wrong.push({ what, sentence })

  before.journal.forEach((row, i) => {
    const now = after.journal[i]
    if (now?.raw !== row.raw || now.hash !== row.hash) find('lost', `entry ${row.seq} is not what it was`)
  })
  const added = after.journal.slice(before.journal.length)
  if (added.length > 1) find('doubled', `one sale made ${added.length} entries`)

  const pieces = (lines: readonly { productId: string; quantity: number }[]) =>
    JSON.stringify(lines.map(({ productId, quantity }) => [productId, quantity]))
  const cart = pieces(before.cart.lines)
  const entry = added[0] === undefined ? undefined : readSale(added[0].raw)
  const emptied = after.cart.lines.length === 0 && after.tenders.length === 0
  if (entry === undefined) {
    if (receipt !== undefined)
      find('lost', `receipt ${receipt.receiptNo} was shown and is not in the journal`)
    if (pieces(after.cart.lines) !== cart) find('lost', 'the sale is neither in the journal nor in the cart')
    return { sale: wrong.length === 0 ? 'in the cart' : 'astray', wrong }
  }
  if (!emptied) find('doubled', 'the sale is in the journal, and the cart is not empty')
  if (pieces(entry.body.lines) !== cart) find('torn', 'the entry is not the sale of the cart')
  if (entry.body.total !== expected.total || entry.body.tax !== expected.tax)
    find('torn', `the entry comes to ${entry.body.total}, the sale to ${expected.total}`)
  if (receipt !== undefined && receipt.total !== dollars(expected.total))
    find('torn', `the screen said ${receipt.total}, the sale comes to ${dollars(expected.total)}`)
  if (receipt !== undefined && receipt.receiptNo !== entry.body.receiptNo)
    find('lost', `receipt ${receipt.receiptNo} was shown, ${entry.body.receiptNo} is in the journal`)
  return { sale: wrong.length === 0 ? 'recorded' : 'astray', wrong }
}

export interface Sale {
  readonly id: string
  readonly body: {
    readonly receiptNo: string
    readonly total: number
    readonly tax: number
    readonly lines: readonly { readonly productId: string; readonly quantity: number }[]
  }
}

export const readSale = (raw: string): Sale => JSON.parse(raw) as Sale
