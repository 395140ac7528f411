import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from '../db/connect.ts'
import { type Contact, recordContact, recordContacts } from '../db/queries/till.ts'

export type KeepContactPorts = {
  readonly sleep?: (ms: number) => Promise<unknown>
  readonly onLost?: (error: unknown) => void
}

const everyMs = 1_000
// A server that stops does not wait for a report.
const sleepUnseen = (ms: number) => wait(ms, undefined, { ref: false })

/**
 * Keeps what tills say of themselves, of each till the last word of a second: the first at once, and what
 * follows it within the second at its end, that of all tills of a company together. Settles when it is kept or is
 * sure to be followed by a later one.
 */
export function contactKeeper(
  sql: Sql,
  { sleep = sleepUnseen, onLost = () => {} }: KeepContactPorts = {},
): (contact: Contact) => Promise<void> {
  // By company: tills that were heard within the last second, and what they have said since.
  const companies = new Map<string, Map<string, Contact | undefined>>()

  async function follow(companyId: string, heard: Map<string, Contact | undefined>): Promise<void> {
    while (heard.size > 0) {
      await sleep(everyMs)
      const said = [...heard.values()].filter((contact) => contact !== undefined)
      heard.clear()
      for (const { tillId } of said) heard.set(tillId, undefined)
      if (said.length > 0) await recordContacts(sql, companyId, said).catch(onLost)
    }
    companies.delete(companyId)
  }

  return async (contact) => {
    const { companyId, tillId } = contact
    const heard = companies.get(companyId)
    if (heard?.has(tillId)) {
      heard.set(tillId, contact)
      return
    }
    if (heard === undefined) {
      const first = new Map([[tillId, undefined]])
      companies.set(companyId, first)
      void follow(companyId, first)
    } else heard.set(tillId, undefined)
    await recordContact(sql, contact)
  }
}
