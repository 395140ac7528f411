import { minor, thousandths } from '@evertill/shared/domain/money'
import { goodsOnLabel, type ScaleLabel } from '@evertill/shared/domain/scale-label'
import { expect, test } from 'vitest'
import { askAbout, knownFromLabel } from './ask.ts'

const milk = { unit: 'each' } as const
const bananas = { unit: 'kg' } as const
const sundry = { unit: 'each', openPrice: true } as const
const fish = { unit: 'kg', openPrice: true } as const
const unitPrice = minor(1200)
const weighed = { quantity: thousandths(500), apart: true } as const

test('goods by weight are weighed; those without a price of their own are asked for it, and weighed after that', () => {
  expect(askAbout(milk, {})).toBeUndefined()
  expect(askAbout(bananas, {})).toBe('weight')
  expect(askAbout(bananas, weighed)).toBeUndefined()
  expect(askAbout(sundry, {})).toBe('price')
  expect(askAbout(sundry, { unitPrice })).toBeUndefined()
  expect(askAbout(fish, {})).toBe('price')
  expect(askAbout(fish, { unitPrice })).toBe('weight')
  expect(askAbout(fish, { unitPrice, ...weighed })).toBeUndefined()
})

test('how many were typed ahead is neither a price nor a weight', () => {
  const six = { quantity: thousandths(6000) }
  expect(askAbout(milk, six)).toBeUndefined()
  expect(askAbout(sundry, six)).toBe('price')
  expect(askAbout(fish, six)).toBe('price')
  expect(askAbout(fish, { ...six, unitPrice })).toBe('weight')
})

const item = { itemCode: '00106', codes: ['106'] }
const labels: Record<ScaleLabel['carries'], ScaleLabel> = {
  weight: { ...item, carries: 'weight', quantity: thousandths(1250) },
  count: { ...item, carries: 'count', quantity: thousandths(3000) },
  price: { ...item, carries: 'price', price: minor(750) },
}

/** What a label leaves to be asked, and what is known then. */
function asked(label: ScaleLabel, product: typeof fish | typeof sundry | typeof bananas, price = 0) {
  const goods = goodsOnLabel(label, { unit: product.unit, unitPrice: minor(price) })
  if (goods.code !== 'goods') throw new Error(goods.code)
  const known = knownFromLabel(label, goods)
  return { about: askAbout(product, known), known }
}

test('a label that is a weight or a count leaves an open price to be asked for, and is a line apart', () => {
  for (const price of [0, 990]) {
    expect(asked(labels.weight, fish, price)).toEqual({
      about: 'price',
      known: { quantity: 1250, apart: true },
    })
    expect(asked(labels.count, sundry, price)).toEqual({
      about: 'price',
      known: { quantity: 3000, apart: true },
    })
  }
  expect(asked(labels.weight, bananas, 290).about).toBeUndefined()
})

test('a label that is a price leaves nothing to be asked: it is what all of it costs', () => {
  const known = { quantity: 1000, unitPrice: 750, labelPrice: 750, apart: true }
  expect(asked(labels.price, fish)).toEqual({ about: undefined, known })
  expect(asked(labels.price, sundry)).toEqual({ about: undefined, known })
  expect(asked(labels.price, fish, 1000)).toEqual({
    about: undefined,
    known: { quantity: 750, unitPrice: 1000, labelPrice: 750, apart: true },
  })
})
