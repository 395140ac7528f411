import { type SealedEntry, sha256Hex } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import type { EntryKind } from '@evertill/shared/protocol/entry'
import { zPage } from '@evertill/shared/protocol/office'
import { zJournalEntry } from '@evertill/shared/protocol/office/journal'
import { zShiftDetail, zShiftSummary } from '@evertill/shared/protocol/office/shifts'
import { cartOf, cash, refundOf, saleOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { journalOfTill } from './journal.ts'
import { isRefused, type Refused } from './refused.ts'
import { entriesOfShift, shiftDetail, shiftsPage } from './shifts.ts'

const the = usePushingTill()
const mayView = () => grantToOwner(the.shop.companyId, 'report.view')

function given<T extends object>(answer: T | Refused): T {
  if (isRefused(answer)) throw new Error(answer.refused.message)
  return answer
}
const shifts = async () => zPage(zShiftSummary).parse(await shiftsPage(the.sql, mayView(), {})).rows
const detail = async (shiftId: string) =>
  zShiftDetail.parse(given(await shiftDetail(the.sql, mayView(), shiftId)))
const entries = async (shiftId: string, filter: { kind?: EntryKind } = {}) =>
  zPage(zJournalEntry).parse(given(await entriesOfShift(the.sql, mayView(), shiftId, filter)))

/** $100 of float, $10 sold and $4 of it refunded in cash, $20 taken out, and $85.90 counted; a forgetful till writes of the last only in its figures. */
function shift({ forgetful = false } = {}) {
  const { journal, shop } = the
  const opened = journal.write('shift-opened', { float: minor(10_000) })
  const inShift = { shiftId: opened.id }
  const body = saleOf(cartOf([{ productId: shop.productIds[0] ?? '', price: 200, quantity: 5000 }]), [
    cash(1000),
  ])
  const sold = journal.sell(body, inShift)
  const refund = refundOf(body, {
    saleId: sold.id,
    picks: [{ lineNo: 1, quantity: 2000 }],
    ways: [cash(400)],
  })
  const refunded = journal.write('refund', refund, inShift)
  const out = { direction: 'out', amount: minor(2000), reason: 'To the safe' } as const
  const moved = forgetful ? sold : journal.write('cash-moved', out, inShift)
  const close = () =>
    journal.write(
      'shift-closed',
      {
        sales: { count: 1, total: minor(1000) },
        refunds: { count: 1, total: minor(400) },
        tenders: [{ methodCode: 'CASH', kind: 'cash', expected: minor(8600), counted: minor(8590) }],
        note: 'A coin rolled away',
      },
      inShift,
    )
  return { shiftId: opened.id, opened, sold, refunded, moved, close }
}
const inOrder = (...sealed: SealedEntry[]) => the.push(...sealed)

test('an open shift says what should be in its drawer by now', async () => {
  const { shiftId, opened, sold, refunded, moved } = shift()
  await inOrder(opened, sold, refunded, moved)
  expect(await shifts()).toMatchObject([
    { shiftId, state: 'open', expected: 8600, counted: null, difference: null, closedAt: null },
  ])
})

test('a closed shift says what was counted, and what is missing, by the ledger', async () => {
  const { shiftId, opened, sold, refunded, moved, close } = shift()
  await inOrder(opened, sold, refunded, moved, close())
  expect(await shifts()).toMatchObject([
    {
      state: 'closed',
      openedBy: 'Aisyah',
      closedBy: 'Aisyah',
      sales: 1,
      salesTotal: 1000,
      refunds: 1,
      refundsTotal: 400,
      expected: 8600,
      counted: 8590,
      difference: -10,
    },
  ])
  expect(await detail(shiftId)).toMatchObject({
    missing: 0,
    float: 10_000,
    cashMoved: -2000,
    note: 'A coin rolled away',
    tenders: [{ methodCode: 'CASH', expected: 8600, tillExpected: 8600, counted: 8590 }],
    exceptionRows: [],
  })
})

test('while entries of before the close are missing, a shift goes by its till’s own books and says so', async () => {
  const { shiftId, opened, sold, refunded, moved, close } = shift()
  const closed = close()
  await inOrder(opened, closed)
  expect(await shifts()).toMatchObject([
    { state: 'provisional', sales: 0, expected: 8600, counted: 8590, difference: -10 },
  ])
  expect(await detail(shiftId)).toMatchObject({
    missing: 3,
    tenders: [{ expected: 10_000, tillExpected: 8600 }],
  })
  await inOrder(sold, refunded, moved)
  expect(await detail(shiftId)).toMatchObject({ state: 'closed', missing: 0, sales: 1, difference: -10 })
})

test('a shift of which only the close has arrived is there, without what is not known', async () => {
  const { shiftId, close } = shift()
  await inOrder(close())
  expect(await detail(shiftId)).toMatchObject({
    state: 'provisional',
    openedAt: null,
    openedBy: null,
    float: null,
    missing: 4,
    difference: -10,
  })
})

test('where a till’s books and the ledger differ, the ledger says what should have been there', async () => {
  const { shiftId, opened, sold, refunded, close } = shift({ forgetful: true })
  await inOrder(opened, sold, refunded, close())
  expect(await detail(shiftId)).toMatchObject({
    state: 'closed',
    expected: 10_600,
    difference: -2010,
    exceptions: 1,
    tenders: [{ expected: 10_600, tillExpected: 8600 }],
    exceptionRows: [{ type: 'totals-differ', entryKind: 'shift-closed' }],
  })
})

test('a close whose figures are spelled otherwise, 8590.0 for 8590, is read like any other', async () => {
  const { shiftId, opened, sold, refunded, moved, close } = shift()
  const closed = close()
  const raw = closed.raw
    .replace('"counted":8590', '"counted":8590.0')
    .replace('"expected":8600', '"expected":8.6000e3')
  await inOrder(opened, sold, refunded, moved, { ...closed, raw, hash: sha256Hex(raw) })
  expect(await shifts()).toMatchObject([{ shiftId, expected: 8600, counted: 8590, difference: -10 }])
  expect(await detail(shiftId)).toMatchObject({
    tenders: [{ expected: 8600, tillExpected: 8600, counted: 8590 }],
    restated: false,
  })
})

test('the entries of a shift are its own, the newest first, and can be narrowed to a kind', async () => {
  const first = shift()
  const firstClosed = first.close()
  const second = shift()
  await inOrder(first.opened, first.sold, first.refunded, first.moved, firstClosed)
  await inOrder(second.opened, second.sold)
  const { rows } = await entries(first.shiftId)
  expect(rows.map(({ kind, amount, about }) => [kind, amount, about])).toEqual([
    ['shift-closed', 8590, null],
    ['cash-moved', -2000, 'To the safe'],
    ['refund', -400, null],
    ['sale', 1000, null],
    ['shift-opened', 10_000, null],
  ])
  expect((await entries(first.shiftId, { kind: 'cash-moved' })).rows).toHaveLength(1)
  expect((await entries(second.shiftId)).rows.map(({ seq }) => seq)).toEqual([7, 6])
})

test('a till’s journal shows opened drawers, what was let pass and by whom, counts and new customers', async () => {
  const { journal, shop, till } = the
  await inOrder(
    journal.write('drawer-opened', { reason: 'Give change' }),
    journal.write('override-given', {
      permission: 'price.override',
      approvedBy: shop.staffId,
      about: 'Milo at $1.00',
    }),
    journal.write('stock-counted', {
      lines: [{ productId: shop.productIds[0] ?? '', expected: 5000, counted: 4000 }],
    }),
    journal.write('customer-registered', { customerId: uuidV7(), code: 'N1', name: 'Nur' }),
  )
  const page = given(await journalOfTill(the.sql, mayView(), { tillId: till.till_id }))
  expect(zPage(zJournalEntry).parse(page).rows).toMatchObject([
    { kind: 'customer-registered', about: 'Nur' },
    { kind: 'stock-counted', counted: 1 },
    { kind: 'override-given', about: 'Milo at $1.00', approvedBy: 'Aisyah' },
    { kind: 'drawer-opened', about: 'Give change', staffName: 'Aisyah' },
  ])
})

test('a long journal comes in pages without a gap or a repeat', async () => {
  const sold = Array.from({ length: 120 }, () => the.journal.sell())
  await inOrder(...sold)
  const seen: number[] = []
  let cursor: [number, number, string] | undefined
  for (let pages = 0; pages < 3; pages++) {
    const page = given(await journalOfTill(the.sql, mayView(), { tillId: the.till.till_id, cursor }))
    seen.push(...page.rows.map(({ seq }) => seq))
    const last = page.rows.at(-1)
    cursor = last && [last.epoch, last.seq, last.entryId]
    expect(page.nextCursor === null).toBe(pages === 2)
  }
  expect(seen).toEqual(sold.map((_, i) => 120 - i))
})

test('shifts and journals of another company are not there', async () => {
  const { shiftId, opened } = shift()
  await inOrder(opened)
  const stranger = { ...mayView(), companyId: uuidV7() }
  expect(await shiftDetail(the.sql, stranger, shiftId)).toMatchObject({ refused: { code: 'not-found' } })
  expect(await entriesOfShift(the.sql, stranger, shiftId, {})).toMatchObject({
    refused: { code: 'not-found' },
  })
  expect(await journalOfTill(the.sql, stranger, { tillId: the.till.till_id })).toMatchObject({
    refused: { code: 'not-found' },
  })
  expect((await shiftsPage(the.sql, stranger, {})).rows).toEqual([])
})
