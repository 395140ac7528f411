import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCart, anyRules, anyTenderWishes, tendersFor } from '../testing/arbitraries.ts'
import {
  amountOff,
  card,
  cartOf,
  cash,
  customer,
  percent,
  priced,
  SINGAPORE,
  saleOf,
} from '../testing/builders.ts'
import { MAX_LINES } from './cart.ts'
import { MOST_MONEY, MOST_PRICE, minor, sumMinor } from './money.ts'
import { checkSale, completeSale, type SaleBody } from './sale.ts'
import { MAX_TENDERS } from './tender.ts'

const anySale = fc
  .tuple(anyCart, anyRules, anyTenderWishes)
  .map(([cart, rules, wishes]) =>
    saleOf(cart, tendersFor(priced(cart, rules), wishes, rules.cashStep), rules),
  )

/** Every amount of a sale: where it stands, and the sale with that one amount changed. */
function amountsOf(sale: SaleBody): { field: string; with: (by: number) => SaleBody }[] {
  const found: { field: string; with: (by: number) => SaleBody }[] = []
  const visit = (node: unknown, path: (string | number)[]) => {
    if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) visit(child, [...path, key])
    } else if (typeof node === 'number' && AMOUNTS.has(String(path.at(-1)))) {
      found.push({ field: path.join('.'), with: (by) => changed(sale, path, node + by) })
    }
  }
  visit(sale, [])
  return found
}

// Left out are what a sale was computed from and cannot be told by itself: price, quantity, rate, discount as given.
const AMOUNTS = new Set(
  'gross lineDiscount billShare net tax discount rounding total change pointsEarned amount'.split(' '),
)

function changed(sale: SaleBody, path: readonly (string | number)[], value: number): SaleBody {
  const copy = structuredClone(sale) as unknown
  let node = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) node = node[key] as Record<string | number, unknown>
  node[path.at(-1) ?? ''] = value
  return copy as SaleBody
}

describe('a completed sale', () => {
  it('adds up: Σ tenders − change = total, Σ line tax = tax, Σ lines − discounts + rounding = total', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const sum = (pick: (line: SaleBody['lines'][number]) => number) => sumMinor(sale.lines.map(pick))
        const added = sale.rules.inclusive ? 0 : sale.tax
        expect(sumMinor(sale.tenders.map((tender) => tender.amount)) - sale.change).toBe(sale.total)
        expect(sum((line) => line.tax)).toBe(sale.tax)
        expect(sum((line) => line.gross)).toBe(sale.gross)
        expect(sum((line) => line.lineDiscount + line.billShare)).toBe(sale.discount)
        expect(sale.gross - sale.discount + added).toBe(sale.net)
        expect(sale.net + sale.rounding).toBe(sale.total)
        expect(sale.pointsEarned).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('freezes what the line was rung up at, and nothing a screen hung on it', () => {
    const cart = cartOf([{ price: 545, discount: percent(10) }], {
      billDiscount: amountOff(9),
      customer: customer(),
    })
    const dressed = {
      ...cart,
      lines: cart.lines.map((line) => ({
        ...line,
        selected: true,
        discount: { ...line.discount, label: '10 %' },
      })),
      customer: { ...customer(), phone: '91234567' },
    } as typeof cart
    const tenders = [{ ...card(481, 'A12'), key: 1 }]
    const sale = completeSale(
      priced(dressed),
      dressed,
      tenders,
      { ...SINGAPORE, name: 'Shop' } as never,
      'BED-T1-000007',
    )
    expect(sale).toStrictEqual({
      receiptNo: 'BED-T1-000007',
      rules: SINGAPORE,
      lines: [
        {
          productId: cart.lines[0]?.productId,
          sku: 'MILO-400',
          name: 'Milo 400 g',
          quantity: 1000,
          unitPrice: 545,
          gross: 545,
          lineDiscount: 55,
          billShare: 9,
          net: 481,
          taxCode: 'SR',
          taxKind: 'standard',
          ratePpm: 90_000,
          tax: 40,
          discount: { kind: 'percent', ratePpm: 100_000 },
        },
      ],
      tenders: [{ methodCode: 'CARD', kind: 'card', amount: 481, reference: 'A12' }],
      gross: 545,
      discount: 64,
      tax: 40,
      net: 481,
      rounding: 0,
      total: 481,
      change: 0,
      billDiscount: { kind: 'amount', amount: 9 },
      customer: customer(),
      pointsEarned: 0,
    })
  })

  it('earns points on what the goods cost, before cash rounding', () => {
    const cart = cartOf([{ price: 999 }], { customer: customer(2_000_000) })
    expect(saleOf(cart, [cash(1000)])).toMatchObject({ total: 1000, rounding: 1, pointsEarned: 0 })
    expect(saleOf(cartOf([{ price: 1000 }], { customer: customer(2_000_000) })).pointsEarned).toBe(2)
    expect(saleOf(cartOf([{ price: 1000 }])).pointsEarned).toBe(0)
  })

  it('may cost nothing and needs no tender then', () => {
    const sale = saleOf(cartOf([{ price: 500, discount: percent(100) }]))
    expect(sale).toMatchObject({ gross: 500, discount: 500, net: 0, total: 0, change: 0, tenders: [] })
    expect(checkSale(sale)).toEqual([])
  })
})

describe('a sale is refused', () => {
  const complete = (cart: ReturnType<typeof cartOf>, tenders: Parameters<typeof saleOf>[1] = []) =>
    completeSale(priced(cart), cart, tenders, SINGAPORE, 'BED-T1-000001')

  it('with nothing in the cart', () => {
    expect(complete(cartOf([]))).toEqual({ code: 'empty-cart' })
  })

  it('while something remains to be paid', () => {
    expect(complete(cartOf([{ price: 1002 }]))).toEqual({ code: 'not-paid', remaining: 1002 })
    expect(complete(cartOf([{ price: 1002 }]), [cash(500)])).toEqual({ code: 'not-paid', remaining: 500 })
  })

  it('when a card paid more than is due, as after a line was removed: that is not change from the drawer', () => {
    expect(complete(cartOf([{ price: 800 }]), [card(1000)])).toEqual({ code: 'over-paid', excess: 200 })
    expect(complete(cartOf([{ price: 800 }]), [card(700), cash(500)])).toMatchObject({ change: 400 })
    expect(complete(cartOf([{ price: 800 }]), [card(900), cash(500)])).toEqual({
      code: 'over-paid',
      excess: 100,
    })
  })

  it('when it is larger than a journal entry can hold, rather than be held as unreadable later', () => {
    const many = cartOf(Array.from({ length: MAX_LINES + 1 }, () => ({ price: 1 })))
    expect(complete(many, [card(MAX_LINES + 1)])).toEqual({ code: 'too-large', what: 'lines' })
    const legs = Array.from({ length: MAX_TENDERS + 1 }, () => card(1))
    expect(complete(cartOf([{ price: MAX_TENDERS + 1 }]), legs)).toEqual({
      code: 'too-large',
      what: 'tenders',
    })
    const dear = cartOf([{ price: MOST_PRICE, quantity: 10_000_000 }])
    expect(complete(dear, [card(priced(dear).total)])).toEqual({ code: 'too-large', what: 'amount' })
    const flooded = cartOf([{ price: 5 }])
    expect(complete(flooded, [cash(MOST_MONEY + 5)])).toEqual({ code: 'too-large', what: 'amount' })
  })
})

describe('checking a sale', () => {
  it('finds nothing on any sale that was completed by the rules', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        expect(checkSale(sale)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('finds nothing after the sale has been written as JSON and read again', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        expect(checkSale(JSON.parse(JSON.stringify(sale)))).toEqual([])
      }),
    )
  })

  it('finds every single amount that was changed, by however little', () => {
    fc.assert(
      fc.property(anySale, fc.integer({ min: -300, max: 300 }), (sale, by) => {
        fc.pre(by !== 0)
        for (const amount of amountsOf(sale)) {
          // A discount as given may exceed what it is taken off; then a little more or less changes nothing.
          if (amount.field.toLowerCase().endsWith('discount.amount')) continue
          expect(checkSale(amount.with(by)), `${amount.field} ${by}`).not.toEqual([])
        }
      }),
    )
  })

  it('finds a cent of the bill discount moved from one line to another', () => {
    const sale = saleOf(cartOf([{ price: 500 }, { price: 500 }], { billDiscount: amountOff(100) }))
    const [a, b] = sale.lines
    if (!a || !b) throw new Error('two lines expected')
    const moved = {
      ...sale,
      lines: [
        { ...a, billShare: minor(51), net: minor(449) },
        { ...b, billShare: minor(49), net: minor(451) },
      ],
    }
    expect(checkSale(moved).map((difference) => difference.field)).toEqual([
      'lines.0.billShare',
      'lines.1.billShare',
    ])
  })

  it('finds a discount that nobody gave, though every sum agrees with it', () => {
    const sale = saleOf(cartOf([{ price: 1090 }]))
    const discounted = saleOf(cartOf([{ price: 1090, discount: amountOff(545) }]))
    const ungiven = { ...discounted, lines: discounted.lines.map(({ discount: _, ...line }) => line) }
    expect(checkSale(ungiven)).toEqual([{ field: 'lines.0.lineDiscount', expected: 0, actual: 545 }])
    expect(checkSale(sale)).toEqual([])
  })

  it('finds a cent of tax moved from one line to another', () => {
    const sale = saleOf(cartOf([{ price: 1090 }, { price: 1090 }]))
    const moved = {
      ...sale,
      lines: sale.lines.map((line, i) => ({ ...line, tax: minor(i === 0 ? 91 : 89) })),
    }
    expect(checkSale(moved).map((difference) => difference.field)).toEqual(['lines.0.tax', 'lines.1.tax'])
  })

  it('finds a sale that was let go for less than it cost', () => {
    const sale = saleOf(cartOf([{ price: 1000 }]))
    const short = { ...sale, tenders: [card(900)], total: minor(900) }
    expect(checkSale(short)).toEqual([{ field: 'total', expected: 1000, actual: 900 }])
  })

  it('finds tax charged on what is exempt', () => {
    const sale = saleOf(cartOf([{ price: 10_900 }]))
    const exempt = { ...sale, lines: sale.lines.map((line) => ({ ...line, taxKind: 'exempt' as const })) }
    expect(checkSale(exempt)).toEqual([{ field: 'lines.0.ratePpm', expected: 0, actual: 90_000 }])
  })

  it('finds change given for more than the cash that came in', () => {
    const sale = saleOf(cartOf([{ price: 800 }]))
    const overpaid = { ...sale, tenders: [card(1000)], change: minor(200) }
    expect(checkSale(overpaid)).toEqual([{ field: 'change', expected: 0, actual: 200 }])
  })

  it('says where and what it expected', () => {
    const sale = saleOf(cartOf([{ price: 10_900 }, { price: 100, taxCode: 'ZR' }]))
    const wrong = { ...sale, tax: minor(901) }
    expect(checkSale(wrong)).toEqual([{ field: 'tax', expected: 900, actual: 901 }])
  })
})
