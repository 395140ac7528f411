import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDiscount } from '../testing/arbitraries.ts'
import { amountOff, percent } from '../testing/builders.ts'
import { discountOn } from './discount.ts'
import { minor } from './money.ts'

describe('a discount', () => {
  it('never exceeds what it is taken off and is never negative', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), anyDiscount, (amount, discount) => {
        const off = discountOn(minor(amount), discount)
        expect(off).toBeGreaterThanOrEqual(0)
        expect(off).toBeLessThanOrEqual(amount)
      }),
    )
  })

  it.each([
    [1995, percent(10), 200],
    [1995, percent(100), 1995],
    [1995, percent(0), 0],
    [5, percent(50), 3],
    [1000, amountOff(250), 250],
    [1000, amountOff(1001), 1000],
    [0, amountOff(100), 0],
    [1000, undefined, 0],
  ])('of %i cents by %j is %i cents', (amount, discount, off) => {
    expect(discountOn(minor(amount), discount)).toBe(off)
  })
})
