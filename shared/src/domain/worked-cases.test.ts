import { describe, expect, it } from 'vitest'
import { card, cartOf, onSaturday, refundOf } from '../testing/builders.ts'
import { oracleSale } from '../testing/sale-oracle.ts'
import { CASH_CASES, POINTS_CASES } from '../testing/worked-cases/cash-and-points.ts'
import { DISCOUNT_CASES } from '../testing/worked-cases/discounts.ts'
import { PROMOTION_CASES } from '../testing/worked-cases/promotions.ts'
import { TOGETHER_CASES } from '../testing/worked-cases/promotions-together.ts'
import { WORKED_RETURNS } from '../testing/worked-cases/returns.ts'
import { TAX_CASES } from '../testing/worked-cases/tax.ts'
import { RATES_WORKED, type Receipt, type WorkedCase } from '../testing/worked-cases/worked-case.ts'
import { checkRefund } from './check-refund.ts'
import { ppm, sumMinor } from './money.ts'
import { priceCart } from './pricing.ts'
import { promotionOff } from './promotion.ts'
import type { RefundBody } from './refund.ts'
import { checkSale, completeSale, type SaleBody } from './sale.ts'

const SALES = [
  ...TAX_CASES,
  ...DISCOUNT_CASES,
  ...PROMOTION_CASES,
  ...TOGETHER_CASES,
  ...CASH_CASES,
  ...POINTS_CASES,
]

type Input = Omit<WorkedCase, 'name' | 'source' | 'working' | 'expected'>

function ratePpmOf(taxCode: string) {
  const rate = RATES_WORKED[taxCode]
  if (rate === undefined) throw new Error(`no rate for ${taxCode}`)
  return ppm(rate)
}

const cartFor = ({ lines, billDiscount, customer }: Input) =>
  cartOf(lines, { ...(billDiscount && { billDiscount }), ...(customer && { customer }) })

function rungUp(input: Input): SaleBody {
  const cart = cartFor(input)
  const priced = priceCart(cart, input.rules, ratePpmOf, onSaturday(input.promotions ?? []))
  const sale = completeSale(priced, cart, input.tenders ?? [card(priced.total)], input.rules, 'BED-T1-000001')
  if ('code' in sale) throw new Error(`no sale: ${JSON.stringify(sale)}`)
  return sale
}

function taxByCode({ lines }: SaleBody): Record<string, number> {
  const tax: Record<string, number> = {}
  for (const line of lines) tax[line.taxCode] = (tax[line.taxCode] ?? 0) + line.tax
  return tax
}

const receiptOf = (sale: SaleBody): Required<Omit<Receipt, 'nets' | 'taxes'>> => ({
  subtotal: sale.gross,
  discount: sale.discount,
  tax: taxByCode(sale),
  rounding: sale.rounding,
  total: sale.total,
  change: sale.change,
  points: sale.pointsEarned,
})

describe('receipts worked by hand', () => {
  it.each(SALES)('$name', ({ expected, ...input }) => {
    const { nets, taxes, ...foot } = expected
    const sale = rungUp(input)
    expect(receiptOf(sale)).toEqual({ discount: 0, rounding: 0, change: 0, points: 0, ...foot })
    if (nets) expect(sale.lines.map((line) => line.net)).toEqual(nets)
    if (taxes) expect(sale.lines.map((line) => line.tax)).toEqual(taxes)
  })

  it.each(SALES)('$name: found right by the server, by the oracle and in another order', (input) => {
    const sale = rungUp(input)
    expect(checkSale(sale)).toEqual([])
    const given = sale.lines.map(({ promotions = [] }) => ({
      off: promotionOff(promotions),
      noBillDiscount: promotions.some(({ noBillDiscount }) => noBillDiscount),
    }))
    expect(sale).toMatchObject(oracleSale(cartFor(input), input.rules, RATES_WORKED, sale.tenders, given))

    const cart = cartFor(input)
    const backwards = { ...cart, lines: cart.lines.toReversed() }
    const { total, tax, discount } = priceCart(
      backwards,
      input.rules,
      ratePpmOf,
      onSaturday(input.promotions ?? []),
    )
    expect({ total, tax, discount }).toEqual({ total: sale.net, tax: sale.tax, discount: sale.discount })
  })

  it.each(SALES)('$name: all of it comes back', (input) => {
    const sale = rungUp(input)
    expect(refundOf(sale)).toMatchObject({ net: sale.net, tax: sale.tax, pointsTaken: sale.pointsEarned })
  })
})

describe('returns worked by hand', () => {
  it.each(WORKED_RETURNS)('$name', ({ sale: input, refunds }) => {
    const sale = rungUp(input)
    const before: RefundBody[] = []
    for (const { picks, expected } of refunds) {
      const left = sale.lines.map(({ quantity }, i) => {
        const gone = before.flatMap(({ lines }) => lines).filter(({ lineNo }) => lineNo === i + 1)
        return { lineNo: i + 1, quantity: quantity - sumMinor(gone.map((line) => line.quantity)) }
      })
      const refund = refundOf(sale, {
        picks: picks?.map(([lineNo, quantity]) => ({ lineNo, quantity })) ?? left,
        before: [...before],
      })
      const { net: owed, tax, rounding, pointsTaken: points, tenders } = refund
      expect({ owed, tax, rounding, points, tenders }).toEqual({ rounding: 0, points: 0, ...expected })
      expect(checkRefund(refund)).toEqual([])
      before.push(refund)
    }
    expect(sumMinor(before.map(({ net }) => net))).toBe(sale.net)
    expect(sumMinor(before.map(({ tax }) => tax))).toBe(sale.tax)
  })
})

describe('the table of worked cases', () => {
  it('is of sixty and more, each with its source and its working, none told twice', () => {
    const all = [...SALES, ...WORKED_RETURNS]
    expect(SALES.length).toBeGreaterThanOrEqual(60)
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { source, working } of all) expect(Math.min(source.length, working.length)).toBeGreaterThan(10)
  })

  it('has prices with and without the tax, by both methods, and every promotion', () => {
    const kinds = SALES.flatMap(({ promotions = [] }) => promotions.map(({ offer }) => offer.kind))
    expect(new Set(kinds)).toEqual(new Set(['off', 'price', 'set', 'buy-get']))
    const methods = SALES.map(({ rules }) => `${rules.inclusive} ${rules.rounding}`)
    for (const method of ['true line', 'true total', 'false line', 'false total'])
      expect(methods.filter((each) => each === method).length).toBeGreaterThan(9)
  })
})
