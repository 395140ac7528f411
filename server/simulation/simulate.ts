// Before the product: see platform.ts.
import './platform.ts'

import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { watchParent } from '../bin/parent-watch.mjs'
import { addResult, isBad, liveThrough, newTally } from './histories.ts'
import { planOf } from './plan.ts'
import { realTimeout } from './real-time.ts'
import { complaintsOf, planLines, progressLine, reportLines } from './report.ts'
import { type RunResult, run } from './run.ts'
import { shrink } from './shrink.ts'
import { startTestBed } from './test-bed.ts'

/*
 * npm run simulate -- --seeds 10000 [--from N] [--workers 3] [--sales 110] [--stop]   lives through that many histories
 * npm run simulate -- --seed N                                                        one, and the shortest that fails
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    /** A worker waits for its Postgres a third of the time: one more than there are cores keeps them busy. */
    workers: { type: 'string', default: String(availableParallelism() + 1) },
    sales: { type: 'string', default: '110' },
    /** Stop at the first history that fails. */
    stop: { type: 'boolean', default: false },
    /** Of a worker: lives through every n-th seed and tells its parent. */
    every: { type: 'string' },
  },
})
const sales = Number(values.sales)

function* seedsFrom(from: number, count: number, every: number): Generator<number> {
  for (let seed = from; seed < from + count; seed += every) yield seed
}

interface Message {
  readonly seed: number
  readonly result: Omit<RunResult, 'counts'> & { readonly counts: [string, number][] }
}

/** Many small things live shortly here; and threads that collect them would only take the other workers' cores. */
const WORKER_FLAGS = ['--max-semi-space-size=32', '--single-threaded-gc']
const LAST_HISTORY_MS = 20_000
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const

// Whoever started a Postgres stops it: a signal, or a parent that is gone, is obeyed after the history under way,
// and if that does not end, all the same.
let stopping = false
const stop = () => {
  if (stopping) return
  stopping = true
  realTimeout(() => process.exit(1), LAST_HISTORY_MS).unref()
}
for (const signal of signals) process.on(signal, stop)
watchParent()

async function work(every: number): Promise<void> {
  const [first, offset] = [Number(values.from), Number(values.seeds)]
  await liveThrough(seedsFrom(first, offset, every), sales, (seed, result) => {
    if (process.connected)
      process.send?.({ seed, result: { ...result, counts: [...result.counts] } } satisfies Message)
    return stopping || (values.stop && isBad(result)) ? 'enough' : undefined
  })
}

async function conduct(): Promise<void> {
  const [from, count, workers] = [Number(values.from), Number(values.seeds), Number(values.workers)]
  const tally = newTally()
  const startedAt = Date.now()
  const progress = setInterval(() => console.log(progressLine(tally, count, startedAt)), 10_000)
  const children: ChildProcess[] = []
  let broken = 0
  const stopAll = () => {
    for (const child of children) if (child.connected) child.disconnect()
  }
  for (const signal of signals) process.on(signal, stopAll)
  const worked = Array.from({ length: workers }, (_, i) => {
    const args = [`--from=${from + i}`, `--seeds=${count - i}`, `--every=${workers}`, `--sales=${sales}`]
    if (values.stop) args.push('--stop')
    const execArgv = [...process.execArgv, ...WORKER_FLAGS]
    const child = fork(fileURLToPath(import.meta.url), args, { execArgv })
    children.push(child)
    child.on('message', (message: Message) => {
      const result: RunResult = { ...message.result, counts: new Map(message.result.counts) }
      addResult(tally, message.seed, result)
      if (!isBad(result)) return
      console.log(`seed ${message.seed} fails:`)
      for (const line of complaintsOf(result).slice(0, 5)) console.log(`  ${line}`)
      if (values.stop) stopAll()
    })
    return new Promise<void>((resolve) =>
      child.on('exit', (code) => {
        if (code !== 0 && !(values.stop && tally.failing.length > 0)) broken++
        resolve()
      }),
    )
  })
  await Promise.all(worked)
  clearInterval(progress)
  for (const line of reportLines(tally, startedAt)) console.log(line)
  if (broken > 0) console.log(`${broken} workers ended before their time`)
  const [failing] = tally.failing
  if (failing !== undefined) {
    console.log(`Failing seeds: ${tally.failing.join(' ')}`)
    console.log(`To see it again: npm run simulate -- --seed ${failing} --sales ${sales}`)
    if (!values.stop && !stopping) await explain(failing)
  }
  process.exitCode = broken > 0 || tally.failing.length > 0 || tally.sales === 0 ? 1 : 0
}

/** One seed: says whether it fails, and if so by how little. */
async function explain(seed: number): Promise<void> {
  const bed = await startTestBed()
  try {
    const plan = planOf(seed, { sales })
    const result = await run(plan, bed.sql)
    if (!isBad(result)) {
      console.log(`seed ${seed}: ${result.sales} sales, all is well (trace ${result.trace})`)
      return
    }
    console.log(`seed ${seed} fails (trace ${result.trace}); looking for the shortest history that does …`)
    const shortest = await shrink(
      plan,
      async (candidate) => !stopping && isBad(await run(candidate, bed.sql)),
    )
    const last = await run(shortest, bed.sql, { story: true })
    console.log(`\nThe shortest:\n${planLines(shortest).join('\n')}`)
    console.log(`\nWhat happened:\n${last.story?.join('\n')}`)
    console.log(`\nWhat is wrong:\n${complaintsOf(last).slice(0, 20).join('\n')}`)
    process.exitCode = 1
  } finally {
    await bed.stop()
  }
}

if (values.seed !== undefined) await explain(Number(values.seed))
else if (values.every !== undefined) await work(Number(values.every))
else await conduct()
// Who listens for its parent's end would wait for it.
if (process.connected) process.disconnect()
