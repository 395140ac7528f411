import { CLOCK_TOLERANCE_MS } from '@evertill/shared/domain/clock'
import { byteaArray, plainArray, textArray } from '../array-literal.ts'
import type { Sql } from '../connect.ts'

/**
 * What replay() takes: columns that run in parallel. `entry` is a position in the entries, from 1. Columns said to
 * be short may end before their group does: what is not there is null.
 */
export type ReplayBatch = {
  readonly entries: {
    readonly id: string[]
    readonly till: string[]
    readonly outlet: string[]
    readonly epoch: number[]
    readonly seq: number[]
    readonly kind: string[]
    readonly at: string[]
    readonly clockOffsetMs: number[]
    readonly correctedAt: string[]
    readonly businessDate: string[]
    readonly staff: string[]
    /** Short. */
    readonly shift: (string | null)[]
    readonly prev: string[]
    readonly hash: string[]
    readonly raw: string[]
  }
  /** Refunds and voids are among them, with negative amounts. */
  readonly sales: {
    readonly entry: number[]
    readonly customer: (string | null)[]
    readonly receiptNo: string[]
    readonly currency: string[]
    readonly gross: number[]
    readonly discount: number[]
    readonly tax: number[]
    readonly net: number[]
    readonly rounding: number[]
    readonly total: number[]
    readonly change: number[]
    readonly points: number[]
    /** What is taken back from. Short. */
    readonly original: (string | null)[]
    /** What was put on codes, in its total and not in its net. Short. */
    readonly issued: (number | null)[]
  }
  readonly lines: {
    readonly entry: number[]
    readonly no: number[]
    readonly product: string[]
    readonly sku: string[]
    readonly name: string[]
    readonly quantity: number[]
    readonly unitPrice: number[]
    readonly discount: number[]
    readonly net: number[]
    readonly taxCode: string[]
    readonly ratePpm: number[]
    readonly tax: number[]
    /** Of a refund: the line of the original that came back, 0 where it names none. Short. */
    readonly originalNo: (number | null)[]
    /** Of a refund: whether it goes back on the shelf. Short. */
    readonly restock: (boolean | null)[]
  }
  readonly tenders: {
    readonly entry: number[]
    readonly no: number[]
    readonly method: string[]
    readonly kind: string[]
    readonly amount: number[]
    readonly change: number[]
    readonly reference: (string | null)[]
    /** Of a leg in points, how many. Short. */
    readonly points: (number | null)[]
    /** The stored value that paid. Short. */
    readonly code: (string | null)[]
    readonly forfeited: (number | null)[]
  }
  /** Codes that were sold, or taken back with a void. */
  readonly issued: {
    readonly entry: number[]
    readonly code: string[]
    readonly kind: string[]
    readonly amount: number[]
  }
  readonly found: { readonly entry: number[]; readonly type: string[]; readonly detail: string[] }
}

export type Replayed = {
  /** Per entry: whether this call applied it; otherwise its id was there before. */
  fresh: boolean[]
  raised_entry: number[]
  raised_type: string[]
  /** Per till and epoch of the batch, applied or not, in parallel. */
  journal_till: string[]
  journal_epoch: number[]
  /** Every seq up to here has arrived. */
  high_water: number[]
  /** Entries, from 1, whose sender must go on under another epoch, in parallel. */
  ordered_entry: number[]
  ordered_epoch: number[]
}

const oid = {
  text: 25,
  uuids: 2951,
  integers: 1007,
  bigints: 1016,
  texts: 1009,
  instants: 1185,
  dates: 1182,
  byteas: 1001,
  jsonbs: 3807,
  booleans: 1000,
}

/** Applies a batch in one call and one transaction: all of it or, when it throws, none. */
export async function replay(sql: Sql, companyId: string, batch: ReplayBatch, now: Date): Promise<Replayed> {
  const { entries: e, sales: s, lines: l, tenders: t, issued: i, found: f } = batch
  const uuids = (values: readonly (string | null)[]) => sql.typed(plainArray(values), oid.uuids)
  const integers = (values: readonly (number | null)[]) => sql.typed(plainArray(values), oid.integers)
  const bigints = (values: readonly (number | null)[]) => sql.typed(plainArray(values), oid.bigints)
  const instants = (values: readonly string[]) => sql.typed(plainArray(values), oid.instants)
  const dates = (values: readonly string[]) => sql.typed(plainArray(values), oid.dates)
  const booleans = (values: readonly (boolean | null)[]) => sql.typed(plainArray(values), oid.booleans)
  const texts = (values: readonly (string | null)[]) => sql.typed(textArray(values), oid.texts)
  const byteas = (values: readonly string[]) => sql.typed(byteaArray(values), oid.byteas)
  const jsonbs = (values: readonly string[]) => sql.typed(textArray(values), oid.jsonbs)

  const [replayed] = await sql<Replayed[]>`
    select fresh, raised_entry, raised_type, journal_till, journal_epoch, high_water,
           ordered_entry, ordered_epoch
    from replay(
      ${companyId}, ${now}, ${`${CLOCK_TOLERANCE_MS} milliseconds`}::interval,
      ${uuids(e.id)}, ${uuids(e.till)}, ${uuids(e.outlet)}, ${integers(e.epoch)}, ${bigints(e.seq)},
      ${texts(e.kind)}, ${instants(e.at)}, ${bigints(e.clockOffsetMs)}, ${instants(e.correctedAt)},
      ${dates(e.businessDate)}, ${uuids(e.staff)}, ${uuids(e.shift)}, ${byteas(e.prev)}, ${byteas(e.hash)},
      ${sql.typed(e.raw.join('\n'), oid.text)},
      ${integers(s.entry)}, ${uuids(s.customer)}, ${texts(s.receiptNo)}, ${texts(s.currency)},
      ${bigints(s.gross)}, ${bigints(s.discount)}, ${bigints(s.tax)}, ${bigints(s.net)},
      ${bigints(s.rounding)}, ${bigints(s.total)}, ${bigints(s.change)}, ${bigints(s.points)},
      ${uuids(s.original)}, ${bigints(s.issued)},
      ${integers(l.entry)}, ${integers(l.no)}, ${uuids(l.product)}, ${texts(l.sku)}, ${texts(l.name)},
      ${bigints(l.quantity)}, ${bigints(l.unitPrice)}, ${bigints(l.discount)}, ${bigints(l.net)},
      ${texts(l.taxCode)}, ${integers(l.ratePpm)}, ${bigints(l.tax)}, ${integers(l.originalNo)},
      ${booleans(l.restock)},
      ${integers(t.entry)}, ${integers(t.no)}, ${texts(t.method)}, ${texts(t.kind)}, ${bigints(t.amount)},
      ${bigints(t.change)}, ${texts(t.reference)}, ${bigints(t.points)},
      ${texts(t.code)}, ${bigints(t.forfeited)},
      ${integers(i.entry)}, ${texts(i.code)}, ${texts(i.kind)}, ${bigints(i.amount)},
      ${integers(f.entry)}, ${texts(f.type)}, ${jsonbs(f.detail)}
    )`
  if (replayed === undefined) throw new Error('replay() answered nothing')
  return replayed
}
