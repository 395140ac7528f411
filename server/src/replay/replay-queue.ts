import { isTransient } from '../db/transaction.ts'
import type { Fate } from './apply-lines.ts'
import type { ReadableLine } from './read-line.ts'

/*
 * Pushes of one company that arrive while a call is in flight travel together in the next one: tills at the
 * counter share a commit instead of queueing for the rows they all want. A till that drains a week keeps to
 * its own lane, so the sale that somebody stands waiting for never queues behind it.
 */

export type Lane = 'live' | 'backlog'
export type InFlight = Readonly<Record<Lane, number>>

/** Up to so many entries a push is a till that sells; above it, one that catches up. */
export const MOST_LIVE_ENTRIES = 20
export const MOST_CALL_ENTRIES = 500
export const MOST_CALLS: InFlight = { live: 1, backlog: 1 }

export const laneOf = (entries: number): Lane => (entries <= MOST_LIVE_ENTRIES ? 'live' : 'backlog')

/** Which of the waiting pushes, given by their numbers of entries in order of arrival, to send off now. */
export function nextCall(
  waiting: readonly number[],
  inFlight: InFlight,
): { readonly lane: Lane; readonly take: readonly number[] } | undefined {
  for (const lane of ['live', 'backlog'] as const) {
    if (inFlight[lane] >= MOST_CALLS[lane]) continue
    const take: number[] = []
    let room = MOST_CALL_ENTRIES
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

type Push = {
  readonly lines: readonly ReadableLine[]
  readonly resolve: (fates: Fate[]) => void
  readonly reject: (error: unknown) => void
}
type Company = { waiting: Push[]; readonly inFlight: Record<Lane, number> }

/** Wraps `apply` so that concurrent pushes of a company share calls; each still gets only its own fates. */
export function createReplayQueue(apply: Apply): Apply {
  const companies = new Map<string, Company>()

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

  function go(companyId: string, company: Company): void {
    const { inFlight } = company
    for (;;) {
      const call = nextCall(
        company.waiting.map(({ lines }) => lines.length),
        inFlight,
      )
      if (call === undefined) break
      const pushes = company.waiting.filter((_, i) => call.take.includes(i))
      company.waiting = company.waiting.filter((_, i) => !call.take.includes(i))
      inFlight[call.lane] += 1
      void send(companyId, pushes).then(() => {
        inFlight[call.lane] -= 1
        go(companyId, company)
      })
    }
    if (inFlight.live + inFlight.backlog === 0) companies.delete(companyId)
  }

  return (companyId, lines) =>
    new Promise((resolve, reject) => {
      const company = companies.get(companyId) ?? { waiting: [], inFlight: { live: 0, backlog: 0 } }
      companies.set(companyId, company)
      company.waiting.push({ lines, resolve, reject })
      go(companyId, company)
    })
}
