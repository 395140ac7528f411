// Before the product: see platform.ts.
import './platform.ts'

import { expect, test } from 'vitest'
import { planOf } from './plan.ts'
import { run } from './run.ts'
import { startTestBed } from './test-bed.ts'

// With deadlocks, lost statements, cloned tills and restores among them: what waits, and whose turn it is.
test.each([2, 3, 12, 16])('seed %i is the same history twice', { timeout: 300_000 }, async (seed) => {
  const bed = await startTestBed()
  try {
    const plan = planOf(seed, { sales: 30 })
    const first = await run(plan, bed.sql, { story: true })
    const second = await run(plan, bed.sql, { story: true })
    expect(second.story).toEqual(first.story)
    expect(second.trace).toBe(first.trace)
    expect(second.counts).toEqual(first.counts)
  } finally {
    await bed.stop()
  }
})
