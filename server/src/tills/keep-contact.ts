import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from '../db/connect.ts'
import { type Contact, recordContact } from '../db/queries/till.ts'

export type KeepContactPorts = {
  readonly sleep?: (ms: number) => Promise<unknown>
  readonly onLost?: (error: unknown) => void
}

const everyMs = 1_000
// A server that stops does not wait for a report.
const sleepUnseen = (ms: number) => wait(ms, undefined, { ref: false })

/**
 * Keeps what tills say of themselves, of each till the last word of a second: the first at once, and what
 * follows it within the second at its end. Settles when it is kept or is sure to be followed by a later one.
 */
export function contactKeeper(
  sql: Sql,
  { sleep = sleepUnseen, onLost = () => {} }: KeepContactPorts = {},
): (contact: Contact) => Promise<void> {
  // Tills that were heard within the last second, and what they have said since.
  const later = new Map<string, Contact | undefined>()

  async function follow(key: string): Promise<void> {
    for (;;) {
      await sleep(everyMs)
      const contact = later.get(key)
      if (contact === undefined) break
      later.set(key, undefined)
      await recordContact(sql, contact).catch(onLost)
    }
    later.delete(key)
  }

  return async (contact) => {
    const key = `${contact.companyId} ${contact.tillId}`
    if (later.has(key)) {
      later.set(key, contact)
      return
    }
    later.set(key, undefined)
    void follow(key)
    await recordContact(sql, contact)
  }
}
