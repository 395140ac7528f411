import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { type Journal, journalOf, oneMilo } from '../../test/shop.ts'
import type { Sql } from '../db/connect.ts'
import { replay } from '../db/queries/replay.ts'
import { readLine } from './read-line.ts'
import { toBatch } from './to-batch.ts'

const the = usePushingTill()

const at = async (code: string) => {
  const from = await the.another(code)
  return { from, written: journalOf(the.shop, from.till_id, { now: () => the.clock.now.getTime() }) }
}
const register = (written: Journal, customerId: string, code: string) =>
  written.write('customer-registered', { customerId, code, name: 'Goh' })
const sellTo = (written: Journal, customerId: string) =>
  written.sell({
    ...oneMilo(the.shop),
    customer: { customerId, name: 'Goh', multiplierPpm: 1_000_000 as never },
  })
const unknown = () => the.exceptions('unknown-customer')

/** Replays entries in a transaction of its own that waits until it is told to commit. */
async function underWay(sql: Sql, from: Awaited<ReturnType<typeof at>>['from'], ...entries: SealedEntry[]) {
  let commit = () => {}
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve
  })
  const lines = entries.map(({ hash, raw }) => {
    const line = readLine(Buffer.from(`${hash} ${raw}`), from)
    if (!line.readable) throw new Error(line.reason)
    return line
  })
  let replayed = () => {}
  const isReplayed = new Promise<void>((resolve) => {
    replayed = resolve
  })
  const done = sql.begin(async (tx) => {
    await replay(tx as unknown as Sql, the.shop.companyId, toBatch(lines), the.clock.now)
    replayed()
    await mayCommit
  })
  await Promise.race([isReplayed, done])
  return async () => {
    commit()
    await done
  }
}

test('a customer and a sale to them that cross leave nothing open: what comes next closes it', async () => {
  const [one, two] = [await at('R1'), await at('R2')]
  const customerId = uuidV7()
  const commitRegistration = await underWay(the.sql, one.from, register(one.written, customerId, 'N1'))
  await the.answerTo([sellTo(two.written, customerId)], { from: two.from })
  await commitRegistration()
  expect(await unknown()).toMatchObject([{ state: 'open' }])
  await the.push(the.journal.sell())
  expect(await unknown()).toMatchObject([{ state: 'resolved', resolved_by: 'evertill' }])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a sale to a customer who was deleted stays told, whatever comes next', async () => {
  await the.sql`update customer set deleted_at = ${new Date(0)} where company_id = ${the.shop.companyId}`
  await the.push(sellTo(the.journal, the.shop.customerId))
  await the.push(the.journal.sell(), register(the.journal, uuidV7(), 'N1'))
  expect(await unknown()).toMatchObject([{ state: 'open', subject: the.shop.customerId }])
})

test('tills that each register the customer the other has sold to do not wait for each other for ever', async () => {
  const tills = await Promise.all(Array.from({ length: 4 }, (_, i) => at(`W${i}`)))
  for (let round = 0; round < 15; round++) {
    const ids = tills.map(() => uuidV7()).sort()
    await the.push(...ids.map((id) => sellTo(the.journal, id)))
    await Promise.all(
      tills.map(({ from, written }, i) =>
        the.answerTo(
          [
            register(written, ids[i] ?? '', `C${round}-${i}`),
            ...ids.filter((_, k) => k !== i).map((id) => sellTo(written, id)),
          ],
          { from },
        ),
      ),
    )
  }
  expect(the.retried).toEqual([])
  await the.push(the.journal.sell())
  expect((await unknown()).filter(({ state }) => state === 'open')).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})
