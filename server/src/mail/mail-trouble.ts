/** What a transport throws, as far as it is looked at. Its message is not: it may name the address. */
interface MailError {
  readonly code?: unknown
  readonly responseCode?: unknown
  readonly command?: unknown
}

export interface MailTrouble {
  /**
   * `address`, `content`: the mail server refuses that for good. `mail`: it did not take this one now. `server`: it
   * cannot be reached or does not let us in, so that others need not be tried now either.
   */
  readonly of: 'address' | 'content' | 'mail' | 'server'
  /** For logs and the ledger: codes alone, such as `EENVELOPE 550`. */
  readonly error: string
}

/** Codes that are about one mail; any other is about the way to the server, or a defect of ours. */
const ABOUT_ONE: ReadonlySet<unknown> = new Set(['EENVELOPE', 'EMESSAGE'])
/** Commands that name or carry the mail: what is refused at others is refused for all. */
const OF_THIS_MAIL: ReadonlySet<unknown> = new Set(['RCPT TO', 'DATA'])

export function mailTrouble(thrown: unknown): MailTrouble {
  const { code, responseCode, command } = (thrown ?? {}) as MailError
  const error = [code, responseCode]
    .filter((part) => typeof part === 'number' || (typeof part === 'string' && /^[A-Z_]{2,40}$/.test(part)))
    .join(' ')
  // Nothing that a transport throws: this receipt cannot be laid out.
  if (typeof code !== 'string') return { of: 'mail', error: 'UNKNOWN' }
  if (!ABOUT_ONE.has(code) || !OF_THIS_MAIL.has(command)) return { of: 'server', error }
  // RFC 5321, 4.2.1: 5yz is for good, 4yz for now.
  const forGood = typeof responseCode === 'number' && responseCode >= 500
  if (!forGood) return { of: 'mail', error }
  return { of: command === 'RCPT TO' ? 'address' : 'content', error }
}
