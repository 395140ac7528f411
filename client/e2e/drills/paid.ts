import { parseArgs } from 'node:util'
import build from '../build.ts'
import { printReport } from './paid-report.ts'
import { runPaidDrill } from './run-paid-drill.ts'

/*
 * npm run drill:paid -- --kills 200 [--seed N]
 *
 * A till in Chromium on a persistent profile is killed with SIGKILL around *Paid*, again and again. After each
 * restart, every sale whose receipt was shown must be in the journal, and none may be torn.
 */

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } },
})
const kills = Number(values.kills)
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
if (!Number.isSafeInteger(kills) || kills < 1 || !Number.isSafeInteger(seed)) {
  console.error('Say how many: npm run drill:paid -- --kills 200 [--seed N]')
  process.exit(2)
}

build()
console.log(`${kills} kills, seed ${seed}`)
const report = await runPaidDrill({ kills, seed, say: (line) => console.log(line) })
printReport(report)
// A drill that saw no receipt has shown nothing.
if (report.shown === 0) console.error('No receipt was shown before any kill: the drill proved nothing.')
process.exitCode = report.wrong.length === 0 && report.shown > 0 && report.found === report.shown ? 0 : 1
