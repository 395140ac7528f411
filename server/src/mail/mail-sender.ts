import { setTimeout as wait } from 'node:timers/promises'
import { type MailPorts, sendDueEmail } from './send-due.ts'

const LOOK_EVERY_MS = 5_000
const LEAVE_MS = 2_000

/**
 * Sends receipts while the server runs, a round every few seconds. Nothing waits for it: replay has written them down
 * and answered long before.
 */
export function startMailSender(ports: MailPorts, everyMs = LOOK_EVERY_MS): { stop: () => Promise<void> } {
  const leaving = new AbortController()
  const rounds = (async () => {
    while (!leaving.signal.aborted) {
      await sendDueEmail({ ...ports, signal: leaving.signal }).catch((error: unknown) =>
        // Its code alone: what the database says of a row may hold an address.
        ports.log.warn({ code: codeOf(error) }, 'the receipts to be sent were not looked at'),
      )
      await wait(everyMs, undefined, { signal: leaving.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      leaving.abort()
      // What is on its way gets a moment; it is sent once more otherwise.
      await Promise.race([rounds, wait(LEAVE_MS, undefined, { ref: false })])
    },
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
