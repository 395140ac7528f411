import type { EmailState } from '@evertill/shared/protocol/office/emails'
import type { Sql } from '../db/connect.ts'
import { resolveOpenException } from '../db/queries/office-exceptions.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { countWaitingEmail, tryEmailAgain } from '../db/queries/receipt-email.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

export async function emailState(
  sql: Sql,
  granted: Granted<'report.view'>,
  mailServer: boolean,
): Promise<EmailState> {
  const { waiting, oldestWaitingAt } = await countWaitingEmail(sql, granted)
  return { mailServer, waiting, oldestWaitingAt: oldestWaitingAt?.toISOString() ?? null }
}

/** Sends a receipt once more that was given up, and closes its exception; should it fail again, there is another. */
export async function sendEmailAgain(
  write: OfficeWrite,
  granted: Granted<'exception.resolve'>,
  exceptionId: string,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const now = write.now()
    const emailId = await tryEmailAgain(tx, granted, exceptionId, now)
    if (emailId === undefined)
      return { answer: refused('conflict', 'There is no receipt to be sent again for this exception.') }
    await resolveOpenException(tx, granted, exceptionId, { note: 'Sent again.', now })
    return { answer: undefined, changed: { action: 'email.sent-again', detail: { exceptionId, emailId } } }
  })
}
