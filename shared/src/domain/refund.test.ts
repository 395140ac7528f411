import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyPromotionFacts, anyRules, anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import {
  amountOff,
  card,
  cartOf,
  cash,
  customer,
  nets,
  paynow,
  percent,
  priced,
  refundOf,
  SALE_ID,
  SINGAPORE,
  saleOf,
  voidOf,
} from '../testing/builders.ts'
import { oracleReturns } from '../testing/refund-oracle.ts'
import { MAX_LINES } from './cart.ts'
import { checkRefund } from './check-refund.ts'
import { MOST_PRICE, minor, ppm, sumMinor, thousandths } from './money.ts'
import { completeBlindRefund, completeRefund, completeVoid, type RefundBody } from './refund.ts'
import { leftOf, returnedBefore } from './refund-share.ts'
import type { SaleBody } from './sale.ts'
import { changeByTender } from './tender.ts'
import { waysBack } from './way-back.ts'

const anySale = fc
  .tuple(anyCart, anyRules, anyTenderWishes, anyPromotionFacts)
  .map(([cart, rules, wishes, facts]) =>
    saleOf(cart, tendersFor(priced(cart, rules, facts), wishes, rules.cashStep), rules, facts),
  )

/** Refunds of a sale one after the other, as the wishes have it, the last of which takes whatever is left. */
function returnsOf(sale: SaleBody, wishes: readonly (readonly number[])[]): RefundBody[] {
  const refunds: RefundBody[] = []
  for (const wish of [...wishes, undefined]) {
    const returned = returnedBefore({ before: refunds })
    const picks = sale.lines.flatMap((line, i) => {
      const left = leftOf(line, returned.get(i + 1) ?? 0)
      const part = wish === undefined ? 100 : (wish[i % wish.length] ?? 0)
      const quantity = Math.floor((left * part) / 100)
      // In two picks, so that one refund also holds two shares of one line.
      const first = Math.floor(quantity / 3)
      return [
        { lineNo: i + 1, quantity: first, restock: false },
        { lineNo: i + 1, quantity: quantity - first },
      ].filter((pick) => pick.quantity > 0)
    })
    if (picks.length > 0) refunds.push(refundOf(sale, { picks, before: [...refunds] }))
  }
  return refunds
}
const anyReturns = fc
  .tuple(anySale, fc.array(fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }), { maxLength: 5 }))
  .map(([sale, wishes]) => ({ sale, refunds: returnsOf(sale, wishes) }))

const byMethod = (legs: readonly { methodCode: string; amount: number }[]) => {
  const amounts = new Map<string, number>()
  for (const { methodCode, amount } of legs) amounts.set(methodCode, (amounts.get(methodCode) ?? 0) + amount)
  return Object.fromEntries([...amounts].filter(([, amount]) => amount !== 0).sort())
}
const takenBy = ({ tenders, change }: SaleBody) => {
  const changes = changeByTender(tenders, change)
  return byMethod(tenders.map((tender, i) => ({ ...tender, amount: tender.amount - (changes[i] ?? 0) })))
}

describe('refunds of a sale', () => {
  it('return everything when together they take everything, whatever the sequence: every cent and every point', () => {
    fc.assert(
      fc.property(anyReturns, ({ sale, refunds }) => {
        const of = (lineNo: number) =>
          refunds.flatMap((refund) => refund.lines).filter((line) => line.lineNo === lineNo)
        sale.lines.forEach((line, i) => {
          expect(sumMinor(of(i + 1).map((part) => part.quantity))).toBe(line.quantity)
          expect(sumMinor(of(i + 1).map((part) => part.net))).toBe(line.net)
          expect(sumMinor(of(i + 1).map((part) => part.tax))).toBe(line.tax)
        })
        expect(sumMinor(refunds.map((refund) => refund.net))).toBe(sale.net)
        expect(sumMinor(refunds.map((refund) => refund.tax))).toBe(sale.tax)
        expect(sumMinor(refunds.map((refund) => refund.pointsTaken))).toBe(sale.pointsEarned)
      }),
      { numRuns: 500 },
    )
  })

  it('come each to what the rules say, worked out a second time in exact fractions', () => {
    fc.assert(
      fc.property(anyReturns, ({ sale, refunds }) => {
        const book = oracleReturns(sale)
        for (const { lines, tenders, ...refund } of refunds) {
          const picks = lines.map(({ lineNo = 0, quantity }) => ({ lineNo, quantity }))
          const expected = book.refund(picks, tenders)
          expect({ ...refund, lines }).toMatchObject(expected)
        }
        for (const [i] of sale.lines.entries()) expect(book.left(i + 1)).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it('are each paid back in full, on no card more than was taken on it, with only the cash leg rounded', () => {
    fc.assert(
      fc.property(anyReturns, ({ sale, refunds }) => {
        for (const refund of refunds) {
          expect(sumMinor(refund.tenders.map((tender) => tender.amount))).toBe(refund.total)
          expect(refund.net + refund.rounding).toBe(refund.total)
          expect(Math.abs(refund.rounding) * 2).toBeLessThanOrEqual(sale.rules.cashStep)
          if (refund.tenders.every((tender) => tender.kind !== 'cash')) expect(refund.rounding).toBe(0)
        }
        const taken = takenBy(sale)
        const back = byMethod(refunds.flatMap((refund) => refund.tenders))
        for (const [method, amount] of Object.entries(back))
          if (method !== 'CASH') expect(amount).toBeLessThanOrEqual(taken[method] ?? 0)
      }),
      { numRuns: 500 },
    )
  })

  it('are found right by the check, also after they were written as JSON', () => {
    fc.assert(
      fc.property(anyReturns, ({ refunds }) => {
        for (const refund of refunds) {
          expect(checkRefund(refund)).toEqual([])
          expect(checkRefund(JSON.parse(JSON.stringify(refund)))).toEqual([])
        }
      }),
    )
  })

  it('share an odd cent as a person would: a third of $10.00 three times is 3.33, 3.34 and 3.33', () => {
    const sale = saleOf(cartOf([{ price: 1000, quantity: 3000, discount: amountOff(2000) }]))
    const one = [{ lineNo: 1, quantity: 1000 }]
    const first = refundOf(sale, { picks: one })
    const second = refundOf(sale, { picks: one, before: [first] })
    const third = refundOf(sale, { picks: one, before: [first, second] })
    expect([first, second, third].map(({ net, tax }) => [net, tax])).toEqual([
      [333, 28],
      [334, 27],
      [333, 28],
    ])
  })

  it('take back points in proportion, rounded down, and the rest with the last', () => {
    const sale = saleOf(cartOf([{ price: 1000, quantity: 4000 }], { customer: customer(1_333_333) }))
    expect(sale.pointsEarned).toBe(5)
    const one = [{ lineNo: 1, quantity: 1000 }]
    const refunds: RefundBody[] = []
    for (let i = 0; i < 4; i++) refunds.push(refundOf(sale, { picks: one, before: [...refunds] }))
    expect(refunds.map((refund) => refund.pointsTaken)).toEqual([1, 1, 1, 2])
    expect(refunds[0]?.customer).toEqual(sale.customer)
  })

  it('say of the sale and the line what they are a share of', () => {
    const sale = saleOf(
      cartOf([{ price: 545, quantity: 2000, discount: percent(10) }], { customer: customer() }),
    )
    const before = refundOf(sale, { picks: [{ lineNo: 1, quantity: 1500 }] })
    expect(
      refundOf(sale, { before: [before], picks: [{ lineNo: 1, quantity: 500, restock: false }] }),
    ).toStrictEqual({
      receiptNo: 'BED-T1-000002',
      original: { saleId: SALE_ID, receiptNo: 'BED-T1-000001', net: 981, pointsEarned: 0, returned: 736 },
      rules: SINGAPORE,
      lines: [
        {
          productId: sale.lines[0]?.productId,
          sku: 'MILO-400',
          name: 'Milo 400 g',
          quantity: 500,
          unitPrice: 545,
          net: 245,
          taxCode: 'SR',
          taxKind: 'standard',
          ratePpm: 90_000,
          tax: 20,
          lineNo: 1,
          of: { quantity: 2000, net: 981, tax: 81, returned: 1500 },
          restock: false,
        },
      ],
      tenders: [{ methodCode: 'CARD', kind: 'card', amount: 245 }],
      tax: 20,
      net: 245,
      rounding: 0,
      total: 245,
      customer: customer(),
      pointsTaken: 0,
      reason: 'Damaged',
    })
  })
})

describe('the way back of the money', () => {
  const sale = saleOf(cartOf([{ price: 3003 }]), [card(1000), cash(500), nets(500), cash(2000)])

  it('is the one it came by: cards first, and from the drawer only what came into it', () => {
    expect(sale).toMatchObject({ change: 995, total: 3005 })
    expect(waysBack({ sale, before: [] })).toEqual([
      { methodCode: 'CARD', kind: 'card', most: 1000 },
      { methodCode: 'NETS', kind: 'nets', most: 500 },
      { methodCode: 'CASH', kind: 'cash', most: 1505 },
    ])
    expect(refundOf(sale).tenders).toEqual([card(1000), nets(500), cash(1505)])
  })

  it('is narrower by what went back before', () => {
    const before = refundOf(sale, { picks: [{ lineNo: 1, quantity: 400 }] })
    expect(before.tenders).toEqual([card(1000), nets(201)])
    expect(refundOf(sale, { picks: [{ lineNo: 1, quantity: 600 }], before: [before] })).toMatchObject({
      net: 1802,
      tenders: [nets(299), cash(1505)],
      rounding: 2,
    })
  })

  it('may be chosen: all in cash, rounded to the coin', () => {
    const inCash = refundOf(sale, { ways: [{ methodCode: 'CASH', kind: 'cash' }] })
    expect(inCash).toMatchObject({ net: 3003, rounding: 2, total: 3005, tenders: [cash(3005)] })
  })

  it('rounds the cents away that stand for no coin, by an empty cash leg', () => {
    const small = saleOf(cartOf([{ price: 1002 }]), [card(1000), cash(0)])
    expect(refundOf(small)).toMatchObject({
      net: 1002,
      rounding: -2,
      total: 1000,
      tenders: [card(1000), cash(0)],
    })
  })

  it('must take all of it', () => {
    const original = { saleId: SALE_ID, sale, before: [] }
    const picks = [{ lineNo: 1, quantity: thousandths(1000), restock: true }]
    const ways = [{ methodCode: 'CARD', kind: 'card' as const, most: minor(1000) }]
    expect(completeRefund(original, picks, ways, { receiptNo: 'R', reason: 'x' })).toEqual({
      code: 'no-way-back',
      remaining: 2003,
    })
  })

  it('needs no tender when the goods had cost nothing', () => {
    const free = saleOf(cartOf([{ price: 500, discount: percent(100) }]))
    expect(refundOf(free)).toMatchObject({ net: 0, total: 0, tenders: [] })
  })
})

describe('a refund is refused', () => {
  const sale = saleOf(cartOf([{ quantity: 3000 }, { price: 200 }]))
  const original = { saleId: SALE_ID, sale, before: [] as RefundBody[] }
  const refund = (lineNo: number, quantity: number, before: RefundBody[] = []) =>
    completeRefund(
      { ...original, before },
      [{ lineNo, quantity: thousandths(quantity), restock: true }],
      waysBack(original),
      { receiptNo: 'R', reason: 'x' },
    )

  it('when nothing was picked', () => {
    expect(refund(1, 0)).toEqual({ code: 'nothing-picked' })
  })

  it('for a line the sale does not have', () => {
    expect(refund(3, 1000)).toEqual({ code: 'unknown-line', lineNo: 3 })
    expect(refund(0, 1000)).toEqual({ code: 'unknown-line', lineNo: 0 })
  })

  it('for more than is left of the line, picks of the same refund included', () => {
    expect(refund(1, 3001)).toEqual({ code: 'over-refund', lineNo: 1, left: 3000 })
    const before = [refundOf(sale, { picks: [{ lineNo: 1, quantity: 2000 }] })]
    expect(refund(1, 1001, before)).toEqual({ code: 'over-refund', lineNo: 1, left: 1000 })
    const twice = [
      { lineNo: 1, quantity: thousandths(2000), restock: true },
      { lineNo: 1, quantity: thousandths(2000), restock: false },
    ]
    expect(completeRefund(original, twice, waysBack(original), { receiptNo: 'R', reason: 'x' })).toEqual({
      code: 'over-refund',
      lineNo: 1,
      left: 1000,
    })
  })
})

describe('a void', () => {
  it('is the mirror of its sale: every amount, every point, and on every method what was taken on it', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const taken = voidOf(sale)
        const { net, tax, rounding, total } = sale
        expect(taken).toMatchObject({ net, tax, rounding, total, pointsTaken: sale.pointsEarned })
        expect(taken.lines.map((line) => [line.quantity, line.net, line.tax, line.restock])).toEqual(
          sale.lines.map((line) => [line.quantity, line.net, line.tax, true]),
        )
        expect(byMethod(taken.tenders)).toEqual(takenBy(sale))
        expect(checkRefund(taken)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('is refused once something of the sale came back', () => {
    const sale = saleOf(cartOf([{ quantity: 3000 }]))
    const before = [refundOf(sale, { picks: [{ lineNo: 1, quantity: 1000 }] })]
    const paper = { receiptNo: 'R', reason: 'x' }
    expect(completeVoid({ saleId: SALE_ID, sale, before }, paper)).toEqual({ code: 'already-refunded' })
    expect(completeVoid({ saleId: SALE_ID, sale, before: [voidOf(sale)] }, paper)).toEqual({
      code: 'already-refunded',
    })
  })
})

describe('a blind refund', () => {
  const line = (price: number, quantity: number, taxCode = 'SR', ratePpm = 90_000) => ({
    ...cartOf([{ price, taxCode }]).lines[0],
    productId: '018f3c5e-0000-7000-8000-000000000001',
    sku: 'MILO-400',
    name: 'Milo 400 g',
    taxKind: 'standard' as const,
    taxCode,
    unitPrice: minor(price),
    quantity: thousandths(quantity),
    ratePpm: ppm(ratePpm),
    restock: true,
  })
  const inCash = [{ methodCode: 'CASH', kind: 'cash' as const }]
  const paper = { receiptNo: 'BED-T1-000009', reason: 'No receipt' }

  it('is taxed as a sale of the same goods would be, and takes no points', () => {
    const rules = { ...SINGAPORE, rounding: 'total' as const }
    const refund = completeBlindRefund([line(545, 2000), line(333, 1000)], inCash, rules, paper)
    const sale = saleOf(cartOf([{ price: 545, quantity: 2000 }, { price: 333 }]), [cash(1500)], rules)
    if ('code' in refund) throw new Error(refund.code)
    const { tax, net, rounding, total } = sale
    expect(refund).toMatchObject({ tax, net, rounding, total, pointsTaken: 0 })
    expect(refund).not.toHaveProperty('original')
    expect(refund.lines[0]).not.toHaveProperty('lineNo')
    expect(checkRefund(refund)).toEqual([])
  })

  it('is refused when it is empty or larger than an entry can hold', () => {
    const blind = (lines: ReturnType<typeof line>[]) => completeBlindRefund(lines, inCash, SINGAPORE, paper)
    expect(blind([line(100, 0)])).toEqual({ code: 'nothing-picked' })
    expect(blind(Array.from({ length: MAX_LINES + 1 }, () => line(1, 1000)))).toEqual({
      code: 'too-large',
      what: 'lines',
    })
    expect(blind([line(MOST_PRICE, 10_000_000)])).toEqual({ code: 'too-large', what: 'amount' })
  })
})

describe('checking a refund', () => {
  const AMOUNTS = new Set('net tax rounding total pointsTaken amount'.split(' '))
  /** Every amount that went back, changed one at a time; `of` and `original` say what was, and are checked elsewhere. */
  function* changed(refund: RefundBody, by: number): Generator<[string, RefundBody]> {
    const paths: (string | number)[][] = []
    const visit = (node: unknown, path: (string | number)[]) => {
      if (path.includes('of') || path.includes('original')) return
      if (typeof node === 'object' && node !== null)
        for (const [key, child] of Object.entries(node)) visit(child, [...path, key])
      else if (typeof node === 'number' && AMOUNTS.has(String(path.at(-1)))) paths.push(path)
    }
    visit(refund, [])
    for (const path of paths) {
      const copy = structuredClone(refund) as unknown as Record<string | number, unknown>
      let node = copy
      for (const key of path.slice(0, -1)) node = node[key] as Record<string | number, unknown>
      const last = path.at(-1) ?? ''
      const value = (node[last] as number) + by
      if (value < 0 && last !== 'rounding') continue // not an amount the wire would let through
      node[last] = value
      yield [path.join('.'), copy as unknown as RefundBody]
    }
  }

  it('finds every single amount that was changed, by however little', () => {
    fc.assert(
      fc.property(anyReturns, fc.integer({ min: -300, max: 300 }), ({ refunds }, by) => {
        fc.pre(by !== 0)
        for (const refund of refunds)
          for (const [field, wrong] of changed(refund, by))
            expect(checkRefund(wrong), `${field} ${by}`).not.toEqual([])
      }),
    )
  })

  it('finds a cent more than the line’s share, though every sum agrees with it', () => {
    const sale = saleOf(cartOf([{ price: 1000, quantity: 3000, discount: amountOff(2000) }]))
    const refund = refundOf(sale, { picks: [{ lineNo: 1, quantity: 1000 }] })
    const generous = {
      ...refund,
      lines: refund.lines.map((line) => ({ ...line, net: minor(line.net + 1) })),
      net: minor(334),
      total: minor(334),
      tenders: [card(334)],
    }
    expect(checkRefund(generous)).toEqual([{ field: 'lines.0.net', expected: 333, actual: 334 }])
  })

  it('finds a second refund that forgot the first', () => {
    const sale = saleOf(cartOf([{ price: 1000, quantity: 3000, discount: amountOff(2000) }]))
    const one = [{ lineNo: 1, quantity: 1000 }]
    const second = refundOf(sale, { picks: one, before: [refundOf(sale, { picks: one })] })
    const lines = second.lines.map(({ of, ...line }) => ({
      ...line,
      ...(of && { of: { ...of, returned: thousandths(0) } }),
    }))
    expect(checkRefund({ ...second, lines })).toEqual([
      { field: 'lines.0.net', expected: 333, actual: 334 },
      { field: 'lines.0.tax', expected: 28, actual: 27 },
    ])
  })

  it('finds points that were kept', () => {
    const sale = saleOf(cartOf([{ price: 5000 }], { customer: customer() }), [paynow(5000)])
    expect(checkRefund({ ...refundOf(sale), pointsTaken: 0 })).toEqual([
      { field: 'pointsTaken', expected: 5, actual: 0 },
    ])
  })

  it('finds more given back of a line than there was of it', () => {
    const sale = saleOf(cartOf([{ price: 1000 }]))
    const refund = refundOf(sale)
    const twice = {
      ...refund,
      lines: refund.lines.map((line) => ({
        ...line,
        quantity: thousandths(2000),
        net: minor(2000),
        tax: minor(166),
      })),
    }
    expect(checkRefund(twice)).toContainEqual({ field: 'lines.0.net', expected: 1000, actual: 2000 })
  })
})
