import type { Sql } from '../db/connect.ts'
import { findTills } from '../db/queries/find-tills.ts'
import type { TillRow } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'

/** Reads a till as it is now: a revoked one is seen at its next request. */
export type TillReader = (companyId: string, tillId: string) => Promise<TillRow | undefined>

type Round = { readonly tillIds: Set<string>; readonly rows: Promise<Map<string, TillRow>> }

/**
 * Requests that arrive while tills of their company are being read are looked up together in the next reading.
 * Nothing is kept from one reading for another, so what was revoked before a request came is revoked for it.
 */
export function tillReader(sql: Sql): TillReader {
  const reading = new Map<string, Promise<unknown>>()
  const next = new Map<string, Round>()

  function join(companyId: string, tillId: string): Round {
    const open = next.get(companyId)
    if (open !== undefined) {
      open.tillIds.add(tillId)
      return open
    }
    const tillIds = new Set([tillId])
    const rows = (reading.get(companyId) ?? Promise.resolve()).then(() => {
      next.delete(companyId)
      const read = retrying(() => findTills(sql, companyId, [...tillIds]))
      const over = read
        .then(
          () => {},
          () => {},
        )
        .then(() => {
          if (reading.get(companyId) === over) reading.delete(companyId)
        })
      reading.set(companyId, over)
      return read
    })
    const round = { tillIds, rows }
    next.set(companyId, round)
    return round
  }

  return async (companyId, tillId) => (await join(companyId, tillId).rows).get(tillId)
}
