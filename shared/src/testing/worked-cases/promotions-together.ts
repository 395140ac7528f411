import { amountOff, cash, customer, percent } from '../builders.ts'
import { amountOffEach, buyGet, eachAt, nth, one, onProducts, percentOff, setFor, two } from './offers.ts'
import { shopRule } from './sources.ts'
import {
  EXCLUSIVE_ON_TOTAL,
  EXCLUSIVE_PER_LINE,
  INCLUSIVE_ON_TOTAL,
  INCLUSIVE_PER_LINE,
  type WorkedCase,
} from './worked-case.ts'

const BEST = shopRule(
  'of several on the same goods, whatever takes most off; a piece takes part in one at most',
)
const EXCLUSIVE = shopRule('an exclusive promotion goes before all others, by priority')
const ORDER = shopRule('line discount, then promotion, then bill discount, then tax')

const WHOLE_BASKET = [
  { price: 400, quantity: 3000 },
  { price: 660, taxCode: 'ZR', discount: percent(10) },
  { price: 990, quantity: 640, unit: 'kg' as const },
]

export const TOGETHER_CASES: readonly WorkedCase[] = [
  {
    name: '10 %, or $1.50 off $10.00: the better one',
    source: BEST,
    working: '10.00 − 1.50 = 8.50; × 9/109 = 0.7018 → 0.70',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 1000 }],
    promotions: [one(percentOff(10)), two(amountOffEach(150))],
    expected: { subtotal: 1000, discount: 150, tax: { SR: 70 }, total: 850 },
  },
  {
    name: 'four at 3 for $5.00 or 10 %: the set for three, the 10 % on the fourth',
    source: BEST,
    working: '3 × 2.00 for 5.00; 2.00 − 0.20 = 1.80; 6.80 × 9/109 = 0.5615 → 0.56',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 200, quantity: 4000 }],
    promotions: [one(percentOff(10)), two(setFor(3, 500))],
    expected: { subtotal: 800, discount: 120, tax: { SR: 56 }, total: 680 },
  },
  {
    name: 'three offers on two products: the pair that takes most off',
    source: BEST,
    working:
      '10 % of both 1.00 + 0.60; or the second free with the first, 6.00; or the first at 8.00, 2.00: the free one wins and takes both; 10.00 for 16.00; × 9 % = 0.90',
    rules: EXCLUSIVE_PER_LINE,
    lines: [{ price: 1000 }, { price: 600 }],
    promotions: [one(percentOff(10)), two(buyGet(1, 1)), nth(3, eachAt(800), onProducts(1))],
    // 6.00 off, 3.75 and 2.25: 6.25 and 3.75 left, 0.5625 → 0.56 and 0.3375 → 0.34.
    expected: {
      subtotal: 1600,
      discount: 600,
      tax: { SR: 90 },
      total: 1090,
      nets: [625, 375],
      taxes: [56, 34],
    },
  },
  {
    name: 'two smaller offers together beat one that gives more by itself',
    source: BEST,
    working:
      'the second free with the first: 6.00; the first at 7.00 and 60 % off the second: 3.00 + 3.60 = 6.60; 7.00 and 2.40 × 9/109 = 0.5780 → 0.58 and 0.1982 → 0.20',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 1000 }, { price: 600 }],
    promotions: [one(buyGet(1, 1)), two(eachAt(700), onProducts(1)), nth(3, percentOff(60), onProducts(2))],
    expected: {
      subtotal: 1600,
      discount: 660,
      tax: { SR: 78 },
      total: 940,
      nets: [700, 240],
      taxes: [58, 20],
    },
  },
  {
    name: 'five offers on one product: the one that gives most',
    source: BEST,
    working: '50 % of 10.00; 5.00 × 9 % = 0.45; 5.45',
    rules: EXCLUSIVE_ON_TOTAL,
    lines: [{ price: 1000 }],
    promotions: [10, 20, 50, 40, 30].map((percentage, i) => nth(i + 1, percentOff(percentage))),
    expected: { subtotal: 1000, discount: 500, tax: { SR: 45 }, total: 545 },
  },
  {
    name: 'the odd cent of a set of equal goods goes to the dearer rate',
    source: shopRule(
      'what a set gives is split by worth; of equal shares the odd cent goes to the higher rate',
    ),
    working: '4.00 for 2.99: 50.5 cents each, 51 off the standard-rated; 1.49 × 9/109 = 0.1230 → 0.12',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 200, taxCode: 'ZR' }, { price: 200 }],
    promotions: [one(setFor(2, 299))],
    expected: { subtotal: 400, discount: 101, tax: { ZR: 0, SR: 12 }, total: 299, nets: [150, 149] },
  },
  {
    name: 'an exclusive 10 % goes before a better 50 %',
    source: EXCLUSIVE,
    working: '10.00 − 1.00 = 9.00; × 9/109 = 0.7431 → 0.74',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 1000 }],
    promotions: [one(percentOff(10), { stacking: 'exclusive' }), two(percentOff(50))],
    expected: { subtotal: 1000, discount: 100, tax: { SR: 74 }, total: 900 },
  },
  {
    name: 'exclusive offers that take nothing off leave the goods to the others',
    source: EXCLUSIVE,
    working:
      '3 × 2.00 for 6.00 and 3.00 at 3.00 give nothing; less 10 % 5.40 and 2.70; × 9 % = 0.486 → 0.49 and 0.243 → 0.24; 8.83',
    rules: EXCLUSIVE_PER_LINE,
    lines: [{ price: 200, quantity: 3000 }, { price: 300 }],
    promotions: [
      one(setFor(3, 600), { stacking: 'exclusive', ...onProducts(1) }),
      two(eachAt(300), { stacking: 'exclusive', ...onProducts(2) }),
      nth(3, percentOff(10)),
    ],
    expected: { subtotal: 900, discount: 90, tax: { SR: 73 }, total: 883, nets: [540, 270], taxes: [49, 24] },
  },
  {
    name: 'of two exclusive ones the smaller priority',
    source: EXCLUSIVE,
    working: '10.00 − 0.50 = 9.50; × 9 % = 0.855 → 0.86; 10.36',
    rules: EXCLUSIVE_PER_LINE,
    lines: [{ price: 1000 }],
    promotions: [
      one(percentOff(10), { stacking: 'exclusive', priority: 2 }),
      two(percentOff(5), { stacking: 'exclusive', priority: 1 }),
    ],
    expected: { subtotal: 1000, discount: 50, tax: { SR: 86 }, total: 1036 },
  },
  {
    name: 'an exclusive one leaves the other goods to the others',
    source: EXCLUSIVE,
    working:
      '10.00 − 1.00 = 9.00; 10.00 − 5.00 = 5.00; 14.00 × 9/109 = 1.1560 → 1.16: 74.57 and 41.43: 75, 41',
    rules: INCLUSIVE_ON_TOTAL,
    lines: [{ price: 1000 }, { price: 1000 }],
    promotions: [one(percentOff(10), { stacking: 'exclusive', ...onProducts(1) }), two(percentOff(50))],
    expected: {
      subtotal: 2000,
      discount: 600,
      tax: { SR: 116 },
      total: 1400,
      nets: [900, 500],
      taxes: [75, 41],
    },
  },
  {
    name: 'a promotion is given on what the line discount left',
    source: ORDER,
    working: '10.00 − 5.00 = 5.00, less 10 % = 4.50; × 9/109 = 0.3716 → 0.37',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 1000, discount: percent(50) }],
    promotions: [one(percentOff(10))],
    expected: { subtotal: 1000, discount: 550, tax: { SR: 37 }, total: 450 },
  },
  {
    name: 'a bill discount is given on what the promotion left',
    source: ORDER,
    working: '10.00 − 1.00 = 9.00, less 10 % = 8.10; × 9 % = 0.729 → 0.73; 8.83',
    rules: EXCLUSIVE_ON_TOTAL,
    lines: [{ price: 1000 }],
    billDiscount: percent(10),
    promotions: [one(percentOff(10))],
    expected: { subtotal: 1000, discount: 190, tax: { SR: 73 }, total: 883 },
  },
  {
    name: 'a promotion that goes with no bill discount leaves it to the other lines',
    source: ORDER,
    working:
      '20.00 − 5.00 = 15.00 stays; 8.00 less 10 % = 7.20; × 9/109 = 1.2385 → 1.24 and 0.5945 → 0.59; 22.20',
    rules: INCLUSIVE_PER_LINE,
    lines: [{ price: 2000 }, { price: 800 }],
    billDiscount: percent(10),
    promotions: [one(percentOff(25), { ...onProducts(1), withBillDiscount: false })],
    expected: {
      subtotal: 2800,
      discount: 580,
      tax: { SR: 183 },
      total: 2220,
      nets: [1500, 720],
      taxes: [124, 59],
    },
  },
  {
    name: 'an amount off the bill takes no more than the lines it may be taken of',
    source: ORDER,
    working: '20.00 − 5.00 = 15.00 stays; 8.00 − 8.00 = 0 of the $10.00; 15.00 × 9/109 = 1.2385 → 1.24',
    rules: INCLUSIVE_ON_TOTAL,
    lines: [{ price: 2000 }, { price: 800 }],
    billDiscount: amountOff(1000),
    promotions: [one(percentOff(25), { ...onProducts(1), withBillDiscount: false })],
    expected: {
      subtotal: 2800,
      discount: 1300,
      tax: { SR: 124 },
      total: 1500,
      nets: [1500, 0],
      taxes: [124, 0],
    },
  },
  {
    name: 'everything at once, tax added by line, in cash',
    source: ORDER,
    working:
      '12.00 in sets of 3 for 10.00; 6.60 − 0.66 = 5.94; 9.90 × 0.64 = 6.336 → 6.34; 5 % of 22.28 = 1.114 → 1.11: 49.82, 29.59 and 31.59 cents: 50, 30, 31; 9.50 and 6.03 × 9 % = 0.855 → 0.86 and 0.5427 → 0.54; 21.17 + 1.40 = 22.57, in coins 22.55; points ⌊22.57 ÷ 10⌋ × 1.25 = 2.5 → 2',
    rules: EXCLUSIVE_PER_LINE,
    lines: WHOLE_BASKET,
    billDiscount: percent(5),
    customer: customer(1_250_000),
    promotions: [one(setFor(3, 1000), onProducts(1))],
    tenders: [cash(3000)],
    expected: {
      subtotal: 2494,
      discount: 377,
      tax: { SR: 140, ZR: 0 },
      rounding: -2,
      total: 2255,
      change: 745,
      points: 2,
      nets: [950, 564, 603],
      taxes: [86, 0, 54],
    },
  },
  {
    name: 'everything at once, with the tax in it, on the total',
    source: ORDER,
    working:
      'as before 9.50, 5.64 and 6.03; 15.53 × 9/109 = 1.2823 → 1.28: 78.30 and 49.70 of it: 78, 50; 21.17, in coins 21.15; points ⌊21.17 ÷ 10⌋ × 1.25 = 2',
    rules: INCLUSIVE_ON_TOTAL,
    lines: WHOLE_BASKET,
    billDiscount: percent(5),
    customer: customer(1_250_000),
    promotions: [one(setFor(3, 1000), onProducts(1))],
    tenders: [cash(5000)],
    expected: {
      subtotal: 2494,
      discount: 377,
      tax: { SR: 128, ZR: 0 },
      rounding: -2,
      total: 2115,
      change: 2885,
      points: 2,
      nets: [950, 564, 603],
      taxes: [78, 0, 50],
    },
  },
]
