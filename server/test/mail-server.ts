import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface DeliveredMail {
  readonly to: string[]
  /** As it came over the line. */
  readonly source: string
}

export interface TestMailServer {
  readonly url: string
  readonly delivered: DeliveredMail[]
  /** Answers a recipient with this code, for so long as it is set. */
  refuse: ((address: string) => number | undefined) | undefined
  close(): Promise<void>
}

/** A mail server in this process that keeps what it is given. */
export async function openMailServer(): Promise<TestMailServer> {
  const delivered: DeliveredMail[] = []
  const mail: TestMailServer = {
    url: '',
    delivered,
    refuse: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 500,
    onRcptTo({ address }, _session, done) {
      const responseCode = mail.refuse?.(address)
      if (responseCode === undefined) return done()
      // As real ones do, it names the address.
      done(Object.assign(new Error(`<${address}> not taken here`), { responseCode }))
    },
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        delivered.push({ to, source: Buffer.concat(parts).toString('utf8') })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return Object.assign(mail, { url: `smtp://127.0.0.1:${port}` })
}
