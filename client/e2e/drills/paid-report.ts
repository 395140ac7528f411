import type { Finding, Judgement } from './judge.ts'
import type { Step } from './watch.ts'

/** One kill. */
export interface Fall {
  readonly offline: boolean
  /** The last step the driver was told of. */
  readonly last: Step | undefined
  /** From that step to the kill; below 0 when the report of it was still on its way. */
  readonly sinceMs: number
  readonly sale: Judgement['sale']
}

export interface PaidReport {
  readonly kills: number
  readonly seed: number
  readonly seconds: number
  readonly tally: readonly Fall[]
  /** Receipts the driver saw, and how many of them the journal has in the end. */
  readonly shown: number
  readonly found: number
  /** Entries in the journal: sales may be recorded whose receipt nobody saw. */
  readonly journal: number
  readonly wrong: readonly (Finding & { readonly round: number })[]
}

/** By the last thing the driver was told before the browser was gone. */
const FALLS: readonly (readonly [string, (fall: Fall) => boolean])[] = [
  ['before the key that pays', ({ last }) => last === undefined],
  ['after the key, before the transaction', ({ last }) => last === 'pressed'],
  ['within the transaction', ({ last }) => last === 'begun'],
  ['committed, nothing shown yet', ({ last }) => last === 'committed'],
  ['at the receipt, before its first frame', ({ last }) => last === 'shown'],
  ['at its first frame (16 ms)', ({ last, sinceMs }) => last === 'painted' && sinceMs < 16],
  ['later', ({ last, sinceMs }) => last === 'painted' && sinceMs >= 16],
]

export function printReport({ tally, wrong, ...report }: PaidReport): void {
  const count = (what: Finding['what']) => wrong.filter((finding) => finding.what === what).length
  console.log()
  for (const [name, belongs] of FALLS) {
    const falls = tally.filter(belongs)
    const recorded = falls.filter(({ sale }) => sale === 'recorded').length
    const kept = falls.filter(({ sale }) => sale === 'in the cart').length
    console.log(
      `${name.padEnd(40)} ${String(falls.length).padStart(4)} kills: ${recorded} in the journal, ${kept} in the cart`,
    )
  }
  console.log()
  const figures = {
    kills: report.kills,
    offline: tally.filter(({ offline }) => offline).length,
    receipts_shown: report.shown,
    receipts_found: report.found,
    sales_in_journal: report.journal,
    lost: count('lost'),
    doubled: count('doubled'),
    torn: count('torn'),
    unsent: count('unsent'),
    seconds: report.seconds,
    seed: report.seed,
  }
  for (const [name, value] of Object.entries(figures)) console.log(`${name} ${value}`)
}
