import { canonicalJson } from '@evertill/shared/domain/canonical-json'
import type { CashCount, ShiftClosedBody } from '@evertill/shared/domain/shift'
import type { EntryKind } from '@evertill/shared/protocol/entry'
import type { JournalEntry } from '@evertill/shared/protocol/office/journal'
import type { ShiftDetail, ShiftFigures, ShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import { exceptionsOfShift } from '../db/queries/office-exceptions.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { figuresOfShift } from '../db/queries/office-shift-figures.ts'
import {
  countMissingBefore,
  findShift,
  listShifts,
  type ShiftFilter,
  type ShiftRow,
  tendersOfShift,
} from '../db/queries/office-shifts.ts'
import { exceptionRow } from './exceptions.ts'
import { journalPage } from './journal.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type Refused, refused } from './refused.ts'

export const zShiftCursor = zCursor(z.tuple([zUuid]))

export async function shiftsPage(
  sql: Sql,
  granted: Granted<'report.view'>,
  { cursor, ...filter }: ShiftFilter & { cursor?: [string] | undefined },
): Promise<Page<ShiftSummary>> {
  const rows = await listShifts(sql, granted, filter, { before: cursor?.[0], limit: PAGE_SIZE + 1 })
  return pageOf(rows, (row) => [row.shiftId], summary)
}

/** More than any company has in a day. */
const SHIFTS_OF_A_DAY = 2000

/** The shifts that began on a business date and whose drawer was not counted as its books have it. */
export async function countedWrongly(
  sql: Sql,
  granted: Granted<'report.view'>,
  date: string,
): Promise<{ readonly tillId: string; readonly shiftId: string; readonly difference: number }[]> {
  const rows = await listShifts(
    sql,
    granted,
    { from: date, to: date },
    { before: undefined, limit: SHIFTS_OF_A_DAY },
  )
  return rows.flatMap((row) => {
    const { tillId, shiftId, difference } = summary(row)
    return difference === null || difference === 0 ? [] : [{ tillId, shiftId, difference }]
  })
}

const stateOf = (row: ShiftRow): ShiftSummary['state'] =>
  row.closeId === null ? 'open' : row.complete ? 'closed' : 'provisional'

/** Until every entry of before the close is here, only the till's own books know what the drawer should hold. */
function summary(row: ShiftRow): ShiftSummary {
  const state = stateOf(row)
  const byLedger = (row.float ?? 0) + row.cashMoved + row.cashTaken
  const expected = state === 'provisional' ? (row.tillCash ?? byLedger) : byLedger
  return {
    shiftId: row.shiftId,
    tillId: row.tillId,
    tillName: row.tillName,
    outletName: row.outletName,
    state,
    businessDate: row.businessDate,
    openedAt: row.openedAt?.toISOString() ?? null,
    openedBy: row.openedBy,
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: row.closedBy,
    sales: row.sales,
    salesTotal: row.salesTotal,
    refunds: row.refunds,
    refundsTotal: row.refundsTotal,
    expected,
    counted: row.countedCash,
    difference: row.countedCash === null ? null : row.countedCash - expected,
    exceptions: row.exceptions,
  }
}

const noSuchShift = () => refused('not-found', 'There is no such shift.')

export async function shiftDetail(
  sql: Sql,
  granted: Granted<'report.view'>,
  shiftId: string,
): Promise<ShiftDetail | Refused> {
  const row = await findShift(sql, granted, shiftId)
  if (row === undefined) return noSuchShift()
  const { tillId, closeId, closeEpoch, closeSeq, float, cashMoved, note, closed } = row
  const tenders = await tendersOfShift(sql, granted, shiftId)
  const exceptions = await exceptionsOfShift(sql, granted, { shiftId, closeId })
  const papers = await figuresOfShift(sql, granted, tillId, row)
  if (papers === undefined) return noSuchShift()
  const byLedger = papers.figures
  const atClose = closed === null ? null : reportAtClose(closed, byLedger)
  const hasCash = tenders.some(({ kind }) => kind === 'cash')
  const cash = { methodCode: 'CASH', kind: 'cash', taken: 0, tillExpected: null, counted: null }
  const methods = (hasCash ? tenders : [cash, ...tenders])
    .map(({ taken, ...tender }, i) => ({
      ...tender,
      // The float lies in the drawer before anything is taken; of several methods of cash it is in the first.
      expected: taken + (i === 0 ? (float ?? 0) + cashMoved : 0),
    }))
    // What goods paid for other goods is no money anybody counts.
    .filter(({ kind, expected, tillExpected }) => kind !== 'exchange' || expected !== 0 || tillExpected !== 0)
  const state = stateOf(row)
  return {
    ...summary(row),
    zNo: closed?.zNo ?? null,
    atClose,
    byLedger,
    restated:
      state === 'closed' &&
      ((atClose !== null && canonicalJson(atClose) !== canonicalJson(byLedger)) ||
        methods.some(({ expected, tillExpected }) => expected !== (tillExpected ?? 0))),
    floatCounts: (papers.floatCounts as CashCount[] | null) ?? null,
    counts: closed?.counts ? [...closed.counts] : null,
    earlierCounts: [...(closed?.earlierCounts ?? [])],
    missing:
      closeEpoch === null || closeSeq === null
        ? 0
        : await countMissingBefore(sql, granted, { tillId, epoch: closeEpoch, seq: closeSeq }),
    float,
    cashMoved,
    note,
    tenders: methods,
    exceptionRows: exceptions.map(exceptionRow),
  }
}

/** The till's own report, in the words of ours; none of what an old app closed. */
function reportAtClose(
  { sales, refunds, details }: ShiftClosedBody,
  { staff: known }: ShiftFigures,
): ShiftFigures | null {
  if (details === undefined) return null
  const { staff, taxes, ...rest } = details
  const names = new Map(known.map(({ staffId, name }) => [staffId, name]))
  return {
    ...rest,
    sales,
    refunds,
    taxes: [...taxes],
    staff: staff.map((person) => ({ ...person, name: names.get(person.staffId) ?? null })),
  }
}

/** What happened in a shift. */
export async function entriesOfShift(
  sql: Sql,
  granted: Granted<'report.view'>,
  shiftId: string,
  { kind, cursor }: { kind?: EntryKind | undefined; cursor?: [number, number, string] | undefined },
): Promise<Page<JournalEntry> | Refused> {
  const row = await findShift(sql, granted, shiftId)
  if (row === undefined) return noSuchShift()
  return journalPage(sql, granted, { tillId: row.tillId, kind, shift: row }, cursor)
}
