import { amountOff, card, cash, customer, nets, percent } from '../builders.ts'
import { buyGet, one, setFor } from './offers.ts'
import { CA_PENNY, IRAS_RATE_CHANGE, shopRule, THREE_PENS, UK_DISCOUNTS } from './sources.ts'
import {
  EXCLUSIVE_ON_TOTAL,
  EXCLUSIVE_PER_LINE,
  INCLUSIVE_ON_TOTAL,
  INCLUSIVE_PER_LINE,
  type WorkedReturn,
} from './worked-case.ts'

const SHARE = shopRule('a refund is worth the share of the line up to now, less the share before it')
const WAY_BACK = shopRule('the money goes back the way it came, cards first, only cash rounded')
const POINTS = shopRule('points are taken back in proportion, rounded down, the rest with the last')

export const WORKED_RETURNS: readonly WorkedReturn[] = [
  {
    name: 'ten of a hundred screws, then the other ninety',
    source: `${CA_PENNY}, ${SHARE}`,
    working: '179.00 × 10/100 = 17.90; 23.27 × 10/100 = 2.327 → 2.33; 20.23; then 161.10 + 20.94 = 182.04',
    sale: {
      rules: EXCLUSIVE_ON_TOTAL,
      lines: [{ price: 179, quantity: 100_000, taxCode: 'CA13' }],
    },
    refunds: [
      { picks: [[1, 10_000]], expected: { owed: 2023, tax: 233, tenders: [card(2023)] } },
      { expected: { owed: 18_204, tax: 2094, tenders: [card(18_204)] } },
    ],
  },
  {
    name: 'screws paid in cash, all of them: what was paid',
    source: CA_PENNY,
    working: '202.27 → 202.25, there and back',
    sale: {
      rules: EXCLUSIVE_ON_TOTAL,
      lines: [{ price: 179, quantity: 100_000, taxCode: 'CA13' }],
      tenders: [cash(20_300)],
    },
    refunds: [{ expected: { owed: 20_227, tax: 2327, rounding: -2, tenders: [cash(20_225)] } }],
  },
  {
    name: 'three of a set for $10.00, one by one',
    source: SHARE,
    working:
      'net 10.00, tax 0.83: ⅓ 3.33 and 0.2767 → 0.28; ⅔ 6.67 and 0.5533 → 0.55, less that 3.34 and 0.27; then 3.33 and 0.28',
    sale: {
      rules: INCLUSIVE_PER_LINE,
      lines: [{ price: 400, quantity: 3000 }],
      promotions: [one(setFor(3, 1000))],
    },
    refunds: [
      { picks: [[1, 1000]], expected: { owed: 333, tax: 28, tenders: [card(333)] } },
      { picks: [[1, 1000]], expected: { owed: 334, tax: 27, tenders: [card(334)] } },
      { expected: { owed: 333, tax: 28, tenders: [card(333)] } },
    ],
  },
  {
    name: 'the free one of two, at another rate, then the other',
    source: UK_DISCOUNTS,
    working: '3.60 and 2.40 were paid, 0.60 of VAT on the first: 2.40 without VAT, then 3.60 with 0.60',
    sale: {
      rules: INCLUSIVE_ON_TOTAL,
      lines: [
        { price: 600, taxCode: 'UK20' },
        { price: 400, taxCode: 'ZR' },
      ],
      promotions: [one(buyGet(1, 1))],
    },
    refunds: [
      { picks: [[2, 1000]], expected: { owed: 240, tax: 0, tenders: [card(240)] } },
      { picks: [[1, 1000]], expected: { owed: 360, tax: 60, tenders: [card(360)] } },
    ],
  },
  {
    name: 'one line of a bill with 15 % off, tax added',
    source: SHARE,
    working: '12.35 − 1.85 = 10.50 and 0.95 of tax: 11.45; the others 6.60 + 2.83 = 9.43',
    sale: {
      rules: EXCLUSIVE_PER_LINE,
      lines: [{ price: 1235 }, { price: 777, taxCode: 'ZR' }, { price: 333, taxCode: 'EX' }],
      billDiscount: percent(15),
    },
    refunds: [
      { picks: [[1, 1000]], expected: { owed: 1145, tax: 95, tenders: [card(1145)] } },
      { expected: { owed: 943, tax: 0, tenders: [card(943)] } },
    ],
  },
  {
    name: 'the third of three pens, tax on the total, then the first two',
    source: THREE_PENS,
    working: '0.32 was 0.11, 0.11 and 0.10: 1.77 + 0.10 = 1.87; then 3.54 + 0.22 = 3.76; 5.63 in all',
    sale: {
      rules: EXCLUSIVE_ON_TOTAL,
      lines: [177, 177, 177].map((price) => ({ price, taxCode: 'MY6' })),
    },
    refunds: [
      { picks: [[3, 1000]], expected: { owed: 187, tax: 10, tenders: [card(187)] } },
      {
        picks: [
          [1, 1000],
          [2, 1000],
        ],
        expected: { owed: 376, tax: 22, tenders: [card(376)] },
      },
    ],
  },
  {
    name: '100 g of 385 g, then the rest',
    source: SHARE,
    working: '4.97 × 100/385 = 1.2909 → 1.29; 0.41 × 100/385 = 0.1065 → 0.11; then 3.68 and 0.30',
    sale: { rules: INCLUSIVE_PER_LINE, lines: [{ price: 1290, quantity: 385, unit: 'kg' }] },
    refunds: [
      { picks: [[1, 100]], expected: { owed: 129, tax: 11, tenders: [card(129)] } },
      { picks: [[1, 285]], expected: { owed: 368, tax: 30, tenders: [card(368)] } },
    ],
  },
  {
    name: 'two lines paid in cash, one by one: each refund is rounded by itself',
    source: WAY_BACK,
    working: '5.01 + 5.02 = 10.03 → 10.05; 5.01 → 5.00; 5.02 → 5.00; 0.41 of tax in each',
    sale: { rules: INCLUSIVE_PER_LINE, lines: [{ price: 501 }, { price: 502 }], tenders: [cash(1005)] },
    refunds: [
      { picks: [[1, 1000]], expected: { owed: 501, tax: 41, rounding: -1, tenders: [cash(500)] } },
      { picks: [[2, 1000]], expected: { owed: 502, tax: 41, rounding: -2, tenders: [cash(500)] } },
    ],
  },
  {
    name: 'card and cash: to the card first, the cash leg rounded again',
    source: WAY_BACK,
    working: '30.03 = 10.00 by card and 20.05 in coins for 20.03; tax 2.4796 → 2.48; back 10.00 and 20.05',
    sale: { rules: INCLUSIVE_PER_LINE, lines: [{ price: 3003 }], tenders: [card(1000), cash(5000)] },
    refunds: [{ expected: { owed: 3003, tax: 248, rounding: 2, tenders: [card(1000), cash(2005)] } }],
  },
  {
    name: 'card, NETS and cash, in two parts',
    source: WAY_BACK,
    working:
      '4 × 10.00: 15.00 card, 5.00 NETS, 20.00 cash; one back to the card; three: 5.00 card, 5.00 NETS, 20.00 cash; tax 3.30 × ¼ = 0.825 → 0.83',
    sale: {
      rules: INCLUSIVE_PER_LINE,
      lines: [{ price: 1000, quantity: 4000 }],
      tenders: [card(1500), nets(500), cash(2000)],
    },
    refunds: [
      { picks: [[1, 1000]], expected: { owed: 1000, tax: 83, tenders: [card(1000)] } },
      { expected: { owed: 3000, tax: 247, tenders: [card(500), nets(500), cash(2000)] } },
    ],
  },
  {
    name: 'five points of four pieces, one by one',
    source: POINTS,
    working:
      '4 × 1.25 = 5 points: 1.25 → 1; 2.5 → 2, less 1; 3.75 → 3, less 2; all 5, less 3. Tax 0.83, 1.65, 2.48, 3.30',
    sale: {
      rules: INCLUSIVE_PER_LINE,
      lines: [{ price: 1000, quantity: 4000 }],
      customer: customer(1_250_000),
    },
    refunds: [
      { picks: [[1, 1000]], expected: { owed: 1000, tax: 83, points: 1, tenders: [card(1000)] } },
      { picks: [[1, 1000]], expected: { owed: 1000, tax: 82, points: 1, tenders: [card(1000)] } },
      { picks: [[1, 1000]], expected: { owed: 1000, tax: 83, points: 1, tenders: [card(1000)] } },
      { expected: { owed: 1000, tax: 82, points: 2, tenders: [card(1000)] } },
    ],
  },
  {
    name: 'goods that were free',
    source: SHARE,
    working: '5.00 − 5.00 = 0: nothing goes back, and no tender is needed',
    sale: { rules: EXCLUSIVE_PER_LINE, lines: [{ price: 500, discount: amountOff(500) }], tenders: [] },
    refunds: [{ expected: { owed: 0, tax: 0, tenders: [] } }],
  },
  {
    name: 'goods of last year, at the rate of last year',
    source: `${IRAS_RATE_CHANGE} (the rate at the time of supply), ${SHARE}`,
    working: '1070 × 8/108 = 79.26, and 79.26 goes back, whatever the rate is now',
    sale: { rules: INCLUSIVE_PER_LINE, lines: [{ price: 107_000, taxCode: 'SR8' }] },
    refunds: [{ expected: { owed: 107_000, tax: 7926, tenders: [card(107_000)] } }],
  },
]
