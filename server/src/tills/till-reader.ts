import { setTimeout as wait } from 'node:timers/promises'
import type { Sql } from '../db/connect.ts'
import { findTills } from '../db/queries/find-tills.ts'
import type { TillRow } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'

/** Reads a till as it is now: a revoked one is seen at its next request. */
export type TillReader = (companyId: string, tillId: string) => Promise<TillRow | undefined>

type Round = { readonly tillIds: Set<string>; readonly rows: Promise<Map<string, TillRow>> }

export type TillReaderPorts = { readonly sleep?: (ms: number) => Promise<unknown> }

/**
 * From one reading of a company's tills to the next: a counter of many tills shares them, and a statement less costs
 * less than the wait. Whoever comes alone does not wait.
 */
const betweenMs = 3

/**
 * Requests that arrive soon after one of their company, or while its tills are being read, are looked up together in
 * the next reading.
 * Nothing is kept from one reading for another, so what was revoked before a request came is revoked for it.
 */
export function tillReader(sql: Sql, { sleep = wait }: TillReaderPorts = {}): TillReader {
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
      const over = Promise.allSettled([read, sleep(betweenMs)]).then(() => {
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
