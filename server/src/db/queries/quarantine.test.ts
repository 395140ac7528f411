import { expect, test } from 'vitest'
import { usePushingTill } from '../../../test/pushing-till.ts'
import { revokeTill } from './enrolment.ts'
import { heldLines, markReread } from './quarantine.ts'

const the = usePushingTill()

test('a list of held lines goes on after its last one, whatever became of those before it', async () => {
  const { sql, shop, till } = the
  await revokeTill(sql, { companyId: shop.companyId, tillId: till.till_id })
  await the.answerTo(
    Array.from({ length: 7 }, () => the.journal.sell()),
    { from: await the.again() },
  )
  // Some came in the same microsecond.
  await sql`
    update quarantine q set received_at = now() + (n / 3) * interval '1 second'
    from (select quarantine_id, row_number() over () as n from quarantine) as numbered
    where numbered.quarantine_id = q.quarantine_id`
  const [exception] = await the.exceptions('revoked-till')
  const of = { exceptionId: exception?.exception_id ?? '' }
  const all = (await heldLines(sql, shop.companyId, of, { limit: 10 })).map((row) => row.quarantineId)
  expect(all).toHaveLength(7)

  const seen: string[] = []
  for (;;) {
    const rows = await heldLines(sql, shop.companyId, of, { after: seen.at(-1), limit: 2 })
    if (rows.length === 0) break
    const [first] = rows.map((row) => row.quarantineId)
    seen.push(...rows.map((row) => row.quarantineId))
    const taken = { quarantineId: first ?? '', reason: null, fields: [] }
    await markReread(sql, shop.companyId, [taken], the.clock.now)
  }
  expect(seen).toEqual(all)
})
