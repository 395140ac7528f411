// Before the product: see platform.ts.
import './platform.ts'

import { BROKEN_OFF } from './broken-off.ts'
import { planOf } from './plan.ts'
import { type RunResult, run } from './run.ts'
import { startTestBed } from './test-bed.ts'

export interface Tally {
  seeds: number
  sales: number
  lost: number
  doubled: number
  mismatched: number
  readonly counts: Map<string, number>
  readonly failing: number[]
}

export const newTally = (): Tally => ({
  seeds: 0,
  sales: 0,
  lost: 0,
  doubled: 0,
  mismatched: 0,
  counts: new Map(),
  failing: [],
})

export const isBad = (result: Pick<RunResult, 'lost' | 'doubled' | 'mismatched'>): boolean =>
  result.lost.length + result.doubled.length + result.mismatched.length > 0

export function addResult(tally: Tally, seed: number, result: RunResult): void {
  tally.seeds++
  tally.sales += result.sales
  tally.lost += result.lost.length
  tally.doubled += result.doubled.length
  tally.mismatched += result.mismatched.length
  for (const [what, count] of result.counts) tally.counts.set(what, (tally.counts.get(what) ?? 0) + count)
  if (isBad(result)) tally.failing.push(seed)
}

const RENEW_EVERY = 50

/** What the simulator itself trips over is a find as well: it must not end the histories after it. */
const brokenOff = (error: unknown): RunResult => ({
  sales: 0,
  counts: new Map(),
  trace: 0,
  story: undefined,
  lost: [],
  doubled: [],
  mismatched: [`${BROKEN_OFF}: ${error}`],
})

/** Lives one history after the other, on a Postgres of its own. */
export async function liveThrough(
  seeds: Iterable<number>,
  salesPerSeed: number,
  each: (seed: number, result: RunResult) => 'enough' | undefined,
): Promise<void> {
  const bed = await startTestBed()
  // Every cancelled sleep makes an error; nobody reads where.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    let done = 0
    for (const seed of seeds) {
      if (done > 0 && done % RENEW_EVERY === 0) await bed.renew()
      const result = await run(planOf(seed, { sales: salesPerSeed }), bed.sql).catch(brokenOff)
      done++
      if (each(seed, result) === 'enough') break
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit
    await bed.stop()
  }
}
