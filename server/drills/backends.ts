import { parseArgs } from 'node:util'
import { prepare } from '../bin/prepare.mjs'
import { runBackendsDrill } from './run-backends-drill.ts'

/*
 * npm run drill:backends -- --minutes 10 [--tills 16] [--seed N]
 *
 * Tills sell while a Postgres backend is killed every 50 ms and the server every 20 s. Then the ledger is compared
 * with the tills' journals.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    tills: { type: 'string', default: '16' },
    seed: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const tills = Number(values.tills)
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
if (!(minutes > 0) || !Number.isSafeInteger(tills) || tills < 1 || !Number.isSafeInteger(seed)) {
  console.error('Say how long: npm run drill:backends -- --minutes 10 [--tills 16] [--seed N]')
  process.exit(2)
}

await prepare({ server: true })
console.log(`${minutes} minutes, ${tills} tills, seed ${seed}`)
const report = await runBackendsDrill({ minutes, tills, seed, say: (line) => console.log(line) })
const { comparison, strokes, pushes } = report
const wrong = [
  ...comparison.lost.map((what) => `lost: ${what}`),
  ...comparison.doubled.map((what) => `doubled: ${what}`),
  ...comparison.torn.map((what) => `torn: ${what}`),
  ...comparison.wrongSums.map((what) => `sum: ${what}`),
  ...comparison.auditDifferences.map((what) => `audit: ${what}`),
]
for (const sentence of wrong.slice(0, 50)) console.error(sentence)
for (const words of new Set(report.lastWords)) console.log(`the server ended by itself, saying: ${words}`)
console.log()
const figures = {
  strokes: strokes.strokes,
  backends_terminated: strokes.terminated,
  backends_killed_9: strokes.crashes,
  server_kills: report.serverKills,
  server_ended_by_itself: report.serverEnds,
  pushes: pushes.pushes,
  pushes_answered: pushes.answered,
  pushes_refused: pushes.refused,
  pushes_cut: pushes.cut,
  entries: comparison.entries,
  lost: comparison.lost.length,
  doubled: comparison.doubled.length,
  torn: comparison.torn.length,
  wrong_sums: comparison.wrongSums.length,
  audit_differences: comparison.auditDifferences.length,
  ...Object.fromEntries(comparison.exceptions.map(({ type, count }) => [`exceptions_${type}`, count])),
  slowest_push_ms: Math.round(pushes.slowestMs),
  longest_stall_ms: Math.round(report.longestStallMs),
  drained_after_ms: report.drainedMs,
  seconds: report.seconds,
  seed,
}
for (const [name, value] of Object.entries(figures)) console.log(`${name} ${value}`)
process.exitCode = wrong.length === 0 ? 0 : 1
