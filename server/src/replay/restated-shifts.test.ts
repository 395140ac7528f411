import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { type Journal, journalOf } from '../../test/shop.ts'

const the = usePushingTill()

type Close = EntryOf<'shift-closed'>['body']
const closeOn = (cashExpected: number, sales = { count: 0, total: 0 }): Close => ({
  sales: { count: sales.count, total: minor(sales.total) },
  refunds: { count: 0, total: minor(0) },
  tenders: [{ methodCode: 'CASH', kind: 'cash', expected: minor(cashExpected) }],
})
const moved = (written: Journal, shiftId: string, direction: 'in' | 'out', amount: number) =>
  written.write('cash-moved', { direction, amount: minor(amount), reason: 'Change' }, { shiftId })

/** A copy of the till's profile: what it writes comes under numbers that are taken. */
const copyOf = () => journalOf(the.shop, the.till.till_id, { now: () => the.clock.now.getTime() })
const sound = async () => expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
const wholeShifts = () =>
  the.sql`select shift_id from shift where company_id = ${the.shop.companyId} and complete order by shift_id`

test('a difference that closed by itself is raised again when it comes back the same', async () => {
  const opened = the.journal.write('shift-opened', { float: minor(10_000) })
  const closed = the.journal.write('shift-closed', closeOn(10_200), { shiftId: opened.id })
  await the.push(opened, closed)
  expect(await the.exceptions('totals-differ')).toMatchObject([{ state: 'open' }])
  const copy = copyOf()
  await the.push(moved(copy, opened.id, 'in', 200))
  expect(await the.exceptions('totals-differ')).toMatchObject([{ state: 'resolved' }])
  await the.push(moved(copy, opened.id, 'out', 200))
  expect(await the.exceptions('totals-differ')).toMatchObject([{ state: 'resolved' }, { state: 'open' }])
  await sound()
})

test('a hole from before a shift does not keep it from being compared, one within it does', async () => {
  const lost = the.journal.sell()
  const opened = the.journal.write('shift-opened', { float: minor(10_000) })
  const [inShift, later] = [the.journal.sell(undefined, { shiftId: opened.id }), the.journal.sell()]
  const closed = the.journal.write('shift-closed', closeOn(99), { shiftId: opened.id })
  await the.push(opened, inShift, closed)
  expect(await wholeShifts()).toHaveLength(0)
  await the.push(later)
  expect(await wholeShifts()).toEqual([{ shift_id: opened.id }])
  expect(await the.exceptions('totals-differ')).toMatchObject([
    { state: 'open', subject: opened.id, entry_id: closed.id },
  ])
  await the.sql`delete from exception where company_id = ${the.shop.companyId} and type = 'totals-differ'`
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toHaveLength(1)
  await the.push(lost)
  expect(await wholeShifts()).toHaveLength(1)
})

test('a hole in a journal that was given up keeps no later shift from being compared', async () => {
  const [first, , third] = [the.journal.sell(), the.journal.sell(), the.journal.sell()]
  const next = journalOf(the.shop, the.till.till_id, { epoch: 2, now: () => the.clock.now.getTime() })
  const opened = next.write('shift-opened', { float: minor(10_000) })
  const closed = next.write('shift-closed', closeOn(1), { shiftId: opened.id })
  await the.push(first, third, opened, closed)
  expect(await wholeShifts()).toEqual([{ shift_id: opened.id }])
  expect(await the.exceptions('totals-differ')).toMatchObject([{ subject: opened.id }])
})

test('a shift that begins in one epoch and ends two later waits for what is missing in any of them', async () => {
  const opened = the.journal.write('shift-opened', { float: minor(10_000) })
  const inShift = { shiftId: opened.id }
  const [first, second] = [the.journal.sell(undefined, inShift), the.journal.sell(undefined, inShift)]
  const between = journalOf(the.shop, the.till.till_id, { epoch: 2, now: () => the.clock.now.getTime() })
  const [third, fourth] = [between.sell(undefined, inShift), between.sell(undefined, inShift)]
  const last = journalOf(the.shop, the.till.till_id, { epoch: 3, now: () => the.clock.now.getTime() })
  const fifth = last.sell(undefined, inShift)
  const closed = last.write('shift-closed', closeOn(10_500, { count: 5, total: 500 }), inShift)
  await the.push(opened, second, fourth, closed)
  for (const missing of [third, first, fifth]) {
    expect(await wholeShifts()).toHaveLength(0)
    await the.push(missing)
  }
  expect(await wholeShifts()).toHaveLength(1)
  expect(await the.exceptions('totals-differ')).toEqual([])
  await sound()
})

/** The same entry in a text that says the same otherwise: read as JSON it is no different. */
function reworded(entry: SealedEntry, from: string, to: string): SealedEntry {
  const raw = entry.raw.replace(from, to)
  if (raw === entry.raw) throw new Error(`there is no ${from}`)
  return { ...entry, raw, hash: sha256Hex(raw) }
}

test('figures in another spelling of the same number keep no later entry of their till back', async () => {
  const opened = the.journal.write('shift-opened', { float: minor(10_000) })
  const missing = the.journal.sell()
  const closed = the.journal.write('shift-closed', closeOn(10_000), { shiftId: opened.id })
  const odd = reworded(
    reworded(closed, '"expected":10000', '"expected":1.00000e4'),
    '"total":0',
    '"total":0.0',
  )
  expect((await the.push(opened, odd)).map(({ outcome }) => outcome)).toEqual(['applied', 'applied'])
  expect(await the.push(missing)).toMatchObject([{ outcome: 'applied' }])
  expect(await the.push(the.journal.sell())).toMatchObject([{ outcome: 'applied' }])
  expect(await wholeShifts()).toHaveLength(1)
  expect(await the.exceptions('totals-differ')).toEqual([])
})
