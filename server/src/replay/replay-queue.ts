import { setTimeout as wait } from 'node:timers/promises'
import { isTransient } from '../db/transaction.ts'
import type { Fate } from './apply-lines.ts'
import type { ReadableLine } from './read-line.ts'

/*
 * Pushes of one company that arrive while a call is in flight travel together in the next one: tills at the
 * counter share a commit instead of queueing for the rows they all want. A till that drains a week keeps to
 * its own lane, so the sale that somebody stands waiting for never queues behind it. And while anybody sells, that
 * lane goes in small steps, for a call holds the rows of all that it sold until its commit, and rests after each as
 * long as it took: half of the database is the counter's.
 */

export type Lane = 'live' | 'backlog'
export type InFlight = Readonly<Record<Lane, number>>

/** Up to so many entries a push is a till that sells; above it, one that catches up. */
export const MOST_LIVE_ENTRIES = 20

type Limits = { readonly calls: number; readonly entries: number }
export const LIMITS = {
  live: { calls: 1, entries: 200 },
  // Two calls use both the disk and the processors; a longer one is no faster.
  backlog: { calls: 2, entries: 200 },
  backlogBesideSales: { calls: 1, entries: 32 },
} satisfies Record<string, Limits>

/** A call that waited for something else than processors need not be made up for. */
const longestRestMs = 50

/** Somebody is selling until nobody has for so long. */
const sellingMs = 1_000

export const laneOf = (entries: number): Lane => (entries <= MOST_LIVE_ENTRIES ? 'live' : 'backlog')

/** Which of the waiting pushes, given by their numbers of entries in order of arrival, to send off now. */
export function nextCall(
  waiting: readonly number[],
  inFlight: InFlight,
  isSelling: boolean,
): { readonly lane: Lane; readonly take: readonly number[] } | undefined {
  for (const lane of ['live', 'backlog'] as const) {
    const limits = LIMITS[lane === 'backlog' && isSelling ? 'backlogBesideSales' : lane]
    if (inFlight[lane] >= limits.calls) continue
    const take: number[] = []
    let room = limits.entries
    for (const [i, entries] of waiting.entries()) {
      if (laneOf(entries) !== lane) continue
      // The first one always goes, and the order of arrival is kept: no push is overtaken for ever.
      if (take.length > 0 && entries > room) break
      take.push(i)
      room -= entries
    }
    if (take.length > 0) return { lane, take }
  }
  return undefined
}

export type Apply = (companyId: string, lines: readonly ReadableLine[]) => Promise<Fate[]>

export type ReplayQueue = {
  readonly apply: Apply
  /** How many entries of a backlog had best come at once, now. */
  readonly pieceSize: (companyId: string) => number
}

type Push = {
  readonly lines: readonly ReadableLine[]
  readonly resolve: (fates: Fate[]) => void
  readonly reject: (error: unknown) => void
}
type Company = { waiting: Push[]; readonly inFlight: Record<Lane, number> }

export type QueuePorts = {
  readonly now: () => Date
  readonly sleep?: (ms: number) => Promise<unknown>
}

/** Lets concurrent pushes of a company share calls of `apply`; each still gets only its own fates. */
export function createReplayQueue(apply: Apply, { now, sleep = wait }: QueuePorts): ReplayQueue {
  const companies = new Map<string, Company>()
  const lastSale = new Map<string, number>()
  // By the distance: a clock that was put back must not make a shop sell for ever.
  const isSelling = (companyId: string) =>
    Math.abs(now().getTime() - (lastSale.get(companyId) ?? -Infinity)) < sellingMs

  async function send(companyId: string, pushes: readonly Push[]): Promise<void> {
    try {
      const fates = await apply(
        companyId,
        pushes.flatMap(({ lines }) => lines),
      )
      let from = 0
      for (const { lines, resolve } of pushes) {
        resolve(fates.slice(from, from + lines.length))
        from += lines.length
      }
    } catch (error) {
      // What nobody foresaw in one push must not turn the others away with it.
      if (pushes.length > 1 && !isTransient(error)) for (const push of pushes) await send(companyId, [push])
      else for (const { reject } of pushes) reject(error)
    }
  }

  /** Ends when the next call of that lane may begin. */
  async function letGo(companyId: string, lane: Lane, pushes: readonly Push[]): Promise<void> {
    const begun = now().getTime()
    await send(companyId, pushes)
    const tookMs = now().getTime() - begun
    if (lane === 'backlog' && tookMs > 0 && isSelling(companyId)) await sleep(Math.min(tookMs, longestRestMs))
  }

  function go(companyId: string, company: Company): void {
    const { inFlight } = company
    for (;;) {
      const call = nextCall(
        company.waiting.map(({ lines }) => lines.length),
        inFlight,
        isSelling(companyId),
      )
      if (call === undefined) break
      const pushes = company.waiting.filter((_, i) => call.take.includes(i))
      company.waiting = company.waiting.filter((_, i) => !call.take.includes(i))
      inFlight[call.lane] += 1
      void letGo(companyId, call.lane, pushes).then(() => {
        inFlight[call.lane] -= 1
        go(companyId, company)
      })
    }
    if (inFlight.live + inFlight.backlog === 0) companies.delete(companyId)
  }

  return {
    apply: (companyId, lines) =>
      new Promise((resolve, reject) => {
        if (laneOf(lines.length) === 'live') lastSale.set(companyId, now().getTime())
        const company = companies.get(companyId) ?? { waiting: [], inFlight: { live: 0, backlog: 0 } }
        companies.set(companyId, company)
        company.waiting.push({ lines, resolve, reject })
        go(companyId, company)
      }),
    pieceSize: (companyId) => LIMITS[isSelling(companyId) ? 'backlogBesideSales' : 'backlog'].entries,
  }
}
