import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  card,
  cartOf,
  cash,
  customer,
  points,
  refundOf,
  SINGAPORE,
  saleOf,
  voidOf,
} from '../testing/builders.ts'
import { checkRefund } from './check-refund.ts'
import { receiptOf, refundReceiptOf } from './receipt.ts'
import type { RefundBody } from './refund.ts'
import { checkSale } from './sale.ts'
import { pointsSpent } from './tender.ts'

const rules = { ...SINGAPORE, pointValue: 10 }
const member = { ...customer(), points: 300 }
const context = {
  companyName: 'Kampong Mart',
  outletName: 'Bedok',
  tillName: 'Counter 1',
  cashierName: 'Siti',
  at: '2026-11-21T04:00:00.000Z',
  timeZone: 'Asia/Singapore',
}

describe('a sale that is paid with points', () => {
  const sale = saleOf(cartOf([{ price: 2345 }], { customer: member }), [points(120), cash(1145)], rules)

  it('adds up: the points pay what they are worth, and the rest is paid otherwise', () => {
    expect(sale).toMatchObject({ net: 2345, total: 2345, change: 0, pointsEarned: 2 })
    expect(sale.tenders[0]).toEqual({ methodCode: 'POINTS', kind: 'points', amount: 1200, points: 120 })
    expect(checkSale(sale)).toEqual([])
  })

  it('says on its receipt how many were used and how many are left', () => {
    expect(receiptOf(sale, context)).toMatchObject({
      pointsEarned: 2,
      pointsBalance: 182,
      tenders: [{ methodCode: 'POINTS', amount: 1200, points: 120 }, { methodCode: 'CASH' }],
    })
  })

  it.each([
    ['are worth another amount', { ...sale, tenders: [{ ...points(120), points: 100 }, cash(1145)] }],
    ['are nobody’s', { ...sale, customer: undefined, pointsEarned: 0 }],
    ['pay nothing in this shop', { ...sale, rules: SINGAPORE }],
    ['are said of a card', { ...sale, tenders: [{ ...card(1200), points: 120 }, cash(1145)] }],
  ])('is something for head office to look at when its points %s', (_, odd) => {
    const { customer: who, ...rest } = odd
    expect(checkSale(who ? { ...rest, customer: who } : rest)).toHaveLength(1)
  })

  it('gives all of them back when it is voided, and says so on the paper', () => {
    const voided = voidOf(sale)
    expect(voided).toMatchObject({ pointsTaken: 2, tenders: [points(120), { kind: 'cash', amount: 1145 }] })
    expect(voided.customer).not.toHaveProperty('points')
    expect(checkRefund(voided)).toEqual([])
    expect(refundReceiptOf('void', voided, context).tenders[0]).toMatchObject({ points: 120 })
  })

  it('gives them back first, a broken one whole, before cash leaves the drawer', () => {
    const six = saleOf(
      cartOf([{ price: 335, quantity: 7000 }], { customer: member }),
      [points(120), cash(1145)],
      rules,
    )
    const refund = refundOf(six, { picks: [{ lineNo: 1, quantity: 1000 }] })
    expect(refund.tenders).toEqual([{ methodCode: 'POINTS', kind: 'points', amount: 335, points: 34 }])
  })
})

it('refunds in any parts give all points back once all is back, and never more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 999 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 }),
      (value, price, pieces, share, steps) => {
        const terms = { ...SINGAPORE, pointValue: value }
        const due = price * pieces
        const used = Math.floor((due * share) / 100 / value)
        const legs = [
          ...(used > 0 ? [points(used, value)] : []),
          ...(due > used * value ? [card(due - used * value)] : []),
        ]
        const sale = saleOf(cartOf([{ price, quantity: pieces * 1000 }], { customer: member }), legs, terms)
        expect(checkSale(sale)).toEqual([])
        const before: RefundBody[] = []
        let left = pieces
        for (const step of [...steps, pieces]) {
          const now = Math.min(step, left)
          if (now === 0) continue
          left -= now
          before.push(refundOf(sale, { picks: [{ lineNo: 1, quantity: now * 1000 }], before }))
          const back = before.reduce((sum, refund) => sum + pointsSpent(refund.tenders), 0)
          expect(checkRefund(before.at(-1) as RefundBody)).toEqual([])
          expect(back).toBeLessThanOrEqual(used)
        }
        expect(before.reduce((sum, refund) => sum + pointsSpent(refund.tenders), 0)).toBe(used)
      },
    ),
  )
})
