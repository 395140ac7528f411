import { minor, ppm } from '@evertill/shared/domain/money'
import type { PromotionOffer } from '@evertill/shared/domain/promotion'
import { expect, test } from 'vitest'
import { daysWords, goodsWords, offerWords, warningWords, whenWords } from './promotion-words.ts'

const offer = (of: PromotionOffer) => offerWords(of, 'SGD')

test('every kind of offer is said as a shop would say it', () => {
  expect(offer({ kind: 'off', discount: { kind: 'percent', ratePpm: ppm(125_000) } })).toBe('12.5 % off')
  expect(offer({ kind: 'off', discount: { kind: 'amount', amount: minor(100) } })).toBe('$1.00 off each')
  expect(offer({ kind: 'price', price: minor(250) })).toBe('$2.50 each')
  expect(offer({ kind: 'set', size: 3, price: minor(500), mixed: true })).toBe('Any 3 for $5.00')
  expect(offer({ kind: 'set', size: 3, price: minor(500), mixed: false })).toBe('3 of the same for $5.00')
  const free = { kind: 'buy-get', buy: 2, get: 1, ratePpm: ppm(1_000_000), mixed: true } as const
  expect(offer(free)).toBe('Buy 2 get 1 free')
  expect(offer({ ...free, ratePpm: ppm(500_000), mixed: false })).toBe('Buy 2 get 1 at 50 % off, of the same')
})

test('goods are said by name where there are few', () => {
  const some = (products: number, product: string | null, categories: string[]) =>
    goodsWords({ kind: 'some', products, product, categories })
  expect(goodsWords({ kind: 'all' })).toBe('Everything')
  expect(some(1, 'Kopi', [])).toBe('Kopi')
  expect(some(3, 'Kopi', ['Snacks'])).toBe('Snacks and 3 products')
  expect(some(0, null, ['Snacks', 'Drinks', 'Bakery'])).toBe('Snacks, Drinks and Bakery')
})

test('days that follow each other are said together', () => {
  expect(daysWords([5, 4, 3, 2, 1])).toBe('Mon–Fri')
  expect(daysWords([6, 7])).toBe('Sat and Sun')
  expect(daysWords([1, 3, 4, 5, 7])).toBe('Mon, Wed–Fri and Sun')
  expect(daysWords([1, 2, 3, 4, 5, 6, 7])).toBe('every day')
})

test('when it is on is said in one breath, with the year where it is another', () => {
  const hours = { days: [1, 2, 3, 4, 5], fromMinute: 900, untilMinute: 1440 }
  const words = (from: string | null, until: string | null) =>
    whenWords({ from, until, hours: null }, '2026-11-21')
  expect(words(null, null)).toBe('Always')
  expect(words('2026-11-23', '2027-01-01')).toBe('From Mon 23 Nov until Fri 1 Jan 2027')
  expect(whenWords({ from: null, until: '2026-11-30', hours }, '2026-11-21')).toBe(
    'Until Mon 30 Nov, Mon–Fri 15:00–24:00',
  )
})

test('a warning says what it means in figures', () => {
  const example = { products: 3, name: 'Kopi', pieces: 3, ordinary: minor(450), offered: minor(400) }
  expect(warningWords({ code: 'below-cost', cost: minor(420), ...example }, 'SGD')).toBe(
    '3 × Kopi would sell for $4.00 and cost you $4.20 (and so with 2 other products).',
  )
  expect(warningWords({ code: 'not-cheaper', all: true, ...example, pieces: 1 }, 'SGD')).toBe(
    'Kopi comes to $4.50 by the price tag anyway, so nobody will be given it.',
  )
  expect(warningWords({ code: 'not-cheaper', all: false, ...example, products: 1 }, 'SGD')).toBe(
    '3 × Kopi come to $4.50 by the price tag anyway, so it is not given on that by itself.',
  )
})
