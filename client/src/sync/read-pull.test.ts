import { expect, test } from 'vitest'
import { pullAnswer } from '../store/till-for-tests.ts'
import { zReadPull } from './read-pull.ts'

const answer = () => JSON.parse(JSON.stringify(pullAnswer()))

test('an answer in words this till knows is read whole', () => {
  const { unreadable, ...read } = zReadPull.parse(answer())
  expect(unreadable).toBe(0)
  expect(read).toEqual(pullAnswer())
})

test('rows in words of a later version are left out and counted, the others are read', () => {
  const later = answer()
  later.rows.paymentMethod.push({ paymentMethodId: 'x', kind: 'barter' })
  later.rows.product[0].unit = 'litre'
  later.rows.barter = [{ anything: true }]
  const { unreadable, rows } = zReadPull.parse(later)
  expect(unreadable).toBe(2)
  expect(rows.product).toEqual(pullAnswer().rows.product.slice(1))
  expect(rows).not.toHaveProperty('barter')
})

test('an answer without a cursor is not an answer', () => {
  const { cursor: _, ...cut } = answer()
  expect(zReadPull.safeParse(cut).success).toBe(false)
})
