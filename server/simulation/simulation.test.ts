import { fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const HISTORIES = 200
const SALES = 12
/** No more than there are cores: what one leaves idle the other tests take. */
const WORKERS = availableParallelism()

/** In processes of its own, as `npm run simulate` lives it; they end with this one. */
function simulate(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./simulate.ts', import.meta.url)), args, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        output += data
      })
    child.on('error', reject)
    child.on('exit', (code) => resolve({ code, output }))
  })
}

test(`${HISTORIES} fresh histories lose nothing, double nothing and add up`, {
  timeout: 1_200_000,
}, async () => {
  // Other seeds each time: one that fails is a find, and its number is all it takes to see it again.
  const from = randomInt(1, 2 ** 31)
  console.log(`histories ${from} to ${from + HISTORIES - 1}, ${SALES} sales each`)
  const size = [`--seeds=${HISTORIES}`, `--from=${from}`, `--sales=${SALES}`, `--workers=${WORKERS}`]
  const { code, output } = await simulate(size)
  const last = /^(\d+) sales, (\d+) faults, (\d+) crashes: (.*)$/m.exec(output)
  expect({ code, end: last?.[4] }, output).toEqual({ code: 0, end: 'lost 0, doubled 0, mismatched 0' })
  const [sales, faults, crashes] = last?.slice(1, 4).map(Number) ?? []
  expect(sales).toBeGreaterThan(HISTORIES * 5)
  expect(faults).toBeGreaterThan(HISTORIES)
  expect(crashes).toBeGreaterThan(HISTORIES / 4)
})
