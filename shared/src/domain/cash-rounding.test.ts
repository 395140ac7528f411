import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundCash } from './cash-rounding.ts'
import { minor } from './money.ts'

describe('cash rounding', () => {
  it.each([
    [1000, 1000],
    [1001, 1000],
    [1002, 1000],
    [1003, 1005],
    [1004, 1005],
    [1005, 1005],
    [1006, 1005],
    [1007, 1005],
    [1008, 1010],
    [1009, 1010],
    [2, 0],
    [3, 5],
  ])('asks %i cents as %i where five cents is the smallest coin', (due, asked) => {
    expect(roundCash(minor(due), 5)).toBe(asked)
  })

  it('moves an amount by at most half a coin, to a whole number of coins', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom(1, 5, 10, 20, 100), (due, step) => {
        const asked = roundCash(minor(due), step)
        expect(asked % step).toBe(0)
        expect(2 * Math.abs(asked - due)).toBeLessThanOrEqual(step)
      }),
    )
  })

  it('leaves every amount alone where the cent is the smallest coin', () => {
    fc.assert(
      fc.property(fc.nat(), (due) => {
        expect(roundCash(minor(due), 1)).toBe(due)
      }),
    )
  })
})
