// Before the product: see platform.ts.
import './platform.ts'

import { expect, test } from 'vitest'
import { addResult, isBad, liveThrough, newTally } from './histories.ts'
import { planOf } from './plan.ts'
import { run } from './run.ts'
import { startTestBed } from './test-bed.ts'

const HISTORIES = 200
const SALES = 12

test(`${HISTORIES} fresh histories lose nothing, double nothing and add up`, {
  timeout: 300_000,
}, async () => {
  const first = Math.floor(Math.random() * 1e9)
  console.log(
    `histories ${first} to ${first + HISTORIES - 1}: npm run simulate -- --sales ${SALES} --seed <one of them>`,
  )
  const tally = newTally()
  const wrong: string[] = []
  const seeds = Array.from({ length: HISTORIES }, (_, i) => first + i)
  await liveThrough(seeds, SALES, (seed, result) => {
    addResult(tally, seed, result)
    if (isBad(result)) wrong.push(`${seed}: ${[...result.lost, ...result.doubled, ...result.mismatched][0]}`)
    return undefined
  })
  expect(wrong).toEqual([])
  expect(tally.sales).toBeGreaterThan(HISTORIES * 5)
})

test('a seed is the same history each time', { timeout: 60_000 }, async () => {
  const bed = await startTestBed()
  try {
    for (const seed of [3, 16, 21]) {
      const plan = planOf(seed, { sales: 40 })
      const [once, again] = [await run(plan, bed.sql), await run(plan, bed.sql)]
      expect([again.sales, again.trace]).toEqual([once.sales, once.trace])
    }
  } finally {
    await bed.stop()
  }
})
