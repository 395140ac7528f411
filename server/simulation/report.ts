import type { Tally } from './histories.ts'
import type { Plan } from './plan.ts'
import type { RunResult } from './run.ts'

/** What goes wrong from outside: with the network, a proxy, the database, a disk, a clock, a profile, a till. */
const FAULTS =
  /^(request-|response-|portal|slow|status |statement |offline|quota error|aborted |clock jump|cloned till|second tab|rotten |restore$|till revoked)/
const CRASHES = /^(till|server) crash$/

export const progressLine = (tally: Tally, count: number, startedAt: number): string =>
  `${tally.seeds} of ${count} histories, ${tally.sales} sales, ${(tally.seeds / ((Date.now() - startedAt) / 1000)).toFixed(1)} histories/s, ${tally.failing.length} failing`

/** All that happened by its kind; the last line is the one that counts. */
export function reportLines(tally: Tally, startedAt: number): string[] {
  const counts = [...tally.counts].sort(([a], [b]) => (a < b ? -1 : 1))
  const kinds = {
    Faults: counts.filter(([what]) => FAULTS.test(what)),
    Crashes: counts.filter(([what]) => CRASHES.test(what)),
    'What else happened': counts.filter(([what]) => !FAULTS.test(what) && !CRASHES.test(what)),
  }
  const sum = (of: readonly [string, number][]) => of.reduce((all, [, count]) => all + count, 0)
  const { seeds, sales, lost, doubled, mismatched } = tally
  return [
    '',
    `${seeds} histories in ${Math.round((Date.now() - startedAt) / 1000)} s`,
    ...Object.entries(kinds).flatMap(([title, of]) => [
      `${title}:`,
      ...of.map(([what, count]) => `  ${String(count).padStart(9)}  ${what}`),
    ]),
    '',
    `${sales} sales, ${sum(kinds.Faults)} faults, ${sum(kinds.Crashes)} crashes: lost ${lost}, doubled ${doubled}, mismatched ${mismatched}`,
  ]
}

export const complaintsOf = ({ lost, doubled, mismatched }: RunResult): string[] => [
  ...lost.map((text) => `lost: ${text}`),
  ...doubled.map((text) => `doubled: ${text}`),
  ...mismatched.map((text) => `mismatched: ${text}`),
]

/** A history before it happens, event by event. */
export const planLines = ({ rules, tills, events }: Plan): string[] => [
  JSON.stringify(rules),
  ...tills.map((till, i) => `till ${i + 1}: ${JSON.stringify(till)}`),
  ...events.map((event) => JSON.stringify(event)),
]
