import { createTransport } from 'nodemailer'
import type { ReceiptMail } from './receipt-mail.ts'

/** How long a mail server may take over each step; all of them together end before somebody else takes the mail. */
const ANSWER_MS = 20_000
const WHOLE_MS = 90_000

export interface SmtpClient {
  readonly send: (mail: ReceiptMail) => Promise<unknown>
  readonly close: () => void
}

/** @param url `smtps://user:password@host:465`, or `smtp://…:587` for STARTTLS */
export function connectSmtp(url: string): SmtpClient {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const host = hostname.replace(/^\[|\]$/g, '')
  const transport = createTransport({
    host,
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    // A password never goes over a line that anyone can read.
    requireTLS: !secure && username !== '' && host !== 'localhost' && host !== '127.0.0.1' && host !== '::1',
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    dnsTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: (mail) =>
      transport.sendMail({ ...mail, headers: { ...mail.headers }, signal: AbortSignal.timeout(WHOLE_MS) }),
    close: () => transport.close(),
  }
}
