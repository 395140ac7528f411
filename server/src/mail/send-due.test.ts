import { MAX_EMAILS_PER_RECEIPT } from '@evertill/shared/domain/email'
import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import type { ReceiptEmailedBody } from '@evertill/shared/protocol/receipt-email'
import { pino } from 'pino'
import { v7 as uuidV7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { openMailServer, type TestMailServer } from '../../test/mail-server.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { journalOf } from '../../test/shop.ts'
import { grant } from '../office/grant.ts'
import { sendEmailAgain } from '../office/receipt-emails.ts'
import type { ReceiptMail } from './receipt-mail.ts'
import { type MailPorts, MOST_PER_TILL_AND_HOUR, MOST_TRIES, sendDueEmail } from './send-due.ts'
import { connectSmtp, type SmtpClient } from './smtp.ts'

const MEI = 'mei.ling@example.com'
const HOUR_MS = 3_600_000
const the = usePushingTill()
let mailServer: TestMailServer
let smtp: SmtpClient
let written: ReceiptMail[]
let logged: string[]
let ports: MailPorts

beforeEach(async () => {
  mailServer = await openMailServer()
  smtp = connectSmtp(mailServer.url)
  written = []
  logged = []
  ports = {
    sql: the.sql,
    send: (mail) => {
      written.push(mail)
      return smtp.send(mail)
    },
    from: 'receipts@kopi.example',
    now: () => the.clock.now,
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
    random: () => 1,
  }
})
afterEach(async () => {
  // Whatever company it is of, a sender sends what is due.
  await the.sql`delete from receipt_email`
  smtp.close()
  await mailServer.close()
})

const receiptNo = 'BED-T1-000001'
const wanted = (paperId: string, rest: Partial<ReceiptEmailedBody> = {}): ReceiptEmailedBody => ({
  paperId,
  receiptNo,
  to: MEI,
  language: 'en',
  copy: false,
  ...rest,
})
const email = (paper: SealedEntry, rest: Partial<ReceiptEmailedBody> = {}) =>
  the.journal.write('receipt-emailed', wanted(paper.id, rest))
const rows = () => the.sql`
  select email_id, state, address, tries, last_error from receipt_email
  where company_id = ${the.shop.companyId} order by email_id`
const later = (ms: number) => {
  the.clock.now = new Date(the.clock.now.getTime() + ms)
}
const audited = () => ledgerDifferences(the.sql, the.shop.companyId)

test('a receipt is sent once, says what the paper says, and its address is forgotten and never logged', async () => {
  const sold = the.journal.sell()
  const asked = email(sold)
  expect(await the.push(sold, asked)).toMatchObject([{ outcome: 'applied' }, { outcome: 'applied' }])
  expect(await the.push(sold, asked)).toMatchObject([{ outcome: 'duplicate' }, { outcome: 'duplicate' }])
  expect(await rows()).toMatchObject([{ email_id: asked.id, state: 'waiting', address: MEI }])
  expect(await audited()).toEqual([])

  expect(await sendDueEmail(ports)).toEqual({ sent: 1, putOff: 0, givenUp: 0 })
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 0 })
  const [mail, ...others] = mailServer.delivered
  expect(others).toEqual([])
  expect(mail?.to).toEqual([MEI])
  expect(mail?.source).toContain(`Message-ID: <${asked.id}@kopi.example>`)
  expect(mail?.source).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(mail?.source).toMatch(/^Subject: Receipt BED-T1-000001, /m)
  for (const said of [receiptNo, 'Total', 'Change']) {
    expect(written[0]?.text).toContain(said)
    expect(written[0]?.html).toContain(said)
  }
  expect(await rows()).toMatchObject([{ state: 'sent', address: null, tries: 1 }])
  expect(logged.join('')).not.toContain(MEI)
  expect(await audited()).toEqual([])
})

test('a receipt waits while the mail server cannot be reached, and tills go on', async () => {
  const sold = the.journal.sell()
  await the.push(sold, email(sold))
  await mailServer.close()
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 1, givenUp: 0 })
  expect(await the.push(the.journal.sell())).toMatchObject([{ outcome: 'applied' }])
  // Not before a minute has passed.
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 0 })
  later(60_000)
  const back = await openMailServer()
  const restored = connectSmtp(back.url)
  expect(await sendDueEmail({ ...ports, send: restored.send })).toEqual({ sent: 1, putOff: 0, givenUp: 0 })
  expect(back.delivered).toHaveLength(1)
  restored.close()
  await back.close()
})

test('a receipt that nobody takes is given up after a day and a half, and head office is told', async () => {
  const sold = the.journal.sell()
  await the.push(sold, email(sold))
  mailServer.refuse = () => 451
  const begun = the.clock.now.getTime()
  for (let tried = 1; tried < MOST_TRIES; tried++) {
    expect(await sendDueEmail({ ...ports, random: () => 0.5 })).toEqual({ sent: 0, putOff: 1, givenUp: 0 })
    const [row] = await the.sql<{ next_try_at: Date }[]>`select next_try_at from receipt_email`
    if (row !== undefined) the.clock.now = row.next_try_at
  }
  const hours = (the.clock.now.getTime() - begun) / HOUR_MS
  expect(hours).toBeGreaterThan(30)
  expect(hours).toBeLessThan(42)
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 1 })
  expect(await the.exceptions('email-not-sent')).toMatchObject([
    { state: 'open', detail: { receiptNo, to: 'm…@example.com', reason: expect.stringContaining('451') } },
  ])
})

test('a mail server that is away is waited for, for days and however often it was tried', async () => {
  const sold = the.journal.sell()
  await the.push(sold, email(sold))
  await mailServer.close()
  await the.sql`update receipt_email set tries = ${MOST_TRIES}`
  for (let day = 0; day < 5; day++) {
    expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 1, givenUp: 0 })
    later(24 * HOUR_MS)
  }
  await the.sql`update receipt_email set tries = 0, next_try_at = ${the.clock.now}`
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 1, givenUp: 0 })
  await the.sql`update receipt_email set tries = ${MOST_TRIES}, next_try_at = ${the.clock.now}`
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 1 })
  expect(await the.exceptions('email-not-sent')).toMatchObject([
    { detail: { reason: expect.stringMatching(/^The mail server took no mail in 5 days \(/) } },
  ])
})

test('an address that is refused is given up at once; head office sees it in part and sends again', async () => {
  const sold = the.journal.sell()
  const asked = email(sold)
  await the.push(sold, asked)
  mailServer.refuse = () => 550
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 1 })
  const [raised] = await the.exceptions('email-not-sent')
  expect(raised).toMatchObject({ subject: asked.id, entry_id: asked.id, till_id: the.till.till_id })
  expect(JSON.stringify(raised)).not.toContain(MEI)
  expect(logged.join('')).toContain('EENVELOPE 550')
  expect(logged.join('')).not.toContain('mei.ling')

  mailServer.refuse = undefined
  const { companyId } = the.shop
  const person = {
    companyId,
    userId: 'u',
    name: 'Priya',
    email: 'p@x.example',
    companyName: '',
    currency: 'SGD',
    firstPassword: false,
  }
  const granted = grant({ ...person, permissions: ['exception.resolve'] }, 'exception.resolve')
  if (granted === undefined || raised === undefined) throw new Error('not granted')
  const write = { sql: the.sql, now: () => the.clock.now }
  expect(await sendEmailAgain(write, granted, raised.exception_id)).toBeUndefined()
  expect(await sendEmailAgain(write, granted, raised.exception_id)).toMatchObject({
    refused: { code: 'conflict' },
  })
  expect(await sendDueEmail(ports)).toEqual({ sent: 1, putOff: 0, givenUp: 0 })
  expect(await the.exceptions('email-not-sent')).toMatchObject([{ state: 'resolved', note: 'Sent again.' }])
})

test('one receipt goes to a few addresses and no more', async () => {
  const sold = the.journal.sell()
  const all = Array.from({ length: MAX_EMAILS_PER_RECEIPT + 2 }, (_, i) =>
    email(sold, { to: `m${i}@example.com` }),
  )
  await the.push(sold, ...all)
  expect(await sendDueEmail(ports)).toEqual({ sent: MAX_EMAILS_PER_RECEIPT, putOff: 0, givenUp: 2 })
  expect((await the.exceptions('email-not-sent')).map(({ subject }) => subject).sort()).toEqual(
    all.slice(MAX_EMAILS_PER_RECEIPT).map(({ id }) => id),
  )
})

test('of a receipt those addresses count that it went to: no order of ids and no wrong address changes that', async () => {
  const sold = the.journal.sell()
  const [one, two, ...others] = Array.from({ length: MAX_EMAILS_PER_RECEIPT + 2 }, (_, i) =>
    email(sold, { to: `m${i}@example.com` }),
  )
  const [wrong] = others
  if (one === undefined || two === undefined || wrong === undefined) throw new Error('nothing asked for')
  mailServer.refuse = (address) => (address === 'm2@example.com' ? 550 : undefined)
  await the.push(sold, ...others)
  expect(await sendDueEmail(ports)).toEqual({ sent: MAX_EMAILS_PER_RECEIPT - 1, putOff: 0, givenUp: 1 })
  await the.push(two)
  expect(await sendDueEmail(ports)).toEqual({ sent: 1, putOff: 0, givenUp: 0 })
  await the.push(one)
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 1 })
  expect(new Set((await the.exceptions('email-not-sent')).map(({ subject }) => subject))).toEqual(
    new Set([wrong.id, one.id]),
  )
})

test('head office is told that it was the mail, and not its address, that was refused', async () => {
  const sold = the.journal.sell()
  await the.push(sold, email(sold))
  const refusal = { code: 'EMESSAGE', command: 'DATA', responseCode: 554 }
  const send = () => Promise.reject(Object.assign(new Error(`<${MEI}> not like this`), refusal))
  expect(await sendDueEmail({ ...ports, send })).toEqual({ sent: 0, putOff: 0, givenUp: 1 })
  expect(await the.exceptions('email-not-sent')).toMatchObject([
    { detail: { reason: 'The mail server refused the content (EMESSAGE 554).' } },
  ])
})

test('a till that wants to send very many waits, and another till does not wait for it', async () => {
  const sales = Array.from({ length: MOST_PER_TILL_AND_HOUR + 1 }, () => the.journal.sell())
  await the.push(...sales, ...sales.map((sale) => email(sale)))
  const other = await the.another('T2')
  const theirs = journalOf(the.shop, other.till_id, { now: () => the.clock.now.getTime() })
  const sold = theirs.sell()
  await the.answerTo([sold, theirs.write('receipt-emailed', wanted(sold.id))], { from: other })
  const send = async () => {}
  expect((await sendDueEmail({ ...ports, send })).sent).toBe(MOST_PER_TILL_AND_HOUR + 1)
  later(HOUR_MS)
  expect((await sendDueEmail({ ...ports, send })).sent).toBe(1)
})

test('a till sends its own receipts alone, and one that has not arrived waits for it', async () => {
  const other = await the.another('T2')
  const theirs = journalOf(the.shop, other.till_id, { now: () => the.clock.now.getTime() }).sell()
  await the.answerTo([theirs], { from: other })
  const [absent, foreign] = [the.journal.sell(), email(theirs)]
  await the.push(foreign, email(absent))
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 2, givenUp: 0 })
  await the.push(absent)
  later(60_000)
  expect(await sendDueEmail(ports)).toEqual({ sent: 1, putOff: 1, givenUp: 0 })
  expect(await rows()).toMatchObject([{ last_error: 'NO_RECEIPT' }, { state: 'sent' }])
})

test('two senders at once send each receipt once', async () => {
  const sales = Array.from({ length: 12 }, () => the.journal.sell())
  await the.push(...sales, ...sales.map((sale) => email(sale)))
  const rounds = await Promise.all([sendDueEmail(ports), sendDueEmail(ports), sendDueEmail(ports)])
  expect(rounds.reduce((sum, { sent }) => sum + sent, 0)).toBe(12)
  expect(mailServer.delivered).toHaveLength(12)
})

test('a sender that dies after the mail server has taken it sends it again under the same Message-ID', async () => {
  const sold = the.journal.sell()
  await the.push(sold, email(sold))
  const dies = async (mail: ReceiptMail) => {
    await smtp.send(mail)
    await new Promise(() => {})
  }
  void sendDueEmail({ ...ports, send: dies })
  await expect.poll(() => mailServer.delivered.length).toBe(1)
  expect(await sendDueEmail(ports)).toEqual({ sent: 0, putOff: 0, givenUp: 0 })
  later(6 * 60_000)
  expect(await sendDueEmail(ports)).toEqual({ sent: 1, putOff: 0, givenUp: 0 })
  const ids = mailServer.delivered.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)?.[1])
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('an address is kept for a customer who wants it, the newest whatever comes first', async () => {
  const keepFor = the.shop.customerId
  const sold = the.journal.sell()
  const [first, second] = ['first@example.com', 'second@example.com'].map((to) =>
    email(sold, { to, keepFor }),
  )
  if (first === undefined || second === undefined) throw new Error('nothing asked for')
  await the.push(sold, email(sold), second)
  await the.push(first)
  const [row] = await the.sql`select email from customer where customer_id = ${keepFor}`
  expect(row).toEqual({ email: 'second@example.com' })
  // Nobody that is known: the receipt is sent all the same.
  await the.push(email(sold, { keepFor: uuidV7() }))
  expect((await sendDueEmail(ports)).sent).toBe(4)
  expect(await audited()).toEqual([])
})

test.each([
  ['a list', 'mei@example.com, all@example.com'],
  ['a header', 'mei@example.com\r\nBcc: all@example.com'],
  ['a name', 'Mei <mei@example.com>'],
  ['no address', 'mei'],
])('%s is no address: the entry is kept aside and nothing is sent', async (_, to) => {
  const sold = the.journal.sell()
  expect(await the.push(sold, email(sold, { to }))).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'quarantined' },
  ])
  expect(await rows()).toEqual([])
})
