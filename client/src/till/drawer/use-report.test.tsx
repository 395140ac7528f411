import { minor } from '@evertill/shared/domain/money'
import type { ShiftReport } from '@evertill/shared/domain/shift-report'
import { renderToStaticMarkup } from 'react-dom/server'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { readCatalogue } from '../../store/catalogue.ts'
import { noteServerTime } from '../../store/contact.ts'
import { closeShift, openShift } from '../../store/record-shift.ts'
import { closedShiftOf, readShift, recentCloses, shiftDetailsOf } from '../../store/shift.ts'
import { readTill } from '../../store/till.ts'
import { enrolledTill, NOW, STAFF } from '../../store/till-for-tests.ts'
import { FactsContext, type Services, ServicesContext, StaffContext } from '../till-context.tsx'
import { useXReport, useZReport } from './use-report.ts'

const later = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000)
// A device whose battery died begins anew.
const FLAT = new Date('2020-01-01T00:10:00.000Z')

/** A till that has heard of the server's time, then lost its battery, and opened a shift. */
async function shiftOnFlatBattery() {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['shift.open', 'shift.close', 'report.view'] })
  await noteServerTime(db, NOW.toISOString(), 0, 50)
  const by = { staffId: STAFF, newId: uuidv7 }
  const opened = await openShift(db, { ...by, now: FLAT, float: minor(0) })
  if ('code' in opened) throw new Error(opened.code)
  const shift = await readShift(db)
  const staff = await db.staff.get(STAFF)
  const facts = { till: await readTill(db), catalogue: await readCatalogue(db) }
  if (shift === undefined || staff === undefined) throw new Error('no shift')
  if (facts.till === undefined || facts.catalogue === undefined) throw new Error('no till')
  const given = { till: facts.till, catalogue: facts.catalogue }
  /** The report that a screen would show when the device's clock says `now`. */
  const reportOf = (useReport: () => ShiftReport, now: Date): ShiftReport => {
    let report: ShiftReport | undefined
    const Screen = () => {
      report = useReport()
      return null
    }
    renderToStaticMarkup(
      <ServicesContext.Provider value={{ db, now: () => now } as unknown as Services}>
        <FactsContext.Provider value={given}>
          <StaffContext.Provider value={staff}>
            <Screen />
          </StaffContext.Provider>
        </FactsContext.Provider>
      </ServicesContext.Provider>,
    )
    if (report === undefined) throw new Error('nothing was shown')
    return report
  }
  return { db, by, shift, till: given.till, reportOf }
}

test('an X report is of the time that head office knows, whatever the device’s clock says', async () => {
  const { db, shift, reportOf } = await shiftOnFlatBattery()
  const details = await shiftDetailsOf(db, shift.shiftId)
  const report = reportOf(() => useXReport(shift, details), FLAT)
  expect(report).toMatchObject({ openedAt: NOW.toISOString(), at: NOW.toISOString() })
})

test('a Z report says when its shift was opened and closed by their own entries, and says so again', async () => {
  const { db, by, shift, till, reportOf } = await shiftOnFlatBattery()
  // Half an hour later the clock has been measured against the server's.
  const now = later(FLAT, 30)
  await noteServerTime(db, later(NOW, 30).toISOString(), NOW.getTime() - FLAT.getTime(), 50)
  const closed = await closeShift(db, { ...by, now, counted: [{ methodCode: 'CASH', amount: minor(0) }] })
  if ('code' in closed) throw new Error(closed.code)
  const times = { openedAt: NOW.toISOString(), at: later(NOW, 30).toISOString() }
  const first = closedShiftOf(closed.entry, shift)
  expect(reportOf(() => useZReport(first), now)).toMatchObject(times)
  const [again] = await recentCloses(db, till.tillId, 1)
  if (again === undefined) throw new Error('the shift is forgotten')
  expect(reportOf(() => useZReport(again), later(FLAT, 45))).toMatchObject(times)
})
