import { MAX_EMAILS_PER_RECEIPT, maskedEmail } from '@evertill/shared/domain/email'
import type { Logger } from 'pino'
import type { Sql } from '../db/connect.ts'
import {
  type ClaimedEmail,
  claimEmail,
  companiesWithDueEmail,
  findStoredPaper,
  giveUpEmail,
  markEmailSent,
  putOffEmail,
} from '../db/queries/receipt-email.ts'
import { retrying } from '../db/retrying.ts'
import { mailTrouble } from './mail-trouble.ts'
import { type ReceiptMail, receiptMail } from './receipt-mail.ts'

/*
 * A receipt is written to receipt_email with the entry that asked for it, in the transaction of replay(), and leaves
 * from there at least once:
 *
 *   waiting ──taken by the mail server──▶ sent
 *      ▲ └──refused for good, tried too often or too long, one too many──▶ given up, told to head office
 *      └── head office lets it go once more
 *
 * A try is counted, and the mail put off, before it is made: a server that dies over a mail does not come back to it
 * at once. One that dies after the mail server has taken it sends it again, under the same Message-ID.
 */

export interface MailPorts {
  readonly sql: Sql
  readonly send: (mail: ReceiptMail) => Promise<unknown>
  /** The address that mails come from. */
  readonly from: string
  readonly now: () => Date
  readonly log: Logger
  readonly random?: () => number
  /** Aborted when no other mail is to be begun. */
  readonly signal?: AbortSignal
}

const MINUTE_MS = 60_000
/** Longer than a mail server may think: see smtp.ts. */
const LEASE_MS = 5 * MINUTE_MS
/** About a day and a half: after 1, 2, 4 … minutes, then every six hours, each shorter by some chance. */
export const MOST_TRIES = 16
const LONGEST_WAIT_MS = 360 * MINUTE_MS
/** A mail server that is away says nothing of a mail. Other mail servers wait as long: RFC 5321, 4.5.4.1. */
const LONGEST_OUTAGE_DAYS = 5
/** More in an hour is no till at a counter. What is over waits, and goes out by and by. */
export const MOST_PER_TILL_AND_HOUR = 60

export type MailRound = { sent: number; putOff: number; givenUp: number }
/** What became of one, and whether the mail server would take any. */
type Fate = { readonly of: keyof MailRound; readonly isServerAway?: true }

/** Sends what is due, one after the other. Ends early where the mail server cannot be reached. */
export async function sendDueEmail(ports: MailPorts): Promise<MailRound> {
  const { sql, now } = ports
  const round: MailRound = { sent: 0, putOff: 0, givenUp: 0 }
  for (const companyId of await retrying(() => companiesWithDueEmail(sql, now()))) {
    while (!ports.signal?.aborted) {
      const at = now()
      const due = {
        now: at,
        leaseUntil: new Date(at.getTime() + LEASE_MS),
        allowance: { since: new Date(at.getTime() - 60 * MINUTE_MS), most: MOST_PER_TILL_AND_HOUR },
      }
      const email = await retrying(() => claimEmail(sql, companyId, due))
      if (email === undefined) break
      const fate = await deliver(ports, email)
      round[fate.of]++
      if (fate.isServerAway) return round
    }
  }
  return round
}

async function deliver(ports: MailPorts, email: ClaimedEmail): Promise<Fate> {
  const { sql, now, log } = ports
  if (email.sent >= MAX_EMAILS_PER_RECEIPT && !email.pastLimit)
    return giveUp(ports, email, {
      error: 'TOO_MANY',
      reason: `This receipt was sent to ${MAX_EMAILS_PER_RECEIPT} addresses before.`,
    })
  const paper = await retrying(() => findStoredPaper(sql, email))
  if (paper === undefined)
    return putOffOrGiveUp(ports, email, {
      error: 'NO_RECEIPT',
      reason: 'The receipt has not arrived from its till.',
    })
  try {
    await ports.send(receiptMail(email, paper, ports.from))
  } catch (thrown) {
    const { of, error } = mailTrouble(thrown)
    // Never the error itself: a mail server's answer names the address.
    log.warn({ emailId: email.emailId, error, tries: email.tries }, 'a receipt was not sent')
    if (of === 'address' || of === 'content')
      return giveUp(ports, email, { error, reason: `The mail server refused the ${of} (${error}).` })
    if (of === 'server') return { ...(await waitForServer(ports, email, error)), isServerAway: true }
    const reason = `The mail server did not take it in ${MOST_TRIES} tries (${error}).`
    return putOffOrGiveUp(ports, email, { error, reason })
  }
  await retrying(() => markEmailSent(sql, email, now()))
  return { of: 'sent' }
}

interface NotSent {
  /** Codes alone. */
  readonly error: string
  /** The same for head office, in words. */
  readonly reason: string
}

const putOffOrGiveUp = (ports: MailPorts, email: ClaimedEmail, why: NotSent): Promise<Fate> =>
  email.tries >= MOST_TRIES ? giveUp(ports, email, why) : putOff(ports, email, why.error)

function waitForServer(ports: MailPorts, email: ClaimedEmail, error: string): Promise<Fate> {
  const waitedMs = ports.now().getTime() - email.queuedAt.getTime()
  // Tried as often as any other first: it may have waited for months until there was a mail server at all.
  const isOver = waitedMs >= LONGEST_OUTAGE_DAYS * 1440 * MINUTE_MS && email.tries >= MOST_TRIES
  if (!isOver) return putOff(ports, email, error)
  const reason = `The mail server took no mail in ${LONGEST_OUTAGE_DAYS} days (${error}).`
  return giveUp(ports, email, { error, reason })
}

/** To be tried again, later each time. */
async function putOff(
  { sql, now, random = Math.random }: MailPorts,
  email: ClaimedEmail,
  error: string,
): Promise<Fate> {
  const wait = Math.min(LONGEST_WAIT_MS, MINUTE_MS * 2 ** (email.tries - 1)) * (0.5 + random() / 2)
  const until = new Date(now().getTime() + wait)
  await retrying(() => putOffEmail(sql, email, { until, error }))
  return { of: 'putOff' }
}

async function giveUp(
  { sql, now }: MailPorts,
  email: ClaimedEmail,
  { error, reason }: NotSent,
): Promise<Fate> {
  const detail = { to: maskedEmail(email.address), reason }
  await retrying(() => giveUpEmail(sql, email, { error, detail, now: now() }))
  return { of: 'givenUp' }
}
