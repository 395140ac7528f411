import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyRules, anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import {
  card,
  cartOf,
  cash,
  customer,
  giftCard,
  points,
  priced,
  refundOf,
  SALE_ID,
  SINGAPORE,
  saleOf,
} from '../testing/builders.ts'
import type { Cart } from './cart.ts'
import { checkRefund } from './check-refund.ts'
import { completeExchange, EXCHANGE_METHOD, type TakeBack } from './exchange.ts'
import { minor, ppm, thousandths } from './money.ts'
import {
  completeRefund,
  completeVoid,
  type OriginalSale,
  type PickedLine,
  type RefundBody,
} from './refund.ts'
import { checkSale, type SaleBody } from './sale.ts'
import { shiftTotals } from './shift.ts'
import { newValueCode } from './stored-value.ts'
import { pointsSpent, type Tender } from './tender.ts'
import { isMoney, type WayBack, waysBack } from './way-back.ts'

const papers = {
  refund: {
    entryId: '01932a5e-8c00-7000-8000-00000000e001',
    receiptNo: 'BED-T1-000002',
    reason: 'Too small',
  },
  sale: { entryId: '01932a5e-8c00-7000-8000-00000000e002', receiptNo: 'BED-T1-000003' },
}
const wholeOf = (sale: SaleBody): PickedLine[] =>
  sale.lines.map(({ quantity }, i) => ({ lineNo: i + 1, quantity, restock: true }))

function exchange(
  sold: SaleBody,
  out: Cart,
  {
    tenders = [],
    ways,
    rules = SINGAPORE,
  }: { tenders?: Tender[]; ways?: WayBack[]; rules?: typeof SINGAPORE } = {},
) {
  const original = { saleId: SALE_ID, sale: sold, before: [] }
  return completeExchange(
    { by: (by, paper) => completeRefund(original, wholeOf(sold), by, paper), open: waysBack(original) },
    priced(out, rules),
    out,
    rules,
    ways ?? waysBack(original),
    tenders,
    papers,
  )
}
function done<T extends object>(result: T): Exclude<T, { readonly code: string }> {
  if ('code' in result) throw new Error(JSON.stringify(result))
  return result as Exclude<T, { readonly code: string }>
}
const legs = (tenders: readonly Tender[]) => tenders.map(({ methodCode, amount }) => [methodCode, amount])

describe('an exchange', () => {
  it('takes only the difference where what goes out is dearer', () => {
    const sold = saleOf(cartOf([{ price: 1000 }]), [card(1000)])
    const { refund, sale } = done(exchange(sold, cartOf([{ price: 1290 }]), { tenders: [cash(500)] }))
    expect(legs(refund.tenders)).toEqual([[EXCHANGE_METHOD, 1000]])
    expect(legs(sale.tenders)).toEqual([
      [EXCHANGE_METHOD, 1000],
      ['CASH', 500],
    ])
    expect(sale).toMatchObject({ total: 1290, change: 210 })
  })

  it('gives only the difference back where what came back was dearer, the way it was paid', () => {
    const sold = saleOf(cartOf([{ price: 1290 }]), [card(1290)])
    const { refund, sale } = done(exchange(sold, cartOf([{ price: 1000 }])))
    expect(legs(refund.tenders)).toEqual([
      [EXCHANGE_METHOD, 1000],
      ['CARD', 290],
    ])
    expect(legs(sale.tenders)).toEqual([[EXCHANGE_METHOD, 1000]])
  })

  it('moves no money where both are worth the same, and rounds nothing', () => {
    const sold = saleOf(cartOf([{ price: 1003 }]), [cash(1005)])
    const { refund, sale } = done(exchange(sold, cartOf([{ price: 1003 }])))
    expect(refund).toMatchObject({ rounding: 0, total: 1003 })
    expect(sale).toMatchObject({ rounding: 0, total: 1003, change: 0 })
  })

  it('names each half on the other', () => {
    const sold = saleOf(cartOf([{ price: 1000 }]))
    const { refund, sale } = done(exchange(sold, cartOf([{ price: 400 }])))
    expect(refund.exchange).toEqual({
      entryId: papers.sale.entryId,
      receiptNo: 'BED-T1-000003',
      amount: 400,
    })
    expect(sale.exchange).toEqual({
      entryId: papers.refund.entryId,
      receiptNo: 'BED-T1-000002',
      amount: 400,
    })
  })

  it('is nothing without goods that go out, without goods that come back, or with too little paid', () => {
    const sold = saleOf(cartOf([{ price: 1000 }]))
    expect(exchange(sold, cartOf([]))).toEqual({ code: 'empty-cart' })
    expect(exchange(sold, cartOf([{ price: 1290 }]))).toEqual({ code: 'not-paid', remaining: 290 })
    const nothing = completeExchange(
      {
        by: (by, paper) => completeRefund({ saleId: SALE_ID, sale: sold, before: [] }, [], by, paper),
        open: [],
      },
      priced(cartOf([{}])),
      {},
      SINGAPORE,
      [],
      [],
      papers,
    )
    expect(nothing).toEqual({ code: 'nothing-picked' })
  })

  it('is two papers that the server finds nothing in, and leaves in the shift the difference alone', () => {
    fc.assert(
      fc.property(
        anyCart,
        anyCart,
        anyRules,
        anyTenderWishes,
        fc.boolean(),
        (before, out, rules, wishes, inCash) => {
          fc.pre(before.lines.length > 0 && out.lines.length > 0)
          const sold = saleOf(before, tendersFor(priced(before, rules), wishes, rules.cashStep), rules)
          const due = minor(Math.max(0, priced(out, rules).total - sold.net))
          const tenders = due > 0 ? [card(due)] : []
          const ways: WayBack[] = [
            inCash ? { methodCode: 'CASH', kind: 'cash' } : { methodCode: 'CARD', kind: 'card' },
          ]
          const { refund, sale } = done(exchange(sold, out, { tenders, ways, rules }))
          expect(checkRefund(refund)).toEqual([])
          expect(checkSale(sale)).toEqual([])
          const { takes, sales, refunds } = shiftTotals(minor(0), [
            { kind: 'refund', body: refund },
            { kind: 'sale', body: sale },
          ])
          const paid = takes.reduce((sum, { amount }) => sum + amount, 0)
          expect(paid).toBe(sales.total - refunds.total)
          expect(takes.find(({ kind }) => kind === 'exchange')?.amount ?? 0).toBe(0)
        },
      ),
    )
  })

  it('is seen to be wrong where the amount on a paper is not what its leg says', () => {
    const sold = saleOf(cartOf([{ price: 1000 }]))
    const { refund, sale } = done(exchange(sold, cartOf([{ price: 400 }])))
    const other = { entryId: papers.sale.entryId, receiptNo: 'BED-T1-000003', amount: minor(300) }
    expect(checkSale({ ...sale, exchange: other })).toEqual([
      { field: 'exchange', expected: 400, actual: 300 },
    ])
    expect(checkRefund({ ...refund, exchange: other })).toEqual([
      { field: 'exchange', expected: 400, actual: 300 },
    ])
  })
})

describe('what was taken in an exchange', () => {
  const bought = () =>
    done(exchange(saleOf(cartOf([{ price: 1000 }])), cartOf([{ price: 1290 }]), { tenders: [card(290)] }))
      .sale

  it('can be refunded in cash, and by card no more than was paid by card', () => {
    const original = { saleId: SALE_ID, sale: bought(), before: [] }
    const picks = [{ lineNo: 1, quantity: thousandths(1000), restock: true }]
    const paper = { receiptNo: 'BED-T1-000004', reason: 'Does not fit either' }
    expect(completeRefund(original, picks, waysBack(original), paper)).toEqual({
      code: 'no-way-back',
      remaining: 1000,
    })
    const inCash = done(completeRefund(original, picks, [{ methodCode: 'CASH', kind: 'cash' }], paper))
    expect(legs(inCash.tenders)).toEqual([['CASH', 1290]])
  })

  const bringBack = (sale: SaleBody, before: OriginalSale['before'] = []) => {
    const original = { saleId: SALE_ID, sale, before }
    const ways: WayBack[] = [
      ...waysBack(original).filter((way) => !isMoney(way)),
      { methodCode: 'CASH', kind: 'cash' },
    ]
    return done(completeRefund(original, wholeOf(sale), ways, { receiptNo: 'BED-T1-000009', reason: 'No' }))
  }
  const CODE = newValueCode('01932a5e-8c00-7000-8000-00000000e0f1')

  it('goes back to the gift card that paid for what was given for it, through every exchange', () => {
    const first = saleOf(cartOf([{ price: 2000 }]), [giftCard(CODE, 1500), cash(500)])
    const second = done(exchange(first, cartOf([{ price: 1800 }])))
    // $2.00 went back on the card at once.
    expect(legs(second.refund.tenders)).toEqual([
      [EXCHANGE_METHOD, 1800],
      ['GIFT', 200],
    ])
    expect(second.sale.exchange?.from).toEqual([giftCard(CODE, 1300)])
    expect(checkSale(second.sale)).toEqual([])
    const third = done(exchange(second.sale, cartOf([{ price: 2500 }]), { tenders: [card(700)] }))
    expect(checkRefund(third.refund)).toEqual([])
    expect(bringBack(third.sale).tenders).toMatchObject([
      giftCard(CODE, 1300),
      { kind: 'cash', amount: 1200 },
    ])
    expect(legs(bringBack(second.sale).tenders)).toEqual([
      ['GIFT', 1300],
      ['CASH', 500],
    ])
  })

  it('leaves nothing of the gift card for the goods that stayed', () => {
    const first = saleOf(cartOf([{ price: 1000 }, { price: 1000 }]), [giftCard(CODE, 1000), cash(1000)])
    const original = { saleId: SALE_ID, sale: first, before: [] }
    const by: TakeBack['by'] = (ways, paper) =>
      completeRefund(original, wholeOf(first).slice(0, 1), ways, paper)
    const out = cartOf([{ price: 1000 }])
    const { refund } = done(
      completeExchange(
        { by, open: waysBack(original) },
        priced(out),
        out,
        SINGAPORE,
        waysBack(original),
        [],
        papers,
      ),
    )
    expect(refund.exchange?.from).toEqual([giftCard(CODE, 1000)])
    expect(waysBack({ sale: first, before: [refund] })).toMatchObject([
      { kind: 'gift-card', most: 0 },
      { kind: 'cash', most: 1000 },
    ])
  })

  it('gives back the points of its customer, and nobody’s to another', () => {
    const mei = { customerId: '01932a5e-8c00-7000-8000-00000000e0c1', name: 'Mei', multiplierPpm: ppm(0) }
    const rules = { ...SINGAPORE, pointValue: 10 }
    const points: Tender = { methodCode: 'POINTS', kind: 'points', amount: minor(600), points: 60 }
    const first = saleOf({ ...cartOf([{ price: 1000 }]), customer: mei }, [points, cash(400)], rules)
    const out = cartOf([{ price: 1000 }])
    const { sale } = done(exchange(first, { ...out, customer: mei }, { rules }))
    expect(sale.exchange?.from).toEqual([points])
    expect(bringBack(sale).tenders).toMatchObject([points, { kind: 'cash', amount: 400 }])
    expect(done(exchange(first, out, { rules })).sale.exchange?.from).toBeUndefined()
  })

  it('is seen to be wrong where more paid for it than was handed over', () => {
    const first = saleOf(cartOf([{ price: 1000 }]), [giftCard(CODE, 1000)])
    const { refund, sale } = done(exchange(first, cartOf([{ price: 1000 }])))
    const more = { ...refund.exchange, ...sale.exchange, from: [giftCard(CODE, 1001)] } as NonNullable<
      SaleBody['exchange']
    >
    const difference = [{ field: 'exchange.from', expected: 0, actual: 1 }]
    expect(checkSale({ ...sale, exchange: more })).toEqual(difference)
    expect(checkRefund({ ...refund, exchange: more })).toEqual(difference)
  })

  it('cannot be voided: its other half would stand', () => {
    const original = { saleId: SALE_ID, sale: bought(), before: [] }
    expect(completeVoid(original, { receiptNo: 'x', reason: 'y' })).toEqual({ code: 'part-of-exchange' })
  })
})

it('what points had paid goes back within what they are worth, in any parts, and all of it', () => {
  const mei = { ...customer(), points: 10_000 }
  const byCash = { methodCode: 'CASH', kind: 'cash' as const }
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 1, max: 900 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      (pointValue, used, byCard, price, pieces, steps, inCash) => {
        const rules = { ...SINGAPORE, pointValue }
        const paid = pieces * price
        const worth = used * pointValue
        fc.pre(worth < 100_000)
        const first = saleOf(
          cartOf([{ price: worth + byCard }], { customer: mei }),
          [card(byCard), points(used, pointValue)],
          rules,
        )
        const out = cartOf([{ price, quantity: pieces * 1000 }], { customer: mei })
        const tenders = paid > worth + byCard ? [card(paid - worth - byCard)] : []
        const { refund, sale } = done(
          exchange(first, out, { rules, tenders, ...(inCash && { ways: [byCash] }) }),
        )
        expect([checkRefund(refund), checkSale(sale)]).toEqual([[], []])
        const before: RefundBody[] = []
        let left = pieces
        for (const step of [...steps, pieces]) {
          const now = Math.min(step, left)
          if (now === 0) continue
          left -= now
          const ways = [...waysBack({ sale, before }).filter(({ kind }) => kind !== 'cash'), byCash]
          const picks = [{ lineNo: 1, quantity: now * 1000 }]
          before.push(refundOf(sale, { picks, before, ways }))
          expect(checkRefund(before.at(-1) as RefundBody)).toEqual([])
        }
        const back = before.reduce((sum, { tenders }) => sum + pointsSpent(tenders), 0)
        expect(back).toBe(pointsSpent(sale.exchange?.from ?? []))
        if (!inCash) expect(back + pointsSpent(refund.tenders)).toBe(used)
      },
    ),
    { numRuns: 500 },
  )
})
