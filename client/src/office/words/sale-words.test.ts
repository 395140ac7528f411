import { expect, it } from 'vitest'
import { countKinds } from './sale-words.ts'

it('counts sales, refunds and voids apart, and their amounts together', () => {
  const rows = [
    { kind: 'sale', total: 1000 },
    { kind: 'sale', total: 500 },
    { kind: 'refund', total: -200 },
    { kind: 'void', total: -500 },
  ] as const
  expect(countKinds(rows)).toEqual({ sales: 2, refunds: 1, voids: 1, net: 800 })
  expect(countKinds([])).toEqual({ sales: 0, refunds: 0, voids: 0, net: 0 })
})
