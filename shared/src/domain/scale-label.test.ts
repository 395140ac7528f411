import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cash, priced, SINGAPORE } from '../testing/builders.ts'
import { gs1CheckDigit } from './barcode.ts'
import { type CartProduct, cartAfter, EMPTY_CART } from './cart.ts'
import { extend, MOST_PRICE, minor, thousandths } from './money.ts'
import { checkSale, completeSale } from './sale.ts'
import {
  goodsOnLabel,
  priceVerifier,
  quantityAtPrice,
  readScaleLabel,
  type ScaleLabelLayout,
  USUAL_SCALE_LABELS,
  unitPriceOnLabel,
  valueDigitsOf,
} from './scale-label.ts'

const weight = (
  prefix: string,
  itemDigits: number,
  decimals: number,
  verified = false,
): ScaleLabelLayout => ({
  prefix,
  carries: 'weight',
  itemDigits,
  decimals,
  verified,
})
const price = (prefix: string, itemDigits: number, decimals: number, verified = false): ScaleLabelLayout => ({
  ...weight(prefix, itemDigits, decimals, verified),
  carries: 'price',
})
const count = (prefix: string, itemDigits: number, verified = false): ScaleLabelLayout => ({
  ...weight(prefix, itemDigits, 0, verified),
  carries: 'count',
})

/*
 * Labels as they are printed. Sources, and where the single codes were read:
 *   Odoo     odoo.com/documentation/15.0/…/barcode_nomenclature.html (1.5 kg of pasta), and its POS's own
 *            BarcodeScanningTour (2305000123451 is 123.45)
 *   GS1 SE   gs1.se/en/our-standards/Identify/variable-weight-number1: prefix 20–25 say how many decimals
 *   biip     github.com/jodal/biip tests/rcn/test_rules.py: labels of Norwegian goods, of GS1 Denmark's pages on
 *            GTIN-13 price and weight, of GS1 Germany's "GTIN in der Anwendung", of GS1 UK's "How to barcode
 *            variable measure items", of GS1 Finland and GS1 Latvia
 *   Datamax  E-Class Mark II Programmer's Manual, appendix O: where the verifier stands in UPC-A and EAN-13;
 *            digits worked by hand
 */
const PUBLISHED: readonly (readonly [
  from: string,
  code: string,
  layout: ScaleLabelLayout,
  itemCode: string,
  value: { quantity: number } | { price: number },
])[] = [
  ['Odoo, weight', '2112345015002', weight('21', 5, 3), '12345', { quantity: 1500 }],
  ['Odoo, price', '2305000123451', price('23', 5, 2), '05000', { price: 12_345 }],
  ['Sweden, price with two decimals', '2088060112343', price('20', 6, 2), '880601', { price: 1234 }],
  ['Sweden, price with one decimal', '2188060112340', price('21', 6, 1), '880601', { price: 12_340 }],
  ['Sweden, price in whole kronor', '2288060112347', price('22', 6, 0), '880601', { price: 123_400 }],
  ['Sweden, weight with three decimals', '2388060112344', weight('23', 6, 3), '880601', { quantity: 1234 }],
  ['Sweden, weight with two decimals', '2488060112341', weight('24', 6, 2), '880601', { quantity: 12_340 }],
  ['Sweden, weight with one decimal', '2588060112348', weight('25', 6, 1), '880601', { quantity: 123_400 }],
  ['Finland, weight', '2488060112341', weight('24', 6, 2), '880601', { quantity: 12_340 }],
  ['Latvia, weight', '2311111112345', weight('23', 6, 3), '111111', { quantity: 1234 }],
  ['Denmark, price', '2135040039753', price('21', 5, 2), '35040', { price: 3975 }],
  ['Denmark, price of another prefix', '2435040039754', price('24', 5, 2), '35040', { price: 3975 }],
  ['Denmark, weight', '2623570001505', weight('26', 5, 3), '23570', { quantity: 150 }],
  ['Norway, a cheese', '2302148210869', weight('23', 6, 3), '021482', { quantity: 1086 }],
  ['Norway, chicken', '2368091402263', weight('23', 6, 3), '680914', { quantity: 226 }],
  ['Germany, price, verified', '2211114002394', price('22', 4, 2, true), '1111', { price: 239 }],
  ['Germany, count, verified', '2511119000129', count('25', 4, true), '1111', { quantity: 12_000 }],
  ['Germany, weight, verified', '2811111068708', weight('28', 4, 3, true), '1111', { quantity: 6870 }],
  ['United Kingdom, price, verified', '2011122912346', price('20', 5, 2, true), '11122', { price: 1234 }],
  ['Datamax, EAN-13, five digits', '2012346011990', price('20', 4, 2, true), '1234', { price: 1199 }],
  ['Datamax, UPC-A, four digits', '212345101506', price('02', 5, 2, true), '12345', { price: 150 }],
  ['Datamax, UPC-A read as EAN-13', '0212345101506', price('02', 5, 2, true), '12345', { price: 150 }],
]

describe('a label of a scale', () => {
  it.each(PUBLISHED)('%s: %s', (_, code, layout, itemCode, value) => {
    expect(readScaleLabel(code, [layout], 2)).toMatchObject({ carries: layout.carries, itemCode, ...value })
  })

  it.each([
    ['2511118000120', count('25', 4, true)], // GS1 Germany's label with 8 for the verifier's 9
    ['2011122812349', price('20', 5, 2, true)], // GS1 UK's, the same
  ])('%s with a wrong verifier says nothing', (code, layout) => {
    expect(readScaleLabel(code, [layout], 2)).toBeUndefined()
    expect(
      readScaleLabel(code, [{ ...layout, verified: false, itemDigits: layout.itemDigits }], 2),
    ).toBeDefined()
  })

  it.each(['2112345015003', '8888000000017', '211234501500', '21123450150022', '2212345015001', ''])(
    'is not read out of %j',
    (code) => expect(readScaleLabel(code, USUAL_SCALE_LABELS, 2)).toBeUndefined(),
  )

  it('is found by the code on it, the code a scale shows without zeros, or a whole label without a value', () => {
    expect(readScaleLabel('2100042015005', USUAL_SCALE_LABELS, 2)?.codes).toEqual([
      '00042',
      '42',
      '2100042000001',
    ])
    expect(readScaleLabel('2100000015009', USUAL_SCALE_LABELS, 2)?.codes[1]).toBe('0')
  })

  it('has a price in what the currency has: yen know no cents', () => {
    expect(readScaleLabel('2305000123451', [price('23', 5, 0)], 0)).toMatchObject({ price: 12_345 })
  })

  it('comes back as it was printed, whatever the layout', () => {
    const anyLayout = fc.record({
      prefix: fc.constantFrom('02', '20', '25', '29'),
      carries: fc.constantFrom('weight' as const, 'price' as const),
      itemDigits: fc.integer({ min: 4, max: 6 }),
      verified: fc.boolean(),
    })
    fc.assert(
      fc.property(anyLayout, fc.nat(999_999), fc.nat(999_999), (parts, item, amount) => {
        const layout = { ...parts, decimals: parts.carries === 'weight' ? 3 : 2 }
        const digits = valueDigitsOf(layout)
        fc.pre(!layout.verified || digits === 4 || digits === 5)
        const itemCode = String(item).padStart(6, '0').slice(-layout.itemDigits)
        const value = String(amount).padStart(6, '0').slice(-digits)
        const bare = layout.prefix + itemCode + (layout.verified ? priceVerifier(value) : '') + value
        const label = readScaleLabel(bare + gs1CheckDigit(bare), [layout], 2)
        expect(label?.itemCode).toBe(itemCode)
        expect(label?.carries === 'price' ? label.price : label?.quantity).toBe(Number(value))
      }),
    )
  })
})

it.each([
  // GS1 General Specifications 7.9.3: its worked examples.
  ['2875', 9],
  ['14685', 6],
])('the verifier of %s is %i', (value, digit) => expect(priceVerifier(value)).toBe(digit))

describe('what is sold by a label', () => {
  const ham: CartProduct = {
    productId: '018f3c5e-0000-7000-8000-000000000001',
    sku: 'HAM',
    name: 'Ham',
    unitPrice: minor(2590),
    taxCode: 'SR',
    taxKind: 'standard',
    unit: 'kg',
  }
  const goods = (code: string, unit: 'each' | 'kg', unitPrice = 2590) => {
    const label = readScaleLabel(code, USUAL_SCALE_LABELS, 2)
    return label && goodsOnLabel(label, { unit, unitPrice: minor(unitPrice) })
  }

  it('a weight is sold at the price of now', () => {
    expect(goods('2112345015002', 'kg')).toEqual({ code: 'goods', quantity: 1500, unitPrice: 2590 })
  })

  it('a price stands to the cent, and says how much it was', () => {
    // $10.00 at $25.90 a kilogram is 386 g, and 386 g are $9.9974.
    const found = goods('2312345010001', 'kg')
    expect(found).toEqual({ code: 'goods', quantity: 386, unitPrice: 2590, labelPrice: 1000 })
    expect(goods('2312345123459', 'kg')).toMatchObject({ quantity: 4766, labelPrice: 12_345 })
  })

  it('a price of what is sold by the piece, or has no price, is the price of one', () => {
    const one = { code: 'goods', quantity: 1000, unitPrice: 1000, labelPrice: 1000 }
    expect(goods('2312345010001', 'each')).toEqual(one)
    expect(goods('2312345010001', 'kg', 0)).toEqual(one)
  })

  it('a weight of what is sold by the piece, and a label that says nought, sell nothing', () => {
    expect(goods('2112345015002', 'each')).toEqual({ code: 'wrong-unit' })
    expect(goods('2112345000008', 'kg')).toEqual({ code: 'empty' })
    expect(goods('2312345000002', 'kg')).toEqual({ code: 'empty' })
  })

  it('the line costs what the label says, at any price of a kilogram', () => {
    const anyPrice = fc.integer({ min: 1, max: 999_999 })
    fc.assert(
      fc.property(anyPrice, fc.integer({ min: 1, max: MOST_PRICE }), (labelPrice, unitPrice) => {
        const product = { ...ham, unitPrice: minor(unitPrice) }
        const quantity = quantityAtPrice(minor(labelPrice), product.unitPrice)
        const cart = cartAfter(EMPTY_CART, {
          type: 'product-added',
          product,
          lineId: 'a',
          quantity,
          labelPrice: minor(labelPrice),
        })
        expect(priced(cart).total).toBe(labelPrice)
        // And the weight is the nearest there is: half a gram's worth away at most.
        const off = Math.abs(unitPrice * quantity - labelPrice * 1000)
        expect(quantity === 1 || quantity === 10_000_000 || off * 2 <= unitPrice).toBe(true)
      }),
    )
  })

  it('the sale says so, and is found wrong where price and weight do not go together', () => {
    const cart = cartAfter(EMPTY_CART, {
      type: 'product-added',
      product: ham,
      lineId: 'a',
      quantity: thousandths(386),
      labelPrice: minor(1000),
    })
    const sale = completeSale(priced(cart), cart, [cash(1000)], SINGAPORE, 'TB-1-000001')
    if ('code' in sale) throw new Error(sale.code)
    expect(sale.lines).toMatchObject([{ quantity: 386, unitPrice: 2590, gross: 1000, labelPrice: 1000 }])
    expect(checkSale(sale)).toEqual([])
    const lines = sale.lines.map((line) => ({ ...line, quantity: thousandths(400) }))
    expect(checkSale({ ...sale, lines })).toEqual([{ field: 'lines.0.quantity', expected: 386, actual: 400 }])
  })

  it('two packs are two lines, and a typed quantity or price puts an end to the label’s', () => {
    const pack = (lineId: string, grams: number) =>
      ({ type: 'product-added', product: ham, lineId, quantity: thousandths(grams), apart: true }) as const
    const cart = [pack('a', 386), pack('b', 386)].reduce(cartAfter, EMPTY_CART)
    expect(cart.lines.map((line) => line.quantity)).toEqual([386, 386])

    const labelled = cartAfter(EMPTY_CART, { ...pack('c', 386), labelPrice: minor(1000) })
    const retyped = cartAfter(labelled, { type: 'quantity-set', lineId: 'c', quantity: thousandths(400) })
    expect(priced(retyped).total).toBe(1036)
    const repriced = cartAfter(labelled, {
      type: 'price-overridden',
      lineId: 'c',
      unitPrice: minor(2000),
      reason: 'Short date',
    })
    expect(priced(repriced).total).toBe(772)
  })
})

it('goods up to a kilogram come back at what their label said, to the cent', () => {
  const unitPrice = minor(5290)
  // 5.37 of 52.90 a kilogram are 0.102 kg, which would come to 5.40.
  expect(quantityAtPrice(minor(537), unitPrice)).toBe(102)
  expect(extend(unitPriceOnLabel(minor(537), thousandths(102), unitPrice), thousandths(102))).toBe(537)
  // Where the shop's price says the same it stays: it is what the cashier knows.
  expect(unitPriceOnLabel(minor(540), thousandths(102), unitPrice)).toBe(5290)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 1000 }), (price, grams) => {
      const quantity = thousandths(grams)
      expect(extend(unitPriceOnLabel(minor(price), quantity, unitPrice), quantity)).toBe(price)
    }),
  )
})
