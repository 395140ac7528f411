import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import type { CartLine } from '@evertill/shared/domain/cart'
import { GENESIS, sealEntry } from '@evertill/shared/domain/journal-hash'
import type { Minor } from '@evertill/shared/domain/money'
import { completeSale, type SaleRefusal } from '@evertill/shared/domain/sale'
import { type SaleEntry, zEntry } from '@evertill/shared/protocol/entry'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { EMPTY_SALE, type OpenSale, readOpenSale } from './cart.ts'
import { priceSale } from './price-sale.ts'
import { readState, writeState } from './state.ts'
import { overlaySold } from './stock.ts'
import { readTill, type Till } from './till.ts'
import { type StorageProblem, storageProblem, type TillDatabase } from './till-database.ts'

export interface RecordedSale {
  readonly entry: SaleEntry
  readonly hash: string
}

export interface SaleInput {
  readonly staffId: string
  /** As the cashier sees it; its cart must have been saved by `saveOpenSale`. */
  readonly openSale: OpenSale
  /** The priced cart's total that the screen shows. */
  readonly expectedTotal: Minor
  readonly now: Date
  /** Mints a UUIDv7. */
  readonly newId: () => string
}

/** Why nothing was recorded. The cart stays as it was. */
export type RecordRefusal =
  | SaleRefusal
  /** No till, or no catalogue yet. */
  | { readonly code: 'not-enrolled' }
  /** The saved cart is another one: paid or changed in another window, or the button was hit twice. */
  | { readonly code: 'cart-changed' }
  /** A tax rate or a rule changed since the total was shown. */
  | { readonly code: 'total-changed'; readonly total: Minor }
  | { readonly code: 'tax-code-unknown'; readonly taxCode: string }
  /** The server could not read such an entry; `fields` says what is wrong with it. */
  | { readonly code: 'not-valid'; readonly fields: readonly { path: string; message: string }[] }
  | ({ readonly code: 'not-stored' } & StorageProblem)

/**
 * Makes a sale a fact: one strict transaction over the journal, the counters, the emptied cart and the stock
 * overlay. When it resolves with an entry, the disk has it; only then may a screen say Paid.
 */
export async function recordSale(db: TillDatabase, input: SaleInput): Promise<RecordedSale | RecordRefusal> {
  try {
    // Nothing but Dexie is awaited in here: IndexedDB would take the pause for the end. The function handed to
    // Dexie must itself be async, or Dexie does not follow its awaits.
    return await db.transaction('rw', [db.journal, db.state, db.stock, db.taxCode], async () =>
      record(db, input),
    )
  } catch (error) {
    const problem = storageProblem(error)
    if (problem === undefined) throw error
    return { code: 'not-stored', ...problem }
  }
}

async function record(db: TillDatabase, input: SaleInput): Promise<RecordedSale | RecordRefusal> {
  const { cart, tenders } = input.openSale
  const till = await readTill(db)
  const company = await readState(db, 'company')
  const outlet = await readState(db, 'outlet')
  if (till === undefined || company === undefined || outlet === undefined) return { code: 'not-enrolled' }
  if (!sameLines(cart.lines, (await readOpenSale(db)).cart.lines)) return { code: 'cart-changed' }

  const clockOffsetMs = (await readState(db, 'clockOffsetMs')) ?? 0
  const taxCodes = await db.taxCode.toArray()
  const pricing = priceSale({ company, outlet, taxCodes, clockOffsetMs }, cart, input.now)
  if (pricing.code !== 'priced') return pricing
  if (pricing.priced.total !== input.expectedTotal)
    return { code: 'total-changed', total: pricing.priced.total }

  const last = (await readState(db, 'counters')) ?? firstCounters(till)
  const receipts = last.receipts + 1
  const body = completeSale(pricing.priced, cart, tenders, pricing.rules, receiptNo(till, receipts))
  if ('code' in body) return body

  const entry = zEntry.safeParse(
    wellFormed({
      v: PROTOCOL_VERSION,
      id: input.newId(),
      kind: 'sale',
      tillId: till.tillId,
      outletId: till.outletId,
      epoch: last.epoch,
      seq: last.seq + 1,
      at: input.now.toISOString(),
      clockOffsetMs,
      businessDate: pricing.businessDate,
      staffId: input.staffId,
      prev: last.hash,
      body,
    }),
  )
  // What the server cannot read must not become a receipt: refuse while the money is still on the counter.
  if (!entry.success) return { code: 'not-valid', fields: fieldsOf(entry.error.issues) }
  if (entry.data.kind !== 'sale') throw new Error('a sale was read as something else')

  const { id, epoch, seq, kind, at } = entry.data
  const { hash, raw } = sealEntry(entry.data)
  // add, not put: should two writers ever come to the same seq, the second one fails and stores nothing.
  await db.journal.add({
    tillId: till.tillId,
    epoch,
    seq,
    id,
    hash,
    raw,
    kind,
    at,
    fate: 'waiting',
    overlaid: 1,
  })
  await writeState(db, 'counters', { tillId: till.tillId, epoch, seq, hash, receipts })
  await writeState(db, 'openSale', EMPTY_SALE)
  await overlaySold(db, entry.data.body.lines, 1)
  return { entry: entry.data, hash }
}

const firstCounters = (till: Till) => ({
  tillId: till.tillId,
  epoch: till.epoch,
  seq: 0,
  hash: GENESIS,
  receipts: 0,
})

const receiptNo = (till: Till, n: number) =>
  `${till.outletCode}-${till.tillCode}-${String(n).padStart(6, '0')}`

const sameLines = (a: readonly CartLine[], b: readonly CartLine[]) =>
  canonicalJson(wellFormed(a)) === canonicalJson(wellFormed(b))

/** Plain JSON without NUL and lone surrogates: a name cut inside an emoji must not keep a sale from being sealed. */
function wellFormed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'string' ? member.toWellFormed().replaceAll('\0', '') : member,
  )
}

const fieldsOf = (issues: readonly { path: readonly PropertyKey[]; message: string }[]) =>
  issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
