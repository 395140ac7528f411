import { type Minor, minor, sumMinor } from './money.ts'
import type { RefundBody } from './refund.ts'
import type { SaleBody } from './sale.ts'
import type { ShiftDetails } from './shift-report.ts'
import { changeByTender, type Tender, type TenderKind } from './tender.ts'

/** How many of one note or coin. */
export interface CashCount {
  /** Minor units. */
  readonly denomination: Minor
  readonly count: number
}

/** The body of a `shift-opened` entry; the entry's id is the shift's. */
export interface ShiftOpenedBody {
  readonly float: Minor
  readonly counts?: readonly CashCount[]
}

/** What a method took in a shift, by the till's books and by the count. */
export interface ShiftTender {
  readonly methodCode: string
  readonly kind: TenderKind
  /** May be negative: more was paid back than taken. For cash the float and movements are in it. */
  readonly expected: Minor
  readonly counted?: Minor
}

export interface CountAndTotal {
  readonly count: number
  readonly total: Minor
}

/** The body of a `shift-closed` entry: the Z report as the till knew it. */
export interface ShiftClosedBody {
  readonly sales: CountAndTotal
  /** Voids are counted with the refunds. The total is what went back: not negative. */
  readonly refunds: CountAndTotal
  readonly tenders: readonly ShiftTender[]
  readonly counts?: readonly CashCount[]
  /** Why the drawer differed, or whatever else was to be said. */
  readonly note?: string
  /** The number of its Z report: gapless from 1 on each till. */
  readonly zNo?: number
  /** The rest of the Z report. */
  readonly details?: ShiftDetails
  /** Cash as counted before, where it was counted again after the difference was shown; the oldest first. */
  readonly earlierCounts?: readonly Minor[]
}

/** The body of a `cash-moved` entry: money put into the drawer or taken out of it that is no sale. */
export interface CashMovedBody {
  readonly direction: 'in' | 'out'
  readonly amount: Minor
  readonly reason: string
}

/** What changes the figures of a shift; every other kind of entry leaves them alone. */
export type ShiftEvent =
  | { readonly kind: 'sale'; readonly body: SaleBody }
  | { readonly kind: 'refund' | 'void'; readonly body: RefundBody }
  | { readonly kind: 'cash-moved'; readonly body: CashMovedBody }

/** What a method took less what went back on it; change is taken off the cash. May be negative. */
export interface ShiftTake {
  readonly methodCode: string
  readonly kind: TenderKind
  readonly amount: Minor
}

/** Where a shift stands: the X report. */
export interface ShiftTotals {
  readonly float: Minor
  readonly sales: CountAndTotal
  readonly refunds: CountAndTotal
  readonly movedIn: Minor
  readonly movedOut: Minor
  /** By method, cash first. */
  readonly takes: readonly ShiftTake[]
}

const NOTHING: CountAndTotal = { count: 0, total: minor(0) }

/** A shift that has just been opened. */
export const shiftFrom = (float: Minor): ShiftTotals => ({
  float,
  sales: NOTHING,
  refunds: NOTHING,
  movedIn: minor(0),
  movedOut: minor(0),
  takes: [],
})

/** The totals after one more entry of the shift. The order of entries does not matter. */
export function shiftAfter(totals: ShiftTotals, event: ShiftEvent): ShiftTotals {
  switch (event.kind) {
    case 'sale': {
      const { tenders, change, total } = event.body
      const changes = changeByTender(tenders, change)
      const taken = tenders.map((tender, i) => legOf(tender, tender.amount - (changes[i] ?? 0)))
      return { ...totals, sales: oneMore(totals.sales, total), takes: withLegs(totals.takes, taken) }
    }
    case 'refund':
    case 'void': {
      const { tenders, total } = event.body
      const paid = tenders.map((tender) => legOf(tender, -tender.amount))
      return { ...totals, refunds: oneMore(totals.refunds, total), takes: withLegs(totals.takes, paid) }
    }
    case 'cash-moved': {
      const { direction, amount } = event.body
      return direction === 'in'
        ? { ...totals, movedIn: minor(totals.movedIn + amount) }
        : { ...totals, movedOut: minor(totals.movedOut + amount) }
    }
  }
}

/** The totals of a whole shift. */
export const shiftTotals = (float: Minor, events: readonly ShiftEvent[]): ShiftTotals =>
  events.reduce(shiftAfter, shiftFrom(float))

const oneMore = ({ count, total }: CountAndTotal, amount: Minor): CountAndTotal => ({
  count: count + 1,
  total: minor(total + amount),
})

const legOf = ({ methodCode, kind }: Tender, amount: number): ShiftTake => ({
  methodCode,
  kind,
  amount: minor(amount),
})

function withLegs(takes: readonly ShiftTake[], legs: readonly ShiftTake[]): ShiftTake[] {
  const byMethod = new Map(takes.map((take) => [`${take.kind} ${take.methodCode}`, take]))
  for (const leg of legs) {
    const key = `${leg.kind} ${leg.methodCode}`
    byMethod.set(key, { ...leg, amount: minor((byMethod.get(key)?.amount ?? 0) + leg.amount) })
  }
  return [...byMethod.values()].sort(cashFirst)
}

const cashFirst = (a: ShiftTake, b: ShiftTake): number =>
  Number(b.kind === 'cash') - Number(a.kind === 'cash') ||
  (a.methodCode < b.methodCode ? -1 : Number(a.methodCode > b.methodCode))

/**
 * What should be there at the end: `cash = float + cash taken − change − cash paid back + moved in − moved out`,
 * every other method what it took less what went back. There is always a row for cash, and it comes first.
 * @param cashMethod the method that the float and the movements are counted with, if no sale named one
 */
export function expectedTenders(
  { float, movedIn, movedOut, takes }: ShiftTotals,
  cashMethod: string,
): (ShiftTake & { readonly expected: Minor })[] {
  const hasCash = takes[0]?.kind === 'cash'
  const cash: ShiftTake = { methodCode: cashMethod, kind: 'cash', amount: minor(0) }
  return (hasCash ? takes : [cash, ...takes]).map((take, i) => ({
    ...take,
    expected: minor(take.amount + (i === 0 ? float + movedIn - movedOut : 0)),
  }))
}

/** What was counted of a method at the close. */
export interface Counted {
  readonly methodCode: string
  readonly amount: Minor
}

/** What a close tells besides its totals. */
export type ClosedWith = Pick<ShiftClosedBody, 'counts' | 'note' | 'zNo' | 'details' | 'earlierCounts'>

/** The close of a shift: what the books expect beside what a person counted. */
export function closeOf(
  totals: ShiftTotals,
  cashMethod: string,
  counted: readonly Counted[],
  more: ClosedWith = {},
): ShiftClosedBody {
  const found = new Map(counted.map(({ methodCode, amount }) => [methodCode, amount]))
  return {
    sales: totals.sales,
    refunds: totals.refunds,
    tenders: expectedTenders(totals, cashMethod).map(({ methodCode, kind, expected }): ShiftTender => {
      const amount = found.get(methodCode)
      return { methodCode, kind, expected, ...(amount !== undefined && { counted: amount }) }
    }),
    ...(more.counts && { counts: more.counts }),
    ...(more.note !== undefined && { note: more.note }),
    ...(more.zNo !== undefined && { zNo: more.zNo }),
    ...(more.details && { details: more.details }),
    ...(more.earlierCounts && { earlierCounts: more.earlierCounts }),
  }
}

/** What is over (+) or short (−); undefined where nothing was counted. */
export const varianceOf = ({ expected, counted }: ShiftTender): Minor | undefined =>
  counted === undefined ? undefined : minor(counted - expected)

/** What is over or short of all that was counted. */
export const wholeVariance = (tenders: readonly ShiftTender[]): Minor =>
  sumMinor(tenders.map((tender) => varianceOf(tender) ?? 0))

/** What notes and coins add up to. */
export const countedCash = (counts: readonly CashCount[]): Minor =>
  sumMinor(counts.map(({ denomination, count }) => denomination * count))
