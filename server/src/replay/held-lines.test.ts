import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import type { Sql } from '../db/connect.ts'
import { revokeTill } from '../db/queries/enrolment.ts'
import { holdLines } from '../db/queries/quarantine.ts'
import { replayHeld } from '../office/held-entries.ts'
import { isRefused } from '../office/refused.ts'

const the = usePushingTill()

async function accept(exceptionId: string) {
  const granted = grantToOwner(the.shop.companyId, 'exception.resolve')
  const report = await replayHeld({ ...the.ports, sql: the.sql }, granted, exceptionId)
  if (isRefused(report)) throw new Error(report.refused.message)
  return report
}

async function revoked() {
  await revokeTill(the.sql, { companyId: the.shop.companyId, tillId: the.till.till_id })
  return the.again()
}

const onlyOpen = async (type: string) => {
  const [found, ...others] = (await the.exceptions(type)).filter(({ state }) => state === 'open')
  if (found === undefined || others.length > 0) throw new Error(`not one open ${type}`)
  return found
}

const sales = async () =>
  (
    await the.sql<{ count: number }[]>`
    select count(*) from sale where company_id = ${the.shop.companyId}`
  )[0]?.count

/** Held lines that no open exception leads to. */
const unseen = () => the.sql`
  select q.quarantine_id from quarantine q
  where q.company_id = ${the.shop.companyId} and q.state = 'held' and not exists (
    select from exception e
    where e.company_id = q.company_id and e.exception_id = q.exception_id and e.state = 'open')`

test('a line that is taken into quarantine while head office accepts the others stays in sight', async () => {
  const from = await revoked()
  const [seen, later] = [the.journal.sell(), the.journal.sell()]
  await the.answerTo([seen], { from })
  const { exception_id } = await onlyOpen('revoked-till')
  let accepted: Promise<unknown> = Promise.resolve()
  await the.sql.begin(async (tx) => {
    const { till_id: tillId, outlet_id: outletId, company_id: companyId } = from
    const line = Buffer.from(`${later.hash} ${later.raw}`)
    const why = { type: 'revoked-till' as const, reason: 'Revoked.', fields: [], entryId: null }
    await holdLines(tx as unknown as Sql, { companyId, tillId, outletId }, [{ line, ...why }])
    accepted = accept(exception_id)
    await waitingFor(1)
  })
  await accepted
  expect(await unseen()).toEqual([])
  expect(await accept((await onlyOpen('revoked-till')).exception_id)).toMatchObject({ applied: 1, held: 0 })
  expect(await sales()).toBe(2)
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

/** Resolves once so many statements wait for another's lock. */
async function waitingFor(statements: number) {
  for (;;) {
    const rows = await the.sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (rows.length >= statements) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('what several people accept at once, while the till sends it again, counts once', async () => {
  const from = await revoked()
  const entries = Array.from({ length: 40 }, () => the.journal.sell())
  await the.answerTo(entries, { from })
  const { exception_id } = await onlyOpen('revoked-till')
  // Head office takes the till back: what it sends now is replayed as anybody's.
  await the.sql`update till set state = 'active' where company_id = ${the.shop.companyId}`
  const active = await the.again()
  const [first, second] = await Promise.all([
    accept(exception_id),
    accept(exception_id),
    the.answerTo(entries.slice(0, 25), { from: active }),
    the.answerTo(entries.toReversed(), { from: active }),
  ])
  expect(first.held + second.held).toBe(0)
  expect(await sales()).toBe(40)
  expect((await the.held()).every(({ state }) => state === 'replayed')).toBe(true)
  expect(await the.exceptions('revoked-till')).toMatchObject([{ state: 'resolved' }])
  expect((await the.exceptions()).filter(({ state }) => state === 'open')).toEqual([])
  expect(the.retried).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('what was held of one company counts for that one alone, and another cannot ask for it', async () => {
  const from = await revoked()
  await the.answerTo([the.journal.sell()], { from })
  const { exception_id } = await onlyOpen('revoked-till')
  const elsewhere = grantToOwner('01900000-0000-7000-8000-000000000000', 'exception.resolve')
  expect(await replayHeld({ ...the.ports, sql: the.sql }, elsewhere, exception_id)).toMatchObject({
    refused: { code: 'not-found' },
  })
  expect(await sales()).toBe(0)
  expect(await the.held()).toMatchObject([{ state: 'held' }])
})
