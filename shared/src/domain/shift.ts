import type { Minor } from './money.ts'
import type { TenderKind } from './tender.ts'

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

/** The body of a `shift-closed` entry: the Z report as the till knew it. */
export interface ShiftClosedBody {
  readonly sales: { readonly count: number; readonly total: Minor }
  readonly refunds: { readonly count: number; readonly total: Minor }
  readonly tenders: readonly ShiftTender[]
  readonly counts?: readonly CashCount[]
  readonly note?: string
}

/** The body of a `cash-moved` entry: money put into the drawer or taken out of it that is no sale. */
export interface CashMovedBody {
  readonly direction: 'in' | 'out'
  readonly amount: Minor
  readonly reason: string
}
