import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyRules } from '../testing/arbitraries.ts'
import { card, cartOf, cash, idOf, issue, percent, refundOf, saleOf, voidOf } from '../testing/builders.ts'
import { denominationsOf } from './denomination.ts'
import { minor } from './money.ts'
import { closeOf, countedCash, shiftTotals } from './shift.ts'
import { type ReportedEntry, shiftDetails, xReportOf, zReportOf } from './shift-report.ts'
import { newValueCode } from './stored-value.ts'

const MEI = idOf(1001)
const RAJ = idOf(1002)

const sale = (staffId: string, body = saleOf(cartOf([{}]))): ReportedEntry => ({
  kind: 'sale',
  staffId,
  body,
})
const moved = (direction: 'in' | 'out', amount: number): ReportedEntry => ({
  kind: 'cash-moved',
  staffId: MEI,
  body: { direction, amount: minor(amount), reason: 'Safe' },
})

/** Mei sells for $19.62 of which $10 is refunded by Raj; he sells for $3.00, which Mei voids. */
function shortDay(): ReportedEntry[] {
  const first = saleOf(cartOf([{ price: 2180, discount: percent(10) }]), [cash(2000)])
  const second = saleOf(cartOf([{ price: 300, taxCode: 'ZR' }]), [card(300)])
  return [
    sale(MEI, first),
    sale(RAJ, second),
    { kind: 'refund', staffId: RAJ, body: refundOf(saleOf(cartOf([{ price: 1090 }])), {}) },
    { kind: 'void', staffId: MEI, body: voidOf(second) },
    moved('in', 500),
    moved('out', 1200),
    moved('out', 300),
    { kind: 'drawer-opened', staffId: RAJ },
  ]
}
const context = {
  companyName: 'Tiong Minimart',
  outletName: 'Bedok',
  tillName: 'Counter 1',
  currency: 'SGD',
  timeZone: 'Asia/Singapore',
  openedAt: '2026-11-21T01:00:00.000Z',
  openedBy: 'Mei',
  at: '2026-11-21T12:00:00.000Z',
  by: 'Raj',
  waiting: 0,
  nameOfStaff: (id: string) => (id === MEI ? 'Mei' : 'Raj'),
  nameOfMethod: (code: string) => code.toLowerCase(),
}
const eventsOf = (entries: readonly ReportedEntry[]) =>
  entries.filter((entry) => entry.kind !== 'drawer-opened')

describe('what a report tells of a shift', () => {
  it('is what was sold, taken back, given off and moved, by tax and by cashier', () => {
    expect(shiftDetails(shortDay())).toEqual({
      voids: { count: 1, total: 300 },
      discounts: 218,
      rounding: -2,
      issued: 0,
      taxes: [
        { taxCode: 'SR', ratePpm: 90_000, taxable: 1800 - 1000, tax: 162 - 90 },
        { taxCode: 'ZR', ratePpm: 0, taxable: 0, tax: 0 },
      ],
      staff: [
        { staffId: MEI, sales: { count: 1, total: 1960 }, refunds: { count: 1, total: 300 } },
        { staffId: RAJ, sales: { count: 1, total: 300 }, refunds: { count: 1, total: 1090 } },
      ],
      movedIn: { count: 1, total: 500 },
      movedOut: { count: 2, total: 1500 },
      noSales: 1,
    })
  })

  it('tells what was put on gift cards apart: it is no turnover, and what is left of the net is goods and tax', () => {
    const card = issue(cartOf([{ price: 1090 }]), { code: newValueCode(idOf(9)), amount: 5000 })
    const [first, second] = [saleOf(card), saleOf(card)]
    const entries = [sale(MEI, first), sale(MEI, second)]
    expect(shiftDetails(entries)).toMatchObject({ issued: 10_000, taxes: [{ taxable: 2000, tax: 180 }] })
    const voided: ReportedEntry = { kind: 'void', staffId: MEI, body: voidOf(second) }
    expect(shiftDetails([...entries, voided])).toMatchObject({
      issued: 5000,
      taxes: [{ taxable: 1000, tax: 90 }],
    })
  })

  it('does not depend on the order of the entries', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(shortDay(), { minLength: 8 }), (entries) => {
        expect(shiftDetails(entries)).toEqual(shiftDetails(shortDay()))
      }),
    )
  })

  it('agrees with the totals of the shift: by tax, by cashier and by method it is the same money', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyCart, fc.constantFrom(MEI, RAJ), fc.nat(2)), { maxLength: 6 }),
        anyRules,
        (sold, rules) => {
          const entries = sold
            .filter(([cart]) => cart.lines.length > 0)
            .flatMap(([cart, staffId, fate]): ReportedEntry[] => {
              const body = saleOf(cart, undefined, rules)
              const back = { staffId, body: fate === 1 ? refundOf(body) : voidOf(body) }
              if (fate === 0) return [sale(staffId, body)]
              return [sale(staffId, body), { kind: fate === 1 ? 'refund' : 'void', ...back }]
            })
          const totals = shiftTotals(minor(0), eventsOf(entries))
          const { staff, taxes, rounding } = shiftDetails(entries)
          const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
          expect(sum(staff.map(({ sales }) => sales.total))).toBe(totals.sales.total)
          expect(sum(staff.map(({ refunds }) => refunds.total))).toBe(totals.refunds.total)
          expect(sum(taxes.map(({ taxable, tax }) => taxable + tax)) + rounding).toBe(
            totals.sales.total - totals.refunds.total,
          )
        },
      ),
    )
  })
})

describe('a report', () => {
  const entries = shortDay()
  const totals = shiftTotals(minor(10_000), eventsOf(entries))

  it('of an open shift says where it stands and what should be in the drawer', () => {
    const report = xReportOf(totals, shiftDetails(entries), 'CASH', context)
    expect(report).toMatchObject({
      kind: 'X',
      float: 10_000,
      sales: { count: 2, total: 2260 },
      refunds: { count: 2, total: 1390 },
      staff: [{ name: 'Mei' }, { name: 'Raj' }],
      tenders: [
        { methodCode: 'CASH', name: 'cash', expected: 10_000 + 1960 + 500 - 1500 },
        { methodCode: 'CARD', name: 'card', expected: 300 - 300 - 1090 },
      ],
    })
    expect(report).not.toHaveProperty('zNo')
  })

  it('of a closed one has its number, what was counted and what that is over or short', () => {
    const closed = closeOf(totals, 'CASH', [{ methodCode: 'CASH', amount: minor(10_900) }], {
      zNo: 7,
      note: 'A note was torn',
    })
    expect(zReportOf(closed, totals.float, shiftDetails(entries), context)).toMatchObject({
      kind: 'Z',
      zNo: 7,
      note: 'A note was torn',
      tenders: [{ expected: 10_960, counted: 10_900, variance: -60 }, { methodCode: 'CARD' }],
    })
  })
})

describe('notes and coins', () => {
  it('of Singapore are counted from the largest to the smallest, and add up', () => {
    const all = denominationsOf('SGD')
    expect(all.map(({ value }) => value)).toEqual([10_000, 5000, 1000, 500, 200, 100, 50, 20, 10, 5])
    expect(countedCash(all.map(({ value }) => ({ denomination: value, count: 1 })))).toBe(16_885)
  })

  it('of a currency without a table are none', () => {
    expect(denominationsOf('XTS')).toEqual([])
  })
})
