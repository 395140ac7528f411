import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { card, cartOf, saleOf } from '@evertill/shared/testing/builders'
import { beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { addTill, authenticated, type Journal, journalOf, type Shop } from '../../test/shop.ts'
import type { Sql } from '../db/connect.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'

const the = usePushingTill()
let sql: Sql
let shop: Shop
let till: AuthenticatedTill
let journal: Journal
beforeEach(() => {
  ;({ sql, shop, till, journal } = the)
})

/** A till's journal, kept by the server's own clock. */
const journalAt = (tillId: string, { epoch = 1 } = {}) =>
  journalOf(shop, tillId, { epoch, now: () => the.clock.now.getTime() })

const push = async (...entries: SealedEntry[]) => (await the.answerTo(entries, { from: till })).outcomes

const shifts = () => sql`select * from shift where company_id = ${shop.companyId} order by shift_id`
const takings = () => sql`
  select method_code, amount from shift_tender where company_id = ${shop.companyId} order by method_code`
const exceptions = () => sql`
  select type, state, subject, entry_id, detail from exception
  where company_id = ${shop.companyId} and type <> 'sequence-gap' order by raised_at, type`

type Close = EntryOf<'shift-closed'>['body']
/** A float of $100, a cash sale of $1, a card sale of $2, $50 put into the drawer and $20 taken out; then closed. */
function shiftOf(written: Journal, figures: Partial<Close> = {}) {
  const opened = written.write('shift-opened', { float: minor(10_000) })
  const inShift = { shiftId: opened.id }
  const sold = written.sell(undefined, inShift)
  const carded = written.sell(
    saleOf(cartOf([{ productId: shop.productIds[1] ?? '', price: 200 }]), [card(200)]),
    inShift,
  )
  const moved = (direction: 'in' | 'out', amount: number) =>
    written.write('cash-moved', { direction, amount: minor(amount), reason: 'Change' }, inShift)
  const [putIn, takenOut] = [moved('in', 5_000), moved('out', 2_000)]
  const closed = written.write('shift-closed', { ...figuresOf(), ...figures }, inShift)
  return { shiftId: opened.id, opened, sold, carded, putIn, takenOut, closed }
}
const figuresOf = (cashExpected = 13_100): Close => ({
  sales: { count: 2, total: minor(300) },
  refunds: { count: 0, total: minor(0) },
  tenders: [
    { methodCode: 'CASH', kind: 'cash', expected: minor(cashExpected), counted: minor(cashExpected - 5) },
    { methodCode: 'CARD', kind: 'card', expected: minor(200) },
  ],
})

const whole = {
  float_amount: 10_000,
  sales: 2,
  sales_total: 300,
  refunds: 0,
  refunds_total: 0,
  cash_moved: 3_000,
  complete: true,
}

test('a shift is counted with its float, its tenders and its movements, and agrees with its till', async () => {
  const { shiftId, opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal)
  const outcomes = await push(opened, sold, carded, putIn, takenOut, closed)
  expect(outcomes.every(({ outcome, exceptions }) => outcome === 'applied' && !exceptions)).toBe(true)
  expect(await shifts()).toMatchObject([
    {
      ...whole,
      shift_id: shiftId,
      till_id: till.till_id,
      outlet_id: shop.outletId,
      opened_by: shop.staffId,
      closed_by: shop.staffId,
      close_id: closed.id,
      close_seq: 6,
      figures: figuresOf(),
    },
  ])
  expect(await takings()).toMatchObject([
    { method_code: 'CARD', amount: 200 },
    { method_code: 'CASH', amount: 100 },
  ])
  expect(
    await sql`
    select shift_id, amount, reason from cash_movement where company_id = ${shop.companyId} order by amount`,
  ).toMatchObject([
    { shift_id: shiftId, amount: -2_000, reason: 'Change' },
    { shift_id: shiftId, amount: 5_000 },
  ])
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a shift sent twice, whole and in parts, is counted once', async () => {
  const entries = Object.values(shiftOf(journal)).filter((entry) => typeof entry !== 'string')
  await push(...entries)
  const before = [await shifts(), await takings()]
  expect((await push(...entries)).every(({ outcome }) => outcome === 'duplicate')).toBe(true)
  for (const entry of entries) await push(entry)
  expect([await shifts(), await takings()]).toEqual(before)
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('the entries of a shift make the same shift in whatever order they come, and no false alarm on the way', async () => {
  const { opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal)
  for (const entry of [closed, takenOut, carded, sold]) await push(entry)
  expect(await shifts()).toMatchObject([{ complete: false, opened_at: null, float_amount: null, sales: 2 }])
  await push(putIn)
  expect(await exceptions()).toEqual([])
  await push(opened)
  expect(await shifts()).toMatchObject([whole])
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('figures that the ledger does not make are said once the journal is whole, and not before', async () => {
  const { shiftId, opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal, figuresOf(13_600))
  await push(opened, sold, carded, takenOut, closed)
  expect(await exceptions()).toEqual([])
  await push(putIn)
  expect(await exceptions()).toMatchObject([
    {
      type: 'totals-differ',
      state: 'open',
      subject: shiftId,
      entry_id: closed.id,
      detail: { shiftId, differences: [{ field: 'cash', expected: 13_100, actual: 13_600 }] },
    },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('the close that is wrong in one go answers with what it raised', async () => {
  const { opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal, {
    sales: { count: 2, total: minor(400) },
    tenders: [],
  })
  const outcomes = await push(opened, sold, carded, putIn, takenOut, closed)
  expect(outcomes.at(-1)).toMatchObject({ outcome: 'applied', exceptions: ['totals-differ'] })
  expect(await exceptions()).toMatchObject([
    {
      detail: {
        differences: [
          { field: 'sales', expected: 300, actual: 400 },
          { field: 'CARD', expected: 200, actual: 0 },
          { field: 'cash', expected: 13_100, actual: 0 },
        ],
      },
    },
  ])
})

test('an entry of another kind that fills the gap lets the shift be compared', async () => {
  const opened = journal.write('shift-opened', { float: minor(0) })
  const drawer = journal.write('drawer-opened', { reason: 'Change' })
  const closed = journal.write('shift-closed', figuresOf(0), { shiftId: opened.id })
  await push(opened, closed)
  expect(await exceptions()).toEqual([])
  await push(drawer)
  expect(await exceptions()).toMatchObject([{ type: 'totals-differ', entry_id: closed.id }])
  expect(await shifts()).toMatchObject([{ complete: true }])
})

test('a shift goes on in the next epoch of its till, and waits for what is missing of the one before', async () => {
  const opened = journal.write('shift-opened', { float: minor(10_000) })
  const [missing, last] = [
    journal.sell(undefined, { shiftId: opened.id }),
    journal.sell(undefined, { shiftId: opened.id }),
  ]
  const next = journalAt(till.till_id, { epoch: 2 })
  const closed = next.write(
    'shift-closed',
    {
      sales: { count: 2, total: minor(200) },
      refunds: { count: 0, total: minor(0) },
      tenders: [{ methodCode: 'CASH', kind: 'cash', expected: minor(10_200) }],
    },
    { shiftId: opened.id },
  )
  await push(opened, last, closed)
  expect(await shifts()).toMatchObject([{ complete: false }])
  await push(missing)
  expect(await shifts()).toMatchObject([{ complete: true, sales: 2 }])
  expect(await exceptions()).toEqual([])
})

test('what a clone wrote late restates the shift, raises the difference, and takes it back when it is explained', async () => {
  const { shiftId, opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal, figuresOf(13_300))
  await push(opened, sold, carded, putIn, takenOut, closed)
  expect(await exceptions()).toMatchObject([{ type: 'totals-differ', state: 'open' }])
  // Two sales under numbers that are taken: a copied profile, before the close.
  const copy = journalAt(till.till_id)
  await push(copy.sell(undefined, { shiftId }))
  expect(await exceptions()).toContainEqual(
    expect.objectContaining({
      type: 'totals-differ',
      state: 'open',
      detail: {
        shiftId,
        differences: [
          { field: 'sales', expected: 400, actual: 300 },
          { field: 'cash', expected: 13_200, actual: 13_300 },
        ],
      },
    }),
  )
  expect(await shifts()).toMatchObject([{ sales: 3, sales_total: 400 }])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a difference closes by itself when a late entry explains it', async () => {
  const { opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal, {
    ...figuresOf(13_200),
    sales: { count: 3, total: minor(400) },
  })
  await push(opened, sold, carded, putIn, takenOut, closed)
  expect(await exceptions()).toMatchObject([{ type: 'totals-differ', state: 'open' }])
  await push(journalAt(till.till_id).sell(undefined, { shiftId: opened.id }))
  expect(await exceptions()).toContainEqual(
    expect.objectContaining({ type: 'totals-differ', state: 'resolved' }),
  )
})

test('a difference that a person has looked at is raised again only when it changes', async () => {
  const { shiftId, opened, sold, carded, putIn, takenOut, closed } = shiftOf(journal, figuresOf(13_600))
  await push(opened, sold, carded, putIn, takenOut, closed)
  await sql`update exception set state = 'resolved', resolved_by = 'Mei' where company_id = ${shop.companyId}`
  const copy = journalAt(till.till_id)
  await push(copy.write('drawer-opened', { reason: 'Change' }, { shiftId }))
  const differing = async () => (await exceptions()).filter(({ type }) => type === 'totals-differ')
  expect(await differing()).toMatchObject([{ state: 'resolved' }])
  await push(copy.sell(undefined, { shiftId }))
  expect(await differing()).toMatchObject([{ state: 'resolved' }, { state: 'open' }])
})

test('what names a shift after its close is counted in it and told, in either order', async () => {
  for (const order of ['close first', 'close last'] as const) {
    const written = journalAt(await addTill(sql, shop, order))
    till = await authenticated(sql, shop.companyId, JSON.parse(written.sell().raw).tillId)
    const other = journalAt(till.till_id)
    const opened = other.write('shift-opened', { float: minor(0) })
    const closed = other.write('shift-closed', figuresOf(0), { shiftId: opened.id })
    const late = other.sell(undefined, { shiftId: opened.id })
    if (order === 'close first') {
      await push(opened, closed)
      expect(await push(late)).toMatchObject([{ outcome: 'applied', exceptions: ['late-after-close'] }])
    } else {
      await push(opened, late)
      await push(closed)
    }
    expect((await exceptions()).filter(({ subject }) => subject === opened.id)).toContainEqual(
      expect.objectContaining({
        type: 'late-after-close',
        entry_id: late.id,
        detail: { shiftId: opened.id, seq: 3, closeSeq: 2 },
      }),
    )
    expect((await shifts()).find(({ shift_id }) => shift_id === opened.id)).toMatchObject({ sales: 1 })
  }
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('a close of a shift that nobody opened is kept, and told', async () => {
  const closed = journal.write('shift-closed', figuresOf(500))
  expect(await push(closed)).toMatchObject([{ outcome: 'applied', exceptions: ['totals-differ'] }])
  expect(await shifts()).toMatchObject([{ shift_id: closed.id, close_id: closed.id, opened_at: null }])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('of two closes the first one written stands, in whatever order they come', async () => {
  const opened = journal.write('shift-opened', { float: minor(0) })
  const first = journal.write('shift-closed', figuresOf(1), { shiftId: opened.id })
  const second = journal.write('shift-closed', figuresOf(2), { shiftId: opened.id })
  await push(opened, second)
  expect(await shifts()).toMatchObject([{ close_id: second.id }])
  await push(first)
  expect(await shifts()).toMatchObject([{ close_id: first.id, close_seq: 2 }])
  expect(await exceptions()).toContainEqual(
    expect.objectContaining({ type: 'late-after-close', entry_id: second.id }),
  )
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('entries without a shift make none', async () => {
  await push(
    journal.sell(),
    journal.write('cash-moved', { direction: 'in', amount: minor(5), reason: 'Float' }),
  )
  expect(await shifts()).toEqual([])
  expect(await sql`select shift_id from cash_movement where company_id = ${shop.companyId}`).toMatchObject([
    { shift_id: null },
  ])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
})

test('pushes of one till that overlap in every way count its shifts once and never deadlock', async () => {
  const [before] = await sql`select deadlocks from pg_stat_database where datname = current_database()`
  const written = Array.from({ length: 6 }, () =>
    Object.values(shiftOf(journal)).filter((entry): entry is SealedEntry => typeof entry !== 'string'),
  ).flat()
  const shuffled = written
    .map((entry) => ({ entry, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry)
  await Promise.all(
    Array.from({ length: 12 }, async (_, i) => {
      await push(...shuffled.slice(i * 3, i * 3 + 6))
    }),
  )
  const found = await shifts()
  expect(found).toHaveLength(6)
  for (const shift of found) expect(shift).toMatchObject(whole)
  expect(await exceptions()).toEqual([])
  expect(await ledgerDifferences(sql, shop.companyId)).toEqual([])
  const [after] = await sql`select deadlocks from pg_stat_database where datname = current_database()`
  expect(after?.deadlocks).toBe(before?.deadlocks)
})
