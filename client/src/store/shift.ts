import type { Minor } from '@evertill/shared/domain/money'
import {
  type ShiftClosedBody,
  type ShiftEvent,
  type ShiftTotals,
  shiftTotals,
} from '@evertill/shared/domain/shift'
import { type ReportedEntry, type ShiftDetails, shiftDetails } from '@evertill/shared/domain/shift-report'
import type { Entry, EntryOf } from '@evertill/shared/protocol/entry'
import type { CompanySettings } from '@evertill/shared/protocol/pull'
import { rowsOfKind } from './journal.ts'
import { readState } from './state.ts'
import type { Till } from './till.ts'
import type { TillDatabase } from './till-database.ts'

/** The shift that is open, with running totals so that no screen has to read the journal for them. */
export interface OpenShift {
  /** A browser that became another till does not carry its shift along. */
  readonly tillId: string
  readonly shiftId: string
  readonly openedAt: string
  /** What to add to it, as with any entry's time; none of a shift that an earlier version of the app opened. */
  readonly openedOffsetMs?: number
  readonly openedBy: string
  readonly totals: ShiftTotals
  /** Cash as it was counted when the difference was told and it was not closed yet. */
  readonly refusedCounts?: readonly Minor[]
}

export async function readShift(db: TillDatabase): Promise<OpenShift | undefined> {
  // One reading, of one moment: screens ask this in live queries.
  const [till, shift] = (await db.state.bulkGet(['till', 'shift'])).map((row) => row?.value)
  return (shift as OpenShift | undefined)?.tillId === (till as Till | undefined)?.tillId
    ? (shift as OpenShift | undefined)
    : undefined
}

/** Whether the shop works by shifts and none is open here: what is sold now stands in no Z report. */
export async function isBetweenShifts(db: TillDatabase): Promise<boolean> {
  const [till, shift, company] = (await db.state.bulkGet(['till', 'shift', 'company'])).map(
    (row) => row?.value,
  )
  const { tillId } = (till ?? {}) as Partial<Till>
  const { worksByShifts = true } = (company ?? { worksByShifts: false }) as Partial<CompanySettings>
  const isOpen = (shift as OpenShift | undefined)?.tillId === tillId
  return tillId !== undefined && !isOpen && worksByShifts
}

export async function shiftOf(db: TillDatabase, tillId: string): Promise<OpenShift | undefined> {
  const shift = await readState(db, 'shift')
  return shift?.tillId === tillId ? shift : undefined
}

/** What an entry means for the drawer and the takings; nothing for most kinds. */
export function shiftEventOf(entry: Entry): ShiftEvent | undefined {
  switch (entry.kind) {
    case 'sale':
      return { kind: 'sale', body: entry.body }
    case 'refund':
    case 'void':
      return { kind: entry.kind, body: entry.body }
    case 'cash-moved':
      return { kind: 'cash-moved', body: entry.body }
    default:
      return undefined
  }
}

/** The totals of a shift worked out from the journal alone: what the running ones must agree with. */
export async function shiftTotalsOf(db: TillDatabase, shiftId: string): Promise<ShiftTotals | undefined> {
  return db.transaction('r', db.journal, async () => {
    const opened = await db.journal.where('id').equals(shiftId).first()
    if (opened?.kind !== 'shift-opened') return undefined
    const rows = await db.journal.where('shiftId').equals(shiftId).toArray()
    const events = rows.map((row) => shiftEventOf(JSON.parse(row.raw) as Entry))
    const { float } = (JSON.parse(opened.raw) as EntryOf<'shift-opened'>).body
    return shiftTotals(
      float,
      events.filter((event) => event !== undefined),
    )
  })
}

/** What else a report of the shift tells, worked out from its journal: for a screen that asked, and for the close. */
export async function shiftDetailsOf(db: TillDatabase, shiftId: string): Promise<ShiftDetails> {
  const rows = await db.journal.where('shiftId').equals(shiftId).toArray()
  return shiftDetails(rows.map((row) => reportedEntryOf(JSON.parse(row.raw) as Entry)).filter(isReported))
}

function reportedEntryOf(entry: Entry): ReportedEntry | undefined {
  const { staffId } = entry
  if (entry.kind === 'drawer-opened') return { kind: entry.kind, staffId }
  const event = shiftEventOf(entry)
  return event && { ...event, staffId }
}

const isReported = (entry: ReportedEntry | undefined): entry is ReportedEntry => entry !== undefined

/** A shift that is over, with what its Z report needs. */
export interface ClosedShift {
  readonly shiftId: string
  readonly openedAt: string
  readonly openedOffsetMs?: number
  readonly openedBy: string
  readonly float: Minor
  readonly closedAt: string
  readonly closedOffsetMs: number
  readonly closedBy: string
  readonly body: ShiftClosedBody
  readonly details: ShiftDetails
}

export const closedShiftOf = (
  { at, clockOffsetMs, staffId, body }: EntryOf<'shift-closed'>,
  {
    shiftId,
    openedAt,
    openedOffsetMs,
    openedBy,
    totals,
  }: Pick<OpenShift, 'shiftId' | 'openedAt' | 'openedOffsetMs' | 'openedBy' | 'totals'>,
): ClosedShift => ({
  shiftId,
  openedAt,
  ...(openedOffsetMs !== undefined && { openedOffsetMs }),
  openedBy,
  float: totals.float,
  closedAt: at,
  closedOffsetMs: clockOffsetMs,
  closedBy: staffId,
  body,
  // Of one that an earlier version of the app closed, nothing more is told.
  details: body.details ?? shiftDetails([]),
})

/** The last shifts that were closed on this till, newest first: those whose opening is still here. */
export async function recentCloses(db: TillDatabase, tillId: string, limit: number): Promise<ClosedShift[]> {
  return db.transaction('r', db.journal, async () => {
    const rows = await rowsOfKind(db, tillId, ['shift-closed']).limit(limit).toArray()
    const closes = rows.map((row) => JSON.parse(row.raw) as EntryOf<'shift-closed'>)
    const openings = await db.journal
      .where('id')
      .anyOf(closes.map(({ shiftId }) => shiftId ?? ''))
      .toArray()
    const opened = new Map(openings.map((row) => [row.id, JSON.parse(row.raw) as EntryOf<'shift-opened'>]))
    return closes.flatMap((close) => {
      const opening = opened.get(close.shiftId ?? '')
      if (opening === undefined) return []
      const { id, at, clockOffsetMs, staffId, body } = opening
      return [
        closedShiftOf(close, {
          shiftId: id,
          openedAt: at,
          openedOffsetMs: clockOffsetMs,
          openedBy: staffId,
          totals: shiftTotals(body.float, []),
        }),
      ]
    })
  })
}
