import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyRules, anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import { priced, RATES, saleOf } from '../testing/builders.ts'
import { oracleSale } from '../testing/sale-oracle.ts'

describe('a completed sale', () => {
  it('comes to what the rules of the shop say, worked out a second time in exact fractions', () => {
    fc.assert(
      fc.property(anyCart, anyRules, anyTenderWishes, (cart, rules, wishes) => {
        const tenders = tendersFor(priced(cart, rules), wishes, rules.cashStep)
        const sale = saleOf(cart, tenders, rules)
        expect(sale).toMatchObject({ ...oracleSale(cart, rules, RATES, tenders) })
      }),
      { numRuns: 1000 },
    )
  })
})
