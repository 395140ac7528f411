import { businessDate } from '@evertill/shared/domain/business-day'
import type { OutletOption } from '@evertill/shared/protocol/office'
import type { Today } from '@evertill/shared/protocol/office/today'
import type { Sql } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import {
  countOpenExceptions,
  hourTotals,
  listOutlets,
  outletTotals,
  tenderTotals,
  tillTotals,
  unshiftedTotals,
  weekBeforeTotals,
} from '../db/queries/office-today.ts'
import type { OfficeUserRow } from '../db/queries/office-users.ts'
import { countedWrongly } from './shifts.ts'

export async function outletOptions(sql: Sql, user: OfficeUserRow): Promise<OutletOption[]> {
  const outlets = await listOutlets(sql, user)
  return outlets.map(({ dayCutHour: _, ...outlet }) => outlet)
}

/** The totals of one business day; by default of the day that is running at the outlet furthest into time. */
export async function today(
  sql: Sql,
  granted: Granted<'report.view'>,
  { date, now }: { date: string | undefined; now: Date },
): Promise<Today> {
  const outlets = await listOutlets(sql, granted)
  const days = outlets.map((outlet) => businessDate(now, outlet.timeZone, outlet.dayCutHour))
  const day = date ?? days.sort().at(-1) ?? businessDate(now, 'UTC', 0)
  const totals = await outletTotals(sql, granted, day)
  const tenders = await tenderTotals(sql, granted, day)
  const tills = await tillTotals(sql, granted, day)
  const unshifted = await unshiftedTotals(sql, granted, day)
  const drawers = await countedWrongly(sql, granted, day)
  return {
    date: day,
    outlets: outlets.map(({ outletId, name }) => {
      const {
        sales = 0,
        refunds = 0,
        total = 0,
        tax = 0,
        discount = 0,
        issued = 0,
      } = totals.find((of) => of.outletId === outletId) ?? {}
      return {
        outletId,
        name,
        sales,
        refunds,
        total,
        tax,
        discount,
        issued,
        tenders: tenders
          .filter((of) => of.outletId === outletId)
          .map(({ methodCode, amount }) => ({ methodCode, amount })),
        tills: tills
          .filter((of) => of.outletId === outletId)
          .map(({ outletId: _, lastContactAt, ...till }) => ({
            ...till,
            lastContactAt: lastContactAt?.toISOString() ?? null,
            unshifted: unshiftedOf(unshifted, till.tillId),
            drawers: drawers
              .filter(({ tillId }) => tillId === till.tillId)
              .map(({ shiftId, difference }) => ({ shiftId, difference })),
          })),
      }
    }),
    hours: await hourTotals(sql, granted, day),
    weekBefore: await weekBeforeTotals(sql, granted, day),
    openExceptions: await countOpenExceptions(sql, granted),
  }
}

function unshiftedOf(all: Awaited<ReturnType<typeof unshiftedTotals>>, tillId: string) {
  const { papers = 0, total = 0 } = all.find((of) => of.tillId === tillId) ?? {}
  return { papers, total }
}
