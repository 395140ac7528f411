import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import { card, cash, nets, paynow } from '../testing/builders.ts'
import { MOST_MONEY, minor, sumMinor } from './money.ts'
import {
  cleanReference,
  givesChange,
  isMuchChange,
  leftFor,
  quickCash,
  refuseTender,
  settle,
  type Tender,
  withoutTender,
} from './tender.ts'

const settled = (total: number, ...tenders: readonly Tender[]) => settle(minor(total), tenders, 5)
const refusal = (total: number, taken: readonly Tender[], next: Tender) =>
  refuseTender(minor(total), taken, next, 5)
const left = (kind: Tender['kind'], total: number, ...taken: readonly Tender[]) =>
  leftFor(kind, minor(total), taken, 5)
const anyTotal = fc.oneof(fc.nat(3000), fc.nat(5_000_000)).map(minor)
const anyStep = fc.constantFrom(1, 5, 10, 100)

describe('settling', () => {
  it('holds the law: Σ tenders − change = total + rounding, once complete', () => {
    fc.assert(
      fc.property(anyTotal, anyTenderWishes, anyStep, (total, wishes, step) => {
        const tenders = tendersFor({ total }, wishes, step)
        const { complete, change, rounding, due, remaining } = settle(total, tenders, step)
        expect(complete).toBe(true)
        expect(remaining).toBe(0)
        expect(due).toBe(total + rounding)
        expect(sumMinor(tenders.map((tender) => tender.amount)) - change).toBe(total + rounding)
      }),
      { numRuns: 1000 },
    )
  })

  it('rounds only a cash leg, by at most half a coin, and gives change in coins and never more than the cash', () => {
    fc.assert(
      fc.property(anyTotal, anyTenderWishes, anyStep, (total, wishes, step) => {
        const tenders = tendersFor({ total }, wishes, step)
        const { rounding, change } = settle(total, tenders, step)
        const inCash = sumMinor(tenders.filter((t) => t.kind === 'cash').map((t) => t.amount))
        expect(2 * Math.abs(rounding)).toBeLessThanOrEqual(step)
        if (tenders.every((tender) => tender.kind !== 'cash')) expect(rounding).toBe(0)
        expect(change % step).toBe(0)
        expect(change).toBeLessThanOrEqual(inCash)
      }),
      { numRuns: 1000 },
    )
  })

  it('never leaves a cashier stuck: what is left is always taken, and taking it completes the sale', () => {
    fc.assert(
      fc.property(anyTotal, anyTenderWishes, anyStep, (total, wishes, step) => {
        for (const kind of ['cash', 'card'] as const) {
          const taken: Tender[] = []
          for (const next of tendersFor({ total }, wishes, step)) {
            if (settle(total, taken, step).complete) break
            const rest: Tender = { methodCode: 'X', kind, amount: leftFor(kind, total, taken, step) }
            expect(refuseTender(total, taken, rest, step)).toBeUndefined()
            expect(settle(total, [...taken, rest], step).complete).toBe(true)
            taken.push(next)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['cash, exact', 1000, [cash(1000)], { rounding: 0, change: 0 }],
    ['cash, rounded down', 1002, [cash(1000)], { rounding: -2, change: 0 }],
    ['cash, rounded up', 1003, [cash(1005)], { rounding: 2, change: 0 }],
    ['cash with change', 1238, [cash(2000)], { rounding: 2, change: 760 }],
    ['card, to the cent', 1003, [card(1003)], { rounding: 0, change: 0 }],
    ['card, then cash', 1003, [card(500), cash(505)], { rounding: 2, change: 0 }],
    ['cash, then card for the rest', 1002, [cash(500), card(502)], { rounding: 0, change: 0 }],
    ['cash twice', 1002, [cash(200), cash(1000)], { rounding: -2, change: 200 }],
    ['four ways', 2001, [nets(1), paynow(500), card(500), cash(1000)], { rounding: 0, change: 0 }],
    ['nothing for nothing', 0, [], { rounding: 0, change: 0 }],
    ['two cents, rounded away by an empty cash leg', 2, [cash(0)], { rounding: -2, change: 0 }],
    ['two cents left of a card', 1002, [card(1000), cash(0)], { rounding: -2, change: 0 }],
  ])('completes %s', (_, total, tenders, expected) => {
    expect(settled(total, ...tenders)).toMatchObject({ ...expected, complete: true, remaining: 0 })
  })

  it('says what remains of a sale that is not paid', () => {
    expect(settled(1002)).toMatchObject({ remaining: 1002, complete: false, rounding: 0 })
    expect(settled(1002, cash(500))).toMatchObject({ remaining: 500, complete: false, rounding: -2 })
    expect(settled(1002, card(500))).toMatchObject({ remaining: 502, complete: false, rounding: 0 })
  })
})

describe('what is left for the next leg', () => {
  it('is in whole coins for cash and to the cent for everything else', () => {
    expect(left('cash', 1003)).toBe(1005)
    expect(left('card', 1003)).toBe(1003)
    expect(left('cash', 1003, card(500))).toBe(505)
    expect(left('card', 1002, cash(500))).toBe(502)
    expect(left('cash', 2)).toBe(0)
  })

  it('is nothing once the sale is complete, also where rounding made it so', () => {
    expect(left('card', 1002, cash(1000))).toBe(0)
    expect(left('cash', 1002, cash(1000))).toBe(0)
    expect(left('card', 1002, cash(2000))).toBe(0)
  })
})

describe('a tender is refused', () => {
  it('when nothing is due', () => {
    expect(refusal(0, [], cash(100))).toEqual({ code: 'nothing-due' })
    expect(refusal(1000, [card(1000)], cash(5))).toEqual({ code: 'nothing-due' })
    expect(refusal(1002, [cash(1000)], card(2))).toEqual({ code: 'nothing-due' })
  })

  it('when it is nothing or less, except for a cash leg that rounds to nothing', () => {
    expect(refusal(1000, [], card(0))).toEqual({ code: 'not-positive' })
    expect(refusal(1000, [], cash(0))).toEqual({ code: 'not-positive' })
    expect(refusal(1000, [], cash(-5))).toEqual({ code: 'not-positive' })
    expect(refusal(2, [], cash(-5))).toEqual({ code: 'not-positive' })
    expect(refusal(2, [], card(0))).toEqual({ code: 'not-positive' })
    expect(refusal(2, [], cash(0))).toBeUndefined()
  })

  it('when it is not cash and exceeds what is left, because only cash gives change', () => {
    expect(refusal(1000, [], card(1001))).toEqual({ code: 'over-due', most: 1000 })
    expect(refusal(1002, [cash(500)], card(503))).toEqual({ code: 'over-due', most: 502 })
    expect(refusal(1000, [], cash(5000))).toBeUndefined()
  })

  it('when it is cash no coins can make, which would leave change no coins can give', () => {
    expect(refusal(1002, [], cash(803))).toEqual({ code: 'not-in-coins', step: 5 })
    expect(refusal(1002, [], card(803))).toBeUndefined()
  })

  it('when it is more cash than a sale can hold', () => {
    expect(refusal(1000, [], cash(MOST_MONEY + 5))).toEqual({ code: 'over-due', most: MOST_MONEY })
  })
})

describe('quick cash', () => {
  it.each([
    [605, [605, 700, 1000, 2000, 5000]],
    [1238, [1240, 1300, 1500, 2000, 5000]],
    [200, [200, 500, 1000, 2000, 5000]],
    [2080, [2080, 2100, 2500, 3000, 5000]],
    [5000, [5000, 10_000]],
    [12_345, [12_345, 12_400, 12_500, 13_000, 15_000]],
    [0, []],
    [-5, []],
  ])('for %i cents offers %j', (due, offered) => {
    expect(quickCash(minor(due), 5)).toEqual(offered)
  })

  it('offers at most five amounts, each enough and none twice, the exact one first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 1_000_000 }), (due) => {
        const offered = quickCash(minor(due), 5)
        const [exact] = offered
        expect(exact).toBe(settled(due, cash(0)).due)
        expect(offered.length).toBeLessThanOrEqual(5)
        expect(offered).toEqual([...new Set(offered)].sort((a, b) => a - b))
      }),
    )
  })
})

describe('a leg that is taken back', () => {
  const voucher: Tender = {
    ...{ methodCode: 'VOUCHER', kind: 'voucher', code: 'V7K3M9PQX2TBAW' },
    ...{ amount: minor(400), forfeited: minor(200) },
  }
  it('leaves what is due to a voucher that would have lost its rest', () => {
    const legs = [cash(200), voucher]
    const { forfeited: _, ...whole } = voucher
    expect(withoutTender(legs, 0, minor(200))).toEqual([{ ...whole, amount: 600 }])
    expect(withoutTender(legs, 0, minor(50))).toEqual([{ ...voucher, amount: 450, forfeited: 150 }])
    expect(withoutTender(legs, 1, minor(400))).toEqual([cash(200)])
    expect(withoutTender([card(100), cash(200)], 0, minor(100))).toEqual([cash(200)])
  })
})

describe('a typed reference', () => {
  it('is kept as typed, within what a sale can hold', () => {
    expect(cleanReference(' A12 345 ')).toBe('A12 345')
    expect(cleanReference('x'.repeat(80))).toHaveLength(64)
  })

  it('is none when it is blank', () => {
    expect(cleanReference('  ')).toBeUndefined()
    expect(cleanReference('')).toBeUndefined()
  })

  it('loses what no journal can hold: control characters and half characters', () => {
    expect(cleanReference('12\u000034\u001b')).toBe('1234')
    expect(cleanReference(`${'x'.repeat(63)}😂`)).toBe('x'.repeat(63))
    expect(cleanReference('\ud83d12')).toBe('12')
  })
})

describe('change', () => {
  it('is spoken of where cash was taken, and of nothing else', () => {
    expect(givesChange({ tenders: [card(500)], change: minor(0) })).toBe(false)
    expect(givesChange({ tenders: [], change: minor(0) })).toBe(false)
    expect(givesChange({ tenders: [card(500), cash(500)], change: minor(0) })).toBe(true)
    expect(givesChange({ tenders: [cash(1000)], change: minor(500) })).toBe(true)
  })
})

describe('change', () => {
  it('is asked about from 100.00 on', () => {
    expect([0, 9995, 10_000, 396_550].map((change) => isMuchChange(minor(change)))).toEqual([
      false,
      false,
      true,
      true,
    ])
  })
})
