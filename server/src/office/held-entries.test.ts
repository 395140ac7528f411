import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import { type ReplayReport, zHeldEntries } from '@evertill/shared/protocol/office/exceptions'
import { pushText } from '@evertill/shared/protocol/push'
import { cartOf, cash, refundOf, saleOf } from '@evertill/shared/testing/builders'
import { afterEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { header } from '../../test/shop.ts'
import type { Sql } from '../db/connect.ts'
import { revokeTill } from '../db/queries/enrolment.ts'
import { type HeldLine, holdLines } from '../db/queries/quarantine.ts'
import { resolveException } from './exceptions.ts'
import { heldEntries, replayAllHeld, replayHeld } from './held-entries.ts'
import { isRefused } from './refused.ts'

const the = usePushingTill()
const mayResolve = () => grantToOwner(the.shop.companyId, 'exception.resolve')
const mayView = () => grantToOwner(the.shop.companyId, 'report.view')

const ports = () => ({ ...the.ports, sql: the.sql })

async function replay(
  exceptionId: string,
  options?: Parameters<typeof replayHeld>[3],
): Promise<ReplayReport> {
  const report = await replayHeld(ports(), mayResolve(), exceptionId, options)
  if (isRefused(report)) throw new Error(report.refused.message)
  return report
}

async function heldOf(exceptionId: string) {
  const found = await heldEntries(ports(), mayView(), exceptionId)
  if (isRefused(found)) throw new Error(found.refused.message)
  return zHeldEntries.parse(found)
}
const held = async (exceptionId: string) => (await heldOf(exceptionId)).rows

const only = async (type: string) => {
  const [found, ...others] = await the.exceptions(type)
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`)
  return found
}

const sales = async () => {
  const [row] = await the.sql<{ count: number }[]>`
    select count(*) from sale where company_id = ${the.shop.companyId}`
  return row?.count
}
const sound = async () => expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])

/** No readable entry is known that Postgres would refuse: so the table gets a constraint, and the fix drops it. */
const refuse = (allowed: string) =>
  the.sql.unsafe(`alter table entry add constraint refused check (${allowed}) not valid`)
const mend = () => the.sql`alter table entry drop constraint if exists refused`
afterEach(mend)

test('a held entry counts once after the fix, closes its exception and the hole it left', async () => {
  const [first, second, third] = [the.journal.sell(), the.journal.sell(undefined, {}), the.journal.sell()]
  await the.push(first)
  await refuse('seq <> 2')
  expect(await the.push(second, third)).toMatchObject([{ outcome: 'quarantined' }, { outcome: 'applied' }])
  const { exception_id, detail } = await only('unreadable')
  expect(detail).toMatchObject({ reason: expect.stringContaining('cannot store') })
  expect(await the.exceptions('sequence-gap')).toMatchObject([{ state: 'open' }])

  expect(await replay(exception_id)).toMatchObject({
    applied: 0,
    held: 1,
    reason: expect.stringContaining('cannot store'),
  })
  expect(await only('unreadable')).toMatchObject({ state: 'open' })

  await mend()
  expect(await replay(exception_id)).toEqual({
    applied: 1,
    duplicate: 0,
    held: 0,
    reason: null,
    readTo: expect.any(String),
    left: 0,
    since: 0,
  })
  expect(await only('unreadable')).toMatchObject({ state: 'resolved', resolved_by: 'Mei' })
  expect(await only('sequence-gap')).toMatchObject({ state: 'resolved', resolved_by: 'evertill' })
  expect(await the.held()).toMatchObject([{ state: 'replayed' }])
  expect(await sales()).toBe(3)
  await sound()

  expect(await replay(exception_id)).toEqual({
    applied: 0,
    duplicate: 0,
    held: 0,
    reason: null,
    readTo: null,
    left: 0,
    since: 0,
  })
  expect(await the.push(second)).toMatchObject([{ outcome: 'duplicate' }])
  expect(await sales()).toBe(3)
})

test('what the till has sent again meanwhile counts once, and its exception can be closed by replaying', async () => {
  const sale = the.journal.sell()
  await refuse('seq <> 1')
  await the.push(sale)
  await mend()
  await the.push(sale)
  const { exception_id } = await only('unreadable')
  expect(await replay(exception_id)).toMatchObject({ applied: 0, duplicate: 1, held: 0 })
  expect(await only('unreadable')).toMatchObject({ state: 'resolved' })
  expect(await sales()).toBe(1)
})

test('a line that still cannot be read stays, with the reason of today', async () => {
  const raw = the.journal.sell().raw.replace('"kind":"sale"', '"kind":"raffle"')
  await the.push({ hash: sha256Hex(raw), raw })
  const { exception_id } = await only('unreadable')
  await the.sql`update quarantine set reason = 'of yesterday', fields = '[]' where company_id = ${the.shop.companyId}`
  expect(await replay(exception_id)).toMatchObject({
    applied: 0,
    held: 1,
    reason: 'The entry has wrong fields.',
  })
  expect(await only('unreadable')).toMatchObject({
    state: 'open',
    detail: { reason: 'The entry has wrong fields.', fields: [{ path: 'kind' }] },
  })
  expect(await held(exception_id)).toMatchObject([
    { kind: 'raffle', total: 100, receiptNo: 'BED-T1-000001', text: expect.stringContaining('"raffle"') },
  ])
})

test('an entry whose id is taken stays held and says why', async () => {
  const first = the.journal.sell()
  await the.push(first)
  await the.push(the.journal.sell(undefined, { id: first.id }))
  const { exception_id } = await only('id-reused')
  expect(await replay(exception_id)).toMatchObject({
    held: 1,
    reason: expect.stringContaining('only one can count'),
  })
  expect(await only('id-reused')).toMatchObject({ state: 'open' })
  expect(await sales()).toBe(1)
})

test('bytes that are no text can be looked at', async () => {
  await the.send(
    Buffer.concat([Buffer.from(`${JSON.stringify(header())}\n`), Buffer.from([0xff, 0xfe, 0x41])]),
  )
  const { exception_id } = await only('unreadable')
  expect(await held(exception_id)).toMatchObject([{ at: null, kind: null, total: null, text: '��A' }])
})

test('all of a kind are replayed together, and those of another kind are left', async () => {
  const entries = Array.from({ length: 30 }, () => the.journal.sell())
  await refuse('seq % 3 <> 0')
  await the.push(...entries)
  await the.push(the.journal.sell(undefined, { id: entries[0]?.id ?? '' }))
  await mend()
  expect(await replayAllHeld(ports(), mayResolve(), 'unreadable')).toEqual({
    applied: 10,
    duplicate: 0,
    held: 0,
    reason: null,
    readTo: expect.any(String),
    left: 0,
    since: 0,
  })
  expect((await the.exceptions('unreadable')).every(({ state }) => state === 'resolved')).toBe(true)
  expect(await only('id-reused')).toMatchObject({ state: 'open' })
  expect(await sales()).toBe(30)
  await sound()
})

test('a thousand lines of a till that are held for one reason are one thing to look at', async () => {
  await refuse('seq < 0')
  const entries = Array.from({ length: 500 }, () => the.journal.sell())
  await the.push(...entries.slice(0, 300))
  await the.push(...entries.slice(300))
  const { exception_id } = await only('unreadable')
  expect((await heldOf(exception_id)).all).toEqual({
    entries: 500,
    sales: 500,
    refunds: 0,
    amount: 50_000,
    unclear: 0,
  })
  expect(await held(exception_id)).toHaveLength(100)
  const raw = the.journal.sell().raw.replace('"kind":"sale"', '"kind":"raffle"')
  await the.push({ hash: sha256Hex(raw), raw })
  expect(await the.exceptions('unreadable')).toHaveLength(2)
})

test('what many held entries come to is net of refunds, and says what cannot be made out', async () => {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const body = saleOf(cartOf([{ productId: the.shop.productIds[0] ?? '', price: 700 }]), [cash(700)])
  const sold = the.journal.sell(body)
  const refunded = the.journal.write('refund', refundOf(body, { saleId: sold.id, ways: [cash(700)] }))
  const opened = the.journal.write('drawer-opened', { reason: 'Give change' })
  const bytes = Buffer.from(`${pushText(header(), [sold, refunded, opened, the.journal.sell()])}\nhello?`)
  await the.send(bytes, the.sql, await the.again())
  const found = await heldOf((await only('revoked-till')).exception_id)
  expect(found.all).toEqual({ entries: 5, sales: 2, refunds: 1, amount: 100, unclear: 1 })
  expect(found.rows.map(({ total }) => total).toSorted()).toEqual([-700, 100, 700, null, null].toSorted())
})

test('many can be replayed part by part, and each part says how many are left', async () => {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const from = await the.again()
  const unreadable = { hash: sha256Hex('{}'), raw: '{}' }
  for (const first of [0, 400])
    await the.answerTo(
      first === 0
        ? [unreadable, ...Array.from({ length: 399 }, () => the.journal.sell())]
        : Array.from({ length: 400 }, () => the.journal.sell()),
      { from },
    )
  const { exception_id } = await only('revoked-till')
  const one = await replay(exception_id, { after: 'start' })
  expect([one.applied + one.held, one.left]).toEqual([500, 300])
  expect(await only('revoked-till')).toMatchObject({ state: 'open' })
  const two = await replay(exception_id, { after: one.readTo ?? '' })
  expect([two.applied + two.held, two.left]).toEqual([300, 0])
  expect(one.applied + two.applied).toBe(799)
  expect(await only('revoked-till')).toMatchObject({ state: 'open' })
  expect(await sales()).toBe(799)
  await sound()
})

test('a part begins where the last one ended, whatever became of what was still held before it', async () => {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const from = await the.again()
  await the.answerTo([{ hash: sha256Hex('{}'), raw: '{}' }], { from })
  for (let push = 0; push < 2; push++)
    await the.answerTo(
      Array.from({ length: 300 }, () => the.journal.sell()),
      { from },
    )
  const { exception_id } = await only('revoked-till')
  const one = await replay(exception_id, { after: 'start' })
  expect(one).toMatchObject({ applied: 499, held: 1, left: 101 })
  // Somebody else settles the one that stayed.
  await the.sql`update quarantine set state = 'replayed', replayed_at = now() where state = 'held' and line_hash = (
    select line_hash from quarantine order by received_at, quarantine_id limit 1)`
  expect(await replay(exception_id, { after: one.readTo ?? '' })).toMatchObject({ applied: 101, left: 0 })
  expect(await replay(exception_id, { after: one.readTo ?? '' })).toMatchObject({ applied: 0, left: 0 })
  expect(await sales()).toBe(600)
  await sound()
})

const leaveOut = (exceptionId: string, upTo: string | undefined) =>
  resolveException(ports(), mayResolve(), exceptionId, {
    note: 'The thief tried it out',
    ...(upTo !== undefined && { upTo }),
  })

test('what came after the last line that was looked at is neither counted nor left out with it', async () => {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const from = await the.again()
  await the.answerTo([the.journal.sell(), the.journal.sell()], { from })
  const { exception_id } = await only('revoked-till')
  const seen = await heldOf(exception_id)
  await the.answerTo([the.journal.sell()], { from })

  for (const upTo of [seen.upTo ?? undefined, undefined])
    expect(await leaveOut(exception_id, upTo)).toMatchObject({ refused: { code: 'conflict' } })
  expect(await only('revoked-till')).toMatchObject({ state: 'open', note: null })

  const options = { upTo: seen.upTo ?? '' }
  expect(await replay(exception_id, { ...options, after: 'start' })).toMatchObject({
    applied: 2,
    left: 0,
    since: 1,
  })
  expect(await replay(exception_id, options)).toMatchObject({ applied: 0, since: 1 })
  expect(await only('revoked-till')).toMatchObject({ state: 'open' })
  expect(await sales()).toBe(2)

  const rest = await heldOf(exception_id)
  expect(rest.all.entries).toBe(1)
  expect(await leaveOut(exception_id, rest.upTo ?? undefined)).toBeUndefined()
  expect(await only('revoked-till')).toMatchObject({ state: 'resolved', note: 'The thief tried it out' })
  await sound()
})

test('what a transaction that began earlier holds later is no part of what was looked at before', async () => {
  const place = { companyId: the.shop.companyId, tillId: the.till.till_id, outletId: the.shop.outletId }
  const line = (text: string): HeldLine => ({
    line: Buffer.from(text),
    type: 'revoked-till',
    reason: 'Revoked',
    fields: [],
    entryId: null,
  })
  let upTo: string | null = null
  await the.sql.begin(async (slow) => {
    await slow`select now()`
    await holdLines(the.sql, place, [line('first')])
    upTo = (await heldOf((await only('revoked-till')).exception_id)).upTo
    await holdLines(slow as unknown as Sql, place, [line('second')])
  })
  const { exception_id } = await only('revoked-till')
  expect(await replay(exception_id, { upTo: upTo ?? '' })).toMatchObject({ held: 1, since: 1 })
})

/** A shift with one sale of $1. */
function shiftOfOne() {
  const opened = the.journal.write('shift-opened', { float: minor(0) })
  const inShift = { shiftId: opened.id }
  const sold = the.journal.sell(undefined, inShift)
  const figures = {
    sales: { count: 1, total: minor(100) },
    refunds: { count: 0, total: minor(0) },
    tenders: [{ methodCode: 'CASH', kind: 'cash' as const, expected: minor(100), counted: minor(100) }],
  }
  return { opened, sold, closed: the.journal.write('shift-closed', figures, inShift) }
}

const marks = async () => {
  const [row] = await the.sql`
    select j.high_water, j.last_seq, s.complete from journal j join shift s using (company_id, till_id)
    where company_id = ${the.shop.companyId}`
  return row
}

test('nothing waits for what was left out: not the journal, not its shift; the till is told when it counts', async () => {
  const { opened, sold, closed } = shiftOfOne()
  await refuse('seq <> 2')
  expect((await the.answerTo([opened, sold, closed])).highWater).toBe(1)
  expect(await marks()).toEqual({ high_water: 1, last_seq: 3, complete: false })

  const { exception_id } = await only('unreadable')
  const { upTo } = await heldOf(exception_id)
  expect(await leaveOut(exception_id, upTo ?? undefined)).toBeUndefined()
  expect(await marks()).toEqual({ high_water: 3, last_seq: 3, complete: true })
  expect(await only('sequence-gap')).toMatchObject({ state: 'resolved', resolved_by: 'evertill' })
  expect(await only('totals-differ')).toMatchObject({ state: 'open' })
  await sound()

  // It is held on the till as well: the mark it is told passes it when it counts.
  const next = the.journal.sell()
  expect((await the.answerTo([next])).highWater).toBe(1)
  expect((await the.answerTo([])).highWater).toBe(1)
  expect(await marks()).toMatchObject({ high_water: 4, last_seq: 4 })
  await mend()
  expect(await replay(exception_id)).toMatchObject({ applied: 1 })
  expect((await the.answerTo([])).highWater).toBe(4)
  expect(await only('totals-differ')).toMatchObject({ state: 'resolved', resolved_by: 'evertill' })
  await sound()
})

test('a shift is whole without what was left out of it, also where an entry from before it is missing', async () => {
  the.journal.sell()
  const { opened, sold, closed } = shiftOfOne()
  await refuse('seq <> 3')
  await the.push(opened, sold, closed)
  const { exception_id } = await only('unreadable')
  expect(await leaveOut(exception_id, (await heldOf(exception_id)).upTo ?? undefined)).toBeUndefined()
  expect(await marks()).toEqual({ high_water: 0, last_seq: 4, complete: true })
  await sound()
})

test('what was left out fills no other hole, and none beyond what has come', async () => {
  const [first, second, third, fourth] = Array.from({ length: 4 }, () => the.journal.sell())
  if (!first || !second || !third || !fourth) throw new Error('unreachable')
  const unreadable = [second, fourth].map(({ raw }) => raw.replace('"kind":"sale"', '"kind":"raffle"'))
  const [foreign] = unreadable.map((raw) => raw.replace(the.till.till_id, the.shop.outletId))
  await the.push(first, ...[...unreadable, foreign ?? ''].map((raw) => ({ hash: sha256Hex(raw), raw })))
  const held = await the.sql`
    select epoch, seq from quarantine where company_id = ${the.shop.companyId} order by seq nulls last`
  expect(held).toEqual([
    { epoch: 1, seq: 2 },
    { epoch: 1, seq: 4 },
    { epoch: null, seq: null },
  ])
  const { exception_id } = await only('unreadable')
  expect(await leaveOut(exception_id, (await heldOf(exception_id)).upTo ?? undefined)).toBeUndefined()
  const journal = () => the.sql`
    select high_water, last_seq from journal where company_id = ${the.shop.companyId}`
  expect(await journal()).toEqual([{ high_water: 1, last_seq: 1 }])
  const fifth = the.journal.sell()
  await the.push(fifth)
  expect(await only('sequence-gap')).toMatchObject({
    state: 'open',
    detail: { missing: 1, ranges: [{ from: 3, to: 3 }] },
  })
  expect(await journal()).toEqual([{ high_water: 2, last_seq: 5 }])
  await sound()
  await the.push(third)
  expect(await journal()).toEqual([{ high_water: 5, last_seq: 5 }])
  await sound()
})

test('an exception of another company is not there', async () => {
  const { exception_id } = await (async () => {
    await the.push({ hash: '0'.repeat(64), raw: '{}' })
    return only('unreadable')
  })()
  const stranger = { ...mayResolve(), companyId: '01900000-0000-7000-8000-000000000000' }
  expect(await replayHeld(ports(), stranger, exception_id)).toMatchObject({ refused: { code: 'not-found' } })
})

test('what a revoked till sends counts for nothing until head office accepts it, and then once', async () => {
  const [before, after, later] = [the.journal.sell(), the.journal.sell(), the.journal.sell()]
  await the.push(before)
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const from = await the.again()
  const answer = await the.answerTo([before, after], { from })
  expect(answer.outcomes).toMatchObject([
    { id: before.id, outcome: 'duplicate' },
    { id: after.id, outcome: 'quarantined', exceptions: ['revoked-till'] },
  ])
  expect(answer.highWater).toBe(1)
  await the.answerTo([after, later], { from })
  expect(await only('revoked-till')).toMatchObject({ state: 'open', subject: the.till.till_id })
  expect(await held((await only('revoked-till')).exception_id)).toHaveLength(2)
  expect(await sales()).toBe(1)
  await sound()

  const { exception_id } = await only('revoked-till')
  expect(await replay(exception_id)).toMatchObject({ applied: 2, held: 0 })
  expect(await only('revoked-till')).toMatchObject({ state: 'resolved', resolved_by: 'Mei' })
  expect(await sales()).toBe(3)
  expect((await the.answerTo([after, later], { from })).outcomes).toMatchObject([
    { outcome: 'duplicate' },
    { outcome: 'duplicate' },
  ])
  expect(await the.exceptions()).toMatchObject([{ state: 'resolved' }])
  await sound()
})

test('what head office leaves out stays out, also when sent again, until it is accepted after all', async () => {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const from = await the.again()
  const sale = the.journal.sell()
  await the.answerTo([sale], { from })
  await the.sql`update exception set state = 'resolved', note = 'Not ours' where company_id = ${the.shop.companyId}`
  expect((await the.answerTo([sale], { from })).outcomes).toMatchObject([{ outcome: 'quarantined' }])
  expect(await the.exceptions()).toMatchObject([{ state: 'resolved' }])
  expect(await the.held()).toMatchObject([{ state: 'held', type: 'revoked-till' }])
  expect(await sales()).toBe(0)

  const { exception_id } = await only('revoked-till')
  expect(await replay(exception_id)).toMatchObject({ applied: 1 })
  expect(await sales()).toBe(1)
  expect(await only('revoked-till')).toMatchObject({
    state: 'resolved',
    note: 'Not ours\nMei: 1 accepted after all.',
  })
})

test('a revoked till that writes what cannot be read is kept byte for byte as well', async () => {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  const body = Buffer.from(`${JSON.stringify(header())}\nhello?`)
  expect((await the.send(body, the.sql, await the.again())).outcomes).toMatchObject([
    { hash: null, id: null, outcome: 'quarantined' },
  ])
  const { exception_id } = await only('revoked-till')
  expect(await replay(exception_id)).toMatchObject({
    held: 1,
    reason: 'The line does not begin with a hash.',
  })
  expect(await only('revoked-till')).toMatchObject({ state: 'open' })
  expect((await the.held()).map(({ line }) => line.toString())).toEqual(['hello?'])
})
