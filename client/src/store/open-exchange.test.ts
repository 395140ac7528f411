import { EMPTY_CART } from '@evertill/shared/domain/cart'
import { expect, test } from 'vitest'
import { type OpenExchange, readMyExchange, saveOpenExchange } from './open-exchange.ts'
import { enrolledTill, NOW, STAFF } from './till-for-tests.ts'

const open: OpenExchange = {
  ...{ picks: [], lines: [], cart: EMPTY_CART, reason: 'Damaged' },
  at: NOW.toISOString(),
  staffId: STAFF,
}
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

test('a return that was begun a moment ago is gone on with', async () => {
  const db = await enrolledTill()
  await saveOpenExchange(db, open)
  expect(await readMyExchange(db, undefined, STAFF, later(14))).toEqual(open)
})

test.each([
  ['another sale', 'sale', STAFF, 1],
  ['another cashier', undefined, 'somebody', 1],
  ['another customer, by the time', undefined, STAFF, 15],
  ['a clock that was set back', undefined, STAFF, -1],
])('goods of one return do not turn up in that of %s', async (_, saleId, staffId, minutes) => {
  const db = await enrolledTill()
  await saveOpenExchange(db, open)
  expect(await readMyExchange(db, saleId, staffId, later(minutes))).toBeUndefined()
})
