import { zEmailState } from '@evertill/shared/protocol/office/emails'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let cookie: string
beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())

const state = async () =>
  zEmailState.parse(await (await office.call('/api/office/emails', { cookie })).json())

test('head office sees how many receipts wait, whether there is a mail server, and sends one again once', async () => {
  const { sql } = office.database
  expect(await state()).toEqual({ mailServer: false, waiting: 0, oldestWaitingAt: null })
  const emailId = uuidV7()
  const [till] = await sql<{ company_id: string; till_id: string; outlet_id: string }[]>`
    select company_id, till_id, outlet_id from till limit 1`
  if (till === undefined) throw new Error('the demo has no till')
  const { company_id: companyId, till_id: tillId, outlet_id: outletId } = till
  await sql`
    insert into receipt_email (company_id, email_id, till_id, outlet_id, paper_id, address, language, copy, state,
                               tries, queued_at, next_try_at)
    values (${companyId}, ${emailId}, ${tillId}, ${outletId}, ${uuidV7()}, 'mei@example.com', 'en', false,
            'given-up', 14, ${NOW}, ${NOW})`
  const [raised] = await sql<{ exceptionId: string }[]>`
    insert into exception (company_id, type, subject, till_id, entry_id, detail)
    values (${companyId}, 'email-not-sent', ${emailId}, ${tillId}, ${emailId}, '{"to": "m…@example.com"}')
    returning exception_id as "exceptionId"`
  const sendAgain = () =>
    office.call(`/api/office/emails/${raised?.exceptionId}/send-again`, { method: 'POST', cookie })

  const listed = await (await office.call('/api/office/exceptions?state=open', { cookie })).text()
  expect(listed).toContain('m…@example.com')
  expect(listed).not.toContain('mei@example.com')
  expect((await sendAgain()).status).toBe(204)
  expect(await state()).toEqual({ mailServer: false, waiting: 1, oldestWaitingAt: NOW.toISOString() })
  expect(await sql`select state, tries, past_limit from receipt_email`).toEqual([
    { state: 'waiting', tries: 0, past_limit: true },
  ])
  expect(await sql`select detail from audit_log where action = 'email.sent-again'`).toEqual([
    { detail: { exceptionId: raised?.exceptionId, emailId } },
  ])
  expect((await sendAgain()).status).toBe(409)
})
