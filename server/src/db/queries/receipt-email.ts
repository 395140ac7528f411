import type { Buyer } from '@evertill/shared/domain/buyer'
import type { Language } from '@evertill/shared/domain/language'
import type { Sql, SqlOrTx, Tx } from '../connect.ts'
import type { Granted } from './office-granted.ts'

/** A receipt that somebody has taken to send. */
export interface ClaimedEmail {
  readonly companyId: string
  readonly emailId: string
  readonly tillId: string
  readonly paperId: string
  readonly address: string
  readonly language: Language
  readonly copy: boolean
  /** This one counted. */
  readonly tries: number
  /** When it was asked for, or head office let it go again. */
  readonly queuedAt: Date
  /** How many have gone out of the same receipt. */
  readonly sent: number
  readonly pastLimit: boolean
}

/** The one statement about e-mail that names no company: it asks which of them have something to send. */
export async function companiesWithDueEmail(sql: SqlOrTx, now: Date): Promise<string[]> {
  const rows = await sql<{ companyId: string }[]>`
    select distinct company_id as "companyId" from receipt_email
    where state = 'waiting' and next_try_at <= ${now}`
  return rows.map(({ companyId }) => companyId)
}

/** How much one till may send: so many since then. */
export interface TillAllowance {
  readonly since: Date
  readonly most: number
}

/**
 * Takes the next one that is due, and counts the try before it is made. Nobody else takes it until `leaseUntil`: a
 * transaction held open for as long as a mail server thinks would keep every till's feed waiting (see feed/pull.ts).
 * Materialized: as a joined subquery it may run again for every row, and take them all.
 */
export async function claimEmail(
  sql: SqlOrTx,
  companyId: string,
  { now, leaseUntil, allowance }: { now: Date; leaseUntil: Date; allowance: TillAllowance },
): Promise<ClaimedEmail | undefined> {
  const { since, most } = allowance
  const [claimed] = await sql<ClaimedEmail[]>`
    with resting as materialized (
      select t.till_id
      from (select distinct till_id from receipt_email
            where company_id = ${companyId} and state = 'waiting' and next_try_at <= ${now}) as t
      where (select count(*) from receipt_email s
             where s.company_id = ${companyId} and s.till_id = t.till_id and s.sent_at > ${since}) >= ${most}
    ), due as materialized (
      select d.email_id from receipt_email d
      where d.company_id = ${companyId} and d.state = 'waiting' and d.next_try_at <= ${now}
        and d.till_id <> all(array(select till_id from resting))
      order by d.next_try_at, d.email_id
      limit 1
      for update skip locked
    )
    update receipt_email m set tries = m.tries + 1, next_try_at = ${leaseUntil}
    from due
    where m.company_id = ${companyId} and m.email_id = due.email_id
    returning m.company_id as "companyId", m.email_id as "emailId", m.till_id as "tillId", m.paper_id as "paperId",
      m.address, m.language, m.copy, m.tries, m.queued_at as "queuedAt", m.past_limit as "pastLimit",
      (select count(*) from receipt_email e
       where e.company_id = ${companyId} and e.paper_id = m.paper_id and e.state = 'sent') as sent`
  return claimed
}

type EmailKey = Pick<ClaimedEmail, 'companyId' | 'emailId'>

/** The address is forgotten: only the journal has it from here on. */
export async function markEmailSent(
  sql: SqlOrTx,
  { companyId, emailId }: EmailKey,
  now: Date,
): Promise<void> {
  await sql`
    update receipt_email set state = 'sent', sent_at = ${now}, address = null, last_error = null
    where company_id = ${companyId} and email_id = ${emailId} and state <> 'sent'`
}

export async function putOffEmail(
  sql: SqlOrTx,
  { companyId, emailId }: EmailKey,
  { until, error }: { until: Date; error: string },
): Promise<void> {
  await sql`
    update receipt_email set next_try_at = ${until}, last_error = ${error}
    where company_id = ${companyId} and email_id = ${emailId} and state = 'waiting'`
}

/** Gives it up and tells head office, in one statement. */
export async function giveUpEmail(
  sql: SqlOrTx,
  { companyId, emailId }: EmailKey,
  { error, detail, now }: { error: string; detail: Readonly<Record<string, string | number>>; now: Date },
): Promise<void> {
  await sql`
    with gone as (
      update receipt_email set state = 'given-up', last_error = ${error}
      where company_id = ${companyId} and email_id = ${emailId} and state = 'waiting'
      returning company_id, email_id, till_id, outlet_id
    )
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail, raised_at)
    select g.company_id, 'email-not-sent', g.email_id::text, g.outlet_id, g.till_id, g.email_id,
           jsonb_build_object('receiptNo', e.raw::jsonb #>> '{body,receiptNo}')
             || ${JSON.stringify(detail)}::text::jsonb, ${now}
    from gone g
    left join entry e on e.company_id = ${companyId} and e.entry_id = g.email_id
    on conflict (company_id, type, subject) where state = 'open' do nothing`
}

/** What a till recorded, with the names that stand around it. */
export interface StoredPaper {
  /** The canonical text of the entry. */
  readonly raw: string
  readonly companyName: string
  readonly gstRegistrationNo: string | null
  readonly receiptHeader: string | null
  readonly receiptFooter: string | null
  readonly outletName: string
  readonly address: string | null
  readonly phone: string | null
  readonly timeZone: string
  readonly tillName: string
  readonly cashierName: string | null
  /** Whom it is made out to, where that was said after it was written. */
  readonly buyer: Buyer | null
  readonly paymentMethods: { readonly code: string; readonly name: string }[]
}

/** A sale, refund or void of that till. Another till's receipts are not for it to send. */
export async function findStoredPaper(
  sql: SqlOrTx,
  { companyId, paperId, tillId }: Pick<ClaimedEmail, 'companyId' | 'paperId' | 'tillId'>,
): Promise<StoredPaper | undefined> {
  const [paper] = await sql<StoredPaper[]>`
    select e.raw, c.name as "companyName", c.gst_registration_no as "gstRegistrationNo",
      c.receipt_header as "receiptHeader", c.receipt_footer as "receiptFooter",
      o.name as "outletName", o.address, o.phone, o.time_zone as "timeZone", t.name as "tillName", s.name as "cashierName",
      b.buyer,
      (select coalesce(jsonb_agg(jsonb_build_object('code', m.code, 'name', m.name)), '[]')
       from payment_method m where m.company_id = ${companyId}) as "paymentMethods"
    from entry e
    join company c on c.company_id = e.company_id
    join outlet o on o.company_id = e.company_id and o.outlet_id = e.outlet_id
    join till t on t.company_id = e.company_id and t.till_id = e.till_id
    left join staff s on s.company_id = e.company_id and s.staff_id = e.staff_id
    left join paper_buyer b on b.company_id = ${companyId} and b.paper_id = ${paperId} and b.till_id = ${tillId}
    where e.company_id = ${companyId} and e.entry_id = ${paperId} and e.till_id = ${tillId}
      and e.kind in ('sale', 'refund', 'void')`
  return paper
}

export interface EmailFigures {
  readonly waiting: number
  readonly oldestWaitingAt: Date | null
}

export async function countWaitingEmail(
  sql: Sql,
  { companyId }: Granted<'report.view'>,
): Promise<EmailFigures> {
  const [row] = await sql<EmailFigures[]>`
    select count(*) as waiting, min(queued_at) as "oldestWaitingAt" from receipt_email
    where company_id = ${companyId} and state = 'waiting'`
  return row ?? { waiting: 0, oldestWaitingAt: null }
}

/** Lets one that was given up go once more, and past the limit: a person has looked at it. @returns its id */
export async function tryEmailAgain(
  tx: Tx,
  { companyId }: Granted<'exception.resolve'>,
  exceptionId: string,
  now: Date,
): Promise<string | undefined> {
  const [row] = await tx<{ emailId: string }[]>`
    update receipt_email m
    set state = 'waiting', tries = 0, queued_at = ${now}, next_try_at = ${now}, past_limit = true
    from exception x
    where x.company_id = ${companyId} and x.exception_id = ${exceptionId} and x.type = 'email-not-sent'
      and x.state = 'open' and m.company_id = ${companyId} and m.email_id = x.subject::uuid
      and m.state = 'given-up'
    returning m.email_id as "emailId"`
  return row?.emailId
}
