import { businessDate } from '@evertill/shared/domain/business-day'
import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import { GENESIS, sealEntry } from '@evertill/shared/domain/journal-hash'
import { type Minor, MOST_MONEY, minor } from '@evertill/shared/domain/money'
import { mostPoints, type PointsKnown } from '@evertill/shared/domain/points'
import { completeSale, type SaleRefusal } from '@evertill/shared/domain/sale'
import { sellerOf } from '@evertill/shared/domain/seller'
import { shiftAfter } from '@evertill/shared/domain/shift'
import { mostValue, valueTaken } from '@evertill/shared/domain/stored-value'
import { pointsSpent, type Tender } from '@evertill/shared/domain/tender'
import { type EntryKind, type EntryOf, zEntry } from '@evertill/shared/protocol/entry'
import type { CompanySettings, OutletRow } from '@evertill/shared/protocol/pull'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import type { Table } from 'dexie'
import { EMPTY_SALE, type OpenSale, pricedAtOf, readOpenSale } from './cart.ts'
import { readTimeKnown } from './contact.ts'
import { waitingRow } from './journal-row.ts'
import { overlay, overlayTables } from './overlay.ts'
import { readPoints } from './points.ts'
import { priceSale } from './price-sale.ts'
import { receiptNoOf } from './receipt-no.ts'
import { shiftEventOf, shiftOf } from './shift.ts'
import { readState, withStateAnd, writeState } from './state.ts'
import { type Levels, readLevels } from './stock.ts'
import { readValue, withLeft } from './stored-value.ts'
import { readTill, type Till } from './till.ts'
import { offsetAt } from './till-clock.ts'
import { type StorageProblem, storageProblem, type TillDatabase } from './till-database.ts'

export interface Recorded<K extends EntryKind> {
  readonly entry: EntryOf<K>
  readonly hash: string
}
export type RecordedSale = Recorded<'sale'>

/** Who does it, when, and how ids are made. */
export interface RecordInput {
  readonly staffId: string
  readonly now: Date
  /** Mints a UUIDv7. */
  readonly newId: () => string
}

/** Why nothing was recorded, whatever it was. */
export type EntryRefusal =
  /** No till, or no catalogue yet. */
  | { readonly code: 'not-enrolled' }
  /** The server could not read such an entry; `fields` says what is wrong with it. */
  | { readonly code: 'not-valid'; readonly fields: readonly { path: string; message: string }[] }
  | ({ readonly code: 'not-stored' } & StorageProblem)

/** What an entry is made from. */
export interface Desk {
  readonly input: RecordInput
  readonly till: Till
  readonly company: CompanySettings
  readonly outlet: OutletRow
  readonly clockOffsetMs: number
  /** The time as it really is, see `timeAt`. */
  readonly present: Date
  readonly businessDate: string
  /** The number of the next sale, refund or void. */
  readonly receiptNo: string
  /** The one after it, for what is handed over as two papers. */
  readonly secondReceiptNo: string
  /** The number of the next Z report. */
  readonly zNo: number
}

/** Thrown to undo what a transaction wrote, and given back as a value. */
class Refused extends Error {
  constructor(readonly refusal: EntryRefusal) {
    super(refusal.code)
  }
}

/**
 * Makes facts: one strict transaction over the journal, the counters, the shift and the stock overlay. When it resolves
 * with an entry, the disk has it; only then may a screen say so.
 * @param tables what else `work` reads or writes
 * @param work awaits nothing but Dexie: IndexedDB would take the pause for the end
 */
export const recording = <T>(
  db: TillDatabase,
  tables: readonly Table[],
  input: RecordInput,
  work: (desk: Desk) => Promise<T>,
): Promise<T | EntryRefusal> => recordingWith(db, tables, input, async () => undefined, work)

/** The same, with what else `work` has to know: it is asked for in one go with the rest. */
async function recordingWith<T, R>(
  db: TillDatabase,
  tables: readonly Table[],
  input: RecordInput,
  ask: () => Promise<R>,
  work: (desk: Desk, read: R) => Promise<T>,
): Promise<T | EntryRefusal> {
  try {
    // The function handed to Dexie must itself be async, or Dexie does not follow its awaits.
    return await db.transaction('rw', [db.journal, db.state, ...overlayTables(db), ...tables], async () =>
      withStateAnd(db, DESK, ask, async (read) => {
        const desk = await deskOf(db, input)
        return desk === undefined ? ({ code: 'not-enrolled' } as const) : work(desk, read)
      }),
    )
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    const problem = storageProblem(error)
    if (problem === undefined) throw error
    return { code: 'not-stored', ...problem }
  }
}

/** What is read for every entry. */
const DESK = [
  'till',
  'company',
  'outlet',
  'clockOffsetMs',
  'heardAt',
  'contact',
  'counters',
  'shift',
  'openSale',
] as const

async function deskOf(db: TillDatabase, input: RecordInput): Promise<Desk | undefined> {
  const till = await readTill(db)
  const company = await readState(db, 'company')
  const outlet = await readState(db, 'outlet')
  if (till === undefined || company === undefined || outlet === undefined) return undefined
  const clockOffsetMs = offsetAt(input.now, await readTimeKnown(db))
  const present = new Date(input.now.getTime() + clockOffsetMs)
  const { receipts, zReports = 0 } = await lastCounters(db, till)
  return {
    input,
    till,
    company,
    outlet,
    clockOffsetMs,
    present,
    businessDate: businessDate(present, outlet.timeZone, outlet.dayCutHour),
    receiptNo: receiptNoOf(till, receipts + 1),
    secondReceiptNo: receiptNoOf(till, receipts + 2),
    zNo: zReports + 1,
  }
}

/**
 * The number the next sale will have, should no other tab record one first; `undefined` in no till.
 * @param papersBefore how many other papers come before it: the refund of its exchange
 */
export async function nextReceiptNo(db: TillDatabase, papersBefore = 0): Promise<string | undefined> {
  const till = await readTill(db)
  return till && receiptNoOf(till, (await lastCounters(db, till)).receipts + 1 + papersBefore)
}

export interface AppendOptions {
  readonly entryId?: string
  /** Levels of stock that the transaction has read and not written since. */
  readonly levels?: Levels
}

/** Appends an entry: the next `seq`, the hash before it, its seal, and what it does to the shift and the shelf. */
export async function append<K extends EntryKind>(
  db: TillDatabase,
  { till, input, company, outlet, clockOffsetMs, businessDate }: Desk,
  kind: K,
  body: EntryOf<K>['body'],
  { entryId = input.newId(), levels }: AppendOptions = {},
): Promise<Recorded<K>> {
  const last = await lastCounters(db, till)
  const shift = await shiftOf(db, till.tillId)
  const read = zEntry.safeParse(
    wellFormed({
      v: PROTOCOL_VERSION,
      id: entryId,
      kind,
      tillId: till.tillId,
      outletId: till.outletId,
      epoch: last.epoch,
      seq: last.seq + 1,
      at: input.now.toISOString(),
      clockOffsetMs,
      businessDate,
      staffId: input.staffId,
      prev: last.hash,
      ...(shift && { shiftId: shift.shiftId }),
      body: PAPERS.has(kind) ? { ...body, seller: sellerOf(company, outlet) } : body,
    }),
  )
  // What the server cannot read must not become a receipt: refuse while the money is still on the counter.
  if (!read.success) throw new Refused({ code: 'not-valid', fields: fieldsOf(read.error.issues) })
  const entry = read.data
  const { epoch, seq } = entry
  const sealed = sealEntry(entry)
  const { hash } = sealed
  // add, not put: should two writers ever come to the same seq, the second one fails and stores nothing.
  const added = db.journal.add({ ...waitingRow(till.tillId, entry, sealed), overlaid: 1 })
  const receipts = last.receipts + (PAPERS.has(kind) ? 1 : 0)
  const zReports = (last.zReports ?? 0) + (kind === 'shift-closed' ? 1 : 0)
  await writeState(db, 'counters', { tillId: till.tillId, epoch, seq, hash, receipts, zReports })
  const event = shiftEventOf(entry)
  if (shift !== undefined && event !== undefined)
    await writeState(db, 'shift', { ...shift, totals: shiftAfter(shift.totals, event) })
  // On their way together: a till waits for the disk once, not once a table.
  await Promise.all([added, overlay(db, [entry], 1, levels)])
  // It was parsed from this kind and its body.
  return { entry: entry as unknown as EntryOf<K>, hash }
}

/** Kinds that are handed over as a numbered paper. */
const PAPERS: ReadonlySet<EntryKind> = new Set(['sale', 'refund', 'void'])

const lastCounters = async (db: TillDatabase, till: Till) =>
  (await readState(db, 'counters')) ?? {
    tillId: till.tillId,
    epoch: till.epoch,
    seq: 0,
    hash: GENESIS,
    receipts: 0,
  }

export interface SaleInput extends RecordInput {
  /** As the cashier sees it; its cart must have been saved by `saveOpenSale`. */
  readonly openSale: OpenSale
  /** The priced cart's total that the screen shows. */
  readonly expectedTotal: Minor
}

/** Why no sale was recorded. The cart stays as it was. */
export type RecordRefusal =
  | SaleRefusal
  | EntryRefusal
  /** Whoever takes the payment does not sell: somebody else's cart is open. */
  | { readonly code: 'may-not-sell' }
  /** The saved cart is another one: paid or changed in another window, or the button was hit twice. */
  | { readonly code: 'cart-changed' }
  /** A tax rate, a promotion or a rule changed since the total was shown. */
  | { readonly code: 'total-changed'; readonly total: Minor }
  | { readonly code: 'tax-code-unknown'; readonly taxCode: string }
  | SpendRefusal

/** What was there when it was taken, and is not any more. */
export type SpendRefusal =
  /** The customer's points were spent in another window, or are not known any more. */
  | { readonly code: 'points-short'; readonly most: number }
  /** What is on a code was spent in another window, or is not known any more. */
  | { readonly code: 'value-short'; readonly valueCode: string; readonly most: Minor }

/** Makes a sale a fact and empties the cart, in one transaction. Only when it resolves may a screen say Paid. */
export async function recordSale(db: TillDatabase, input: SaleInput): Promise<RecordedSale | RecordRefusal> {
  const tables = [db.staff, db.taxCode, db.promotion, db.customer, db.storedValue]
  const productIds = input.openSale.cart.lines.map(({ productId }) => productId)
  const ask = () =>
    Promise.all([
      db.taxCode.toArray(),
      db.promotion.toArray(),
      readLevels(db, productIds),
      db.staff.get(input.staffId),
    ])
  const work = async (
    desk: Desk,
    [taxCodes, promotions, levels, staff]: Awaited<ReturnType<typeof ask>>,
  ): Promise<RecordedSale | RecordRefusal> => {
    const { cart, tenders } = input.openSale
    // Of somebody whom head office has just taken off the list, what is on the counter counts.
    if (staff?.permissions.includes('sale.make') === false) return { code: 'may-not-sell' }
    const onDisk = await readOpenSale(db)
    // A payment that another window has taken is on the counter, and must not be in no entry.
    const isKnown = isSame(onDisk.tenders, tenders.slice(0, onDisk.tenders.length))
    if (!isKnown || !isSame(cart.lines, onDisk.cart.lines)) return { code: 'cart-changed' }
    const pricing = priceSale(
      { ...desk, taxCodes, promotions },
      cart,
      pricedAtOf(input.openSale, desk.present),
    )
    if (pricing.code !== 'priced') return pricing
    const { priced, rules } = pricing
    if (priced.total !== input.expectedTotal) return { code: 'total-changed', total: priced.total }
    const points = cart.customer && (await readPoints(db, cart.customer.customerId, input.now))
    const short = await spentShort(db, desk, tenders, points)
    if (short !== undefined) return short
    const extras = {
      ...cart,
      ...(cart.customer && points && { customer: { ...cart.customer, points: points.balance } }),
    }
    const said = await withLeft(db, tenders, input.now)
    const body = completeSale(priced, extras, said, rules, desk.receiptNo)
    if ('code' in body) return body
    const [recorded] = await Promise.all([
      append(db, desk, 'sale', body, { levels }),
      writeState(db, 'openSale', EMPTY_SALE),
    ])
    return recorded
  }
  return recordingWith(db, tables, input, ask, work)
}

/**
 * Why points or codes cannot pay that much after all, if so.
 * @param points of the customer whose sale it is
 */
export async function spentShort(
  db: TillDatabase,
  { company, input }: Desk,
  tenders: readonly Tender[],
  points: PointsKnown | undefined,
): Promise<SpendRefusal | undefined> {
  const spent = pointsSpent(tenders)
  const mostSpent = points && company.points ? mostPoints(points, company.points, MOST_MONEY) : 0
  if (spent > mostSpent) return { code: 'points-short', most: mostSpent }
  for (const code of new Set(tenders.flatMap((tender) => tender.code ?? []))) {
    const known = await readValue(db, code, input.now)
    const { paid, forfeited } = valueTaken(code, tenders)
    const limit = company.valueOfflineLimit ?? 0
    const most = known ? mostValue(known, limit, MOST_MONEY, { paid: 0, forfeited }) : minor(0)
    if (paid > most) return { code: 'value-short', valueCode: code, most }
  }
  return undefined
}

const isSame = (a: unknown, b: unknown) =>
  // Mostly it is the very text that was saved; only what was read back may have its members in another order.
  JSON.stringify(a) === JSON.stringify(b) || canonicalJson(wellFormed(a)) === canonicalJson(wellFormed(b))

/** Plain JSON without NUL and lone surrogates: a name cut inside an emoji must not keep a sale from being sealed. */
function wellFormed(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'string' ? member.toWellFormed().replaceAll('\0', '') : member,
  )
}

const fieldsOf = (issues: readonly { path: readonly PropertyKey[]; message: string }[]) =>
  issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
