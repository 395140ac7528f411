import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { type ReplayReport, zHeldEntries } from '@evertill/shared/protocol/office/exceptions'
import { pushText } from '@evertill/shared/protocol/push'
import { cartOf, cash, refundOf, saleOf } from '@evertill/shared/testing/builders'
import { afterEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { header } from '../../test/shop.ts'
import { revokeTill } from '../db/queries/enrolment.ts'
import { heldEntries, replayAllHeld, replayHeld } from './held-entries.ts'
import { isRefused } from './refused.ts'

const the = usePushingTill()
const mayResolve = () => grantToOwner(the.shop.companyId, 'exception.resolve')
const mayView = () => grantToOwner(the.shop.companyId, 'report.view')

const ports = () => ({ ...the.ports, sql: the.sql })

async function replay(exceptionId: string, past?: number): Promise<ReplayReport> {
  const report = await replayHeld(ports(), mayResolve(), exceptionId, past)
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
  expect(await replay(exception_id)).toEqual({ applied: 1, duplicate: 0, held: 0, reason: null, left: 0 })
  expect(await only('unreadable')).toMatchObject({ state: 'resolved', resolved_by: 'Mei' })
  expect(await only('sequence-gap')).toMatchObject({ state: 'resolved', resolved_by: 'evertill' })
  expect(await the.held()).toMatchObject([{ state: 'replayed' }])
  expect(await sales()).toBe(3)
  await sound()

  expect(await replay(exception_id)).toEqual({ applied: 0, duplicate: 0, held: 0, reason: null, left: 0 })
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
    left: 0,
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
  const one = await replay(exception_id, 0)
  expect([one.applied + one.held, one.left]).toEqual([500, 300])
  expect(await only('revoked-till')).toMatchObject({ state: 'open' })
  const two = await replay(exception_id, one.held)
  expect([two.applied + two.held, two.left]).toEqual([300, 0])
  expect(one.applied + two.applied).toBe(799)
  expect(await only('revoked-till')).toMatchObject({ state: 'open' })
  expect(await sales()).toBe(799)
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
