import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyRules, anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import { card, cartOf, cash, paynow, priced, refundOf, saleOf, voidOf } from '../testing/builders.ts'
import { minor } from './money.ts'
import {
  closeOf,
  countedCash,
  expectedTenders,
  type ShiftEvent,
  shiftAfter,
  shiftFrom,
  shiftTotals,
  varianceOf,
} from './shift.ts'

const moved = (direction: 'in' | 'out', amount: number): ShiftEvent => ({
  kind: 'cash-moved',
  body: { direction, amount: minor(amount), reason: 'Bank' },
})

const anySaleEvent: fc.Arbitrary<ShiftEvent> = fc
  .tuple(anyCart, anyRules, anyTenderWishes)
  .map(([cart, rules, wishes]) => ({
    kind: 'sale' as const,
    body: saleOf(cart, tendersFor(priced(cart, rules), wishes, rules.cashStep), rules),
  }))
const anyEvents: fc.Arbitrary<ShiftEvent[]> = fc
  .array(
    fc.oneof(
      anySaleEvent.map((event) => [event]),
      anySaleEvent.map((event): ShiftEvent[] =>
        event.kind === 'sale' ? [event, { kind: 'void', body: voidOf(event.body) }] : [],
      ),
      anySaleEvent.map((event): ShiftEvent[] =>
        event.kind === 'sale'
          ? [event, { kind: 'refund', body: refundOf(event.body, { picks: [{ lineNo: 1, quantity: 1 }] }) }]
          : [],
      ),
      fc
        .tuple(fc.constantFrom('in' as const, 'out' as const), fc.nat(100_000))
        .map(([direction, amount]) => [moved(direction, amount)]),
    ),
    { maxLength: 8 },
  )
  .map((events) => events.flat())

describe('the totals of a shift', () => {
  it('expect in the drawer: float + cash − change − cash paid back + moved in − moved out', () => {
    fc.assert(
      fc.property(fc.nat(100_000), anyEvents, (float, events) => {
        let drawer = BigInt(float)
        for (const event of events) {
          if (event.kind === 'cash-moved')
            drawer += BigInt(event.body.direction === 'in' ? event.body.amount : -event.body.amount)
          else {
            const sign = event.kind === 'sale' ? 1 : -1
            for (const { kind, amount } of event.body.tenders)
              if (kind === 'cash') drawer += BigInt(sign * amount)
            if (event.kind === 'sale') drawer -= BigInt(event.body.change)
          }
        }
        const [inDrawer] = expectedTenders(shiftTotals(minor(float), events), 'CASH')
        expect(inDrawer).toMatchObject({ kind: 'cash', expected: Number(drawer) })
      }),
    )
  })

  it('do not depend on the order of the entries', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        expect(shiftTotals(minor(0), events.toReversed())).toEqual(shiftTotals(minor(0), events))
      }),
    )
  })

  it('add up over the methods to what was sold less what went back', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { takes, sales, refunds } = shiftTotals(minor(0), events)
        const taken = takes.reduce((sum, take) => sum + take.amount, 0)
        expect(taken).toBe(sales.total - refunds.total)
      }),
    )
  })

  it('come to nothing but the float where every sale was voided', () => {
    const sale = saleOf(cartOf([{ price: 1003 }]), [card(500), cash(1000)])
    const totals = shiftTotals(minor(20_000), [
      { kind: 'sale', body: sale },
      { kind: 'void', body: voidOf(sale) },
    ])
    expect(totals).toMatchObject({ sales: { count: 1, total: 1005 }, refunds: { count: 1, total: 1005 } })
    expect(expectedTenders(totals, 'CASH').map((take) => take.expected)).toEqual([20_000, 0])
  })

  it('count a day as a person would', () => {
    const first = saleOf(cartOf([{ price: 1090, quantity: 2000 }]), [cash(5000)])
    const second = saleOf(cartOf([{ price: 545 }]), [paynow(545)])
    const events: ShiftEvent[] = [
      { kind: 'sale', body: first },
      { kind: 'sale', body: second },
      { kind: 'refund', body: refundOf(first, { picks: [{ lineNo: 1, quantity: 1000 }] }) },
      moved('in', 500),
      moved('out', 2000),
    ]
    const close = closeOf(
      shiftTotals(minor(10_000), events),
      'CASH',
      [{ methodCode: 'CASH', amount: minor(9500) }],
      {
        note: 'Short',
      },
    )
    expect(close).toEqual({
      sales: { count: 2, total: 2725 },
      refunds: { count: 1, total: 1090 },
      tenders: [
        { methodCode: 'CASH', kind: 'cash', expected: 9590, counted: 9500 },
        { methodCode: 'PAYNOW', kind: 'paynow', expected: 545 },
      ],
      note: 'Short',
    })
    expect(close.tenders.map(varianceOf)).toEqual([-90, undefined])
  })

  it('have a row for cash though nobody paid in cash, by the company’s own word for it', () => {
    const totals = shiftAfter(shiftFrom(minor(5000)), { kind: 'sale', body: saleOf(cartOf([{}])) })
    expect(
      expectedTenders(totals, 'TUNAI').map(({ methodCode, expected }) => [methodCode, expected]),
    ).toEqual([
      ['TUNAI', 5000],
      ['CARD', 100],
    ])
  })
})

it('notes and coins add up to an amount', () => {
  expect(
    countedCash([
      { denomination: minor(5000), count: 2 },
      { denomination: minor(5), count: 3 },
    ]),
  ).toBe(10_015)
})
