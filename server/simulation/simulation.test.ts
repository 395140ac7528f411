// Before the product: see platform.ts.
import './platform.ts'

import { expect, test } from 'vitest'
import { addResult, isBad, liveThrough, newTally } from './histories.ts'

const HISTORIES = 16
const SALES = 12

test(`${HISTORIES} histories lose nothing, double nothing and add up`, {
  timeout: 300_000,
}, async () => {
  const tally = newTally()
  const wrong: string[] = []
  const seeds = Array.from({ length: HISTORIES }, (_, i) => 1 + i)
  await liveThrough(seeds, SALES, (seed, result) => {
    addResult(tally, seed, result)
    if (isBad(result)) wrong.push(`${seed}: ${[...result.lost, ...result.doubled, ...result.mismatched][0]}`)
    return undefined
  })
  expect(wrong).toEqual([])
  expect(tally.sales).toBeGreaterThan(HISTORIES * 5)
})
