import { minor, ppm } from '@evertill/shared/domain/money'
import type { PromotionOffer } from '@evertill/shared/domain/promotion'
import type { PromotionEdit } from '@evertill/shared/protocol/office/promotions'
import { anyPromotions } from '@evertill/shared/testing/arbitraries'
import { idOf } from '@evertill/shared/testing/builders'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fieldOf,
  type PromotionFormValues,
  promotionFormValues,
  readPromotionForm,
} from './promotion-form.ts'

const filled: PromotionFormValues = {
  ...promotionFormValues(undefined, 'SGD'),
  percent: '20',
  about: 'all',
}
const read = (values: Partial<PromotionFormValues>) => readPromotionForm({ ...filled, ...values }, 'SGD')

const anyHours = fc.option(
  fc
    .record({
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      fromMinute: fc.integer({ min: 0, max: 1439 }),
      untilMinute: fc.integer({ min: 1, max: 1440 }),
    })
    .filter(({ fromMinute, untilMinute }) => fromMinute !== untilMinute),
)

const isNothing = (offer: PromotionOffer) =>
  offer.kind === 'off' &&
  (offer.discount.kind === 'percent' ? offer.discount.ratePpm === 0 : offer.discount.amount === 0)

test('a promotion that is opened and saved again is the same', () => {
  fc.assert(
    fc.property(anyPromotions, anyHours, fc.subarray([idOf(1), idOf(2)]), (all, hours, tierIds) => {
      for (const { promotionId: _, ...promotion } of all) {
        const priority = promotion.stacking === 'exclusive' ? promotion.priority : 100
        const edit = { ...promotion, hours, tierIds, priority } as PromotionEdit
        if (isNothing(edit.offer)) continue
        expect(readPromotionForm(promotionFormValues(edit, 'SGD'), 'SGD')).toEqual({ ok: true, edit })
      }
    }),
  )
})

test('a promotion without a name is called what it gives, and stays so when that changes', () => {
  const first = read({ kind: 'set', size: '3', setPrice: '5' })
  if (!first.ok) throw new Error(JSON.stringify(first.errors))
  expect(first.edit.name).toBe('Any 3 for $5.00')
  const later = readPromotionForm({ ...promotionFormValues(first.edit, 'SGD'), setPrice: '4.50' }, 'SGD')
  expect(later).toMatchObject({ edit: { name: 'Any 3 for $4.50', offer: { price: 450 } } })
})

test('a percentage is read to the millionth, and said the same way', () => {
  const rate = (percent: string) => {
    const found = read({ percent })
    return found.ok && found.edit.offer.kind === 'off' && found.edit.offer.discount.kind === 'percent'
      ? found.edit.offer.discount.ratePpm
      : found
  }
  expect(rate('12.5')).toBe(ppm(125_000))
  expect(rate('33,3333 %')).toBe(ppm(333_333))
  expect(rate('100')).toBe(ppm(1_000_000))
  for (const percent of ['101', 'ten', '-5', '5.00001'])
    expect(rate(percent)).toEqual({ ok: false, errors: { percent: 'Type a percentage from 1 to 100' } })
  expect(rate('0')).toEqual({ ok: false, errors: { percent: 'Must be more than nothing' } })
})

test('midnight ends a day, and begins one', () => {
  const hours = (fromTime: string, untilTime: string) => {
    const found = read({ atHours: true, days: ['7', '6'], fromTime, untilTime })
    return found.ok ? found.edit.hours : found.errors
  }
  expect(hours('22:00', '00:00')).toEqual({ days: [6, 7], fromMinute: 1320, untilMinute: 1440 })
  expect(hours('00:00', '06:30')).toEqual({ days: [6, 7], fromMinute: 0, untilMinute: 390 })
  expect(hours('10:00', '10:00')).toEqual({ untilTime: 'Must be another time than the first' })
  expect(hours('', '10:00')).toEqual({ fromTime: 'Choose a time' })
})

test('what is wrong stands at its field', () => {
  const errors = (values: Partial<PromotionFormValues>) => {
    const found = read(values)
    return found.ok ? undefined : found.errors
  }
  expect(errors({ about: 'some' })).toEqual({ productIds: 'Choose a category or a product' })
  expect(errors({ kind: 'set', size: '1', setPrice: '' })).toEqual({
    size: 'Type a whole number, 2 or more',
    setPrice: 'Fill this in',
  })
  expect(errors({ kind: 'buy-get', buy: '0', get: 'x' })).toEqual({
    buy: 'Type a whole number, 1 or more',
    get: 'Type a whole number, 1 or more',
  })
  expect(errors({ kind: 'buy-get', buy: '2000' })).toEqual({ buy: 'That is too much' })
  expect(errors({ atHours: true, days: [] })).toEqual({ days: 'Choose a day' })
  expect(errors({ from: '2026-03-02', until: '2026-03-01' })).toEqual({
    until: 'Must not be before the first day',
  })
  expect(errors({ name: 'x'.repeat(201) })).toEqual({ name: 'At most 200 characters' })
  expect(fieldOf('promotion.goods.productIds.3', 'set')).toBe('productIds')
  expect(fieldOf('promotion.offer.price', 'set')).toBe('setPrice')
})

test('a price of nothing may be meant', () => {
  expect(read({ kind: 'price', price: '0' })).toMatchObject({ edit: { offer: { price: minor(0) } } })
})

test('an amount that no till can hold is said to be too much, and not to be no amount', () => {
  expect(read({ kind: 'price', price: '99999999999' })).toMatchObject({
    ok: false,
    errors: { price: 'That is too much' },
  })
  expect(read({ kind: 'price', price: 'five' })).toMatchObject({
    errors: { price: 'Type an amount, such as 5.00' },
  })
})
