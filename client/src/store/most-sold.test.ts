import { thousandths } from '@evertill/shared/domain/money'
import { expect, test } from 'vitest'
import { readMostSold, refreshMostSold } from './most-sold.ts'
import { cash, enrolledTill, isRecorded, line, MILK, milkSale, NOW, RICE, sell } from './till-for-tests.ts'

const DAY_MS = 86_400_000
const rest = () => Promise.resolve()
const riceSale = (pieces = 1) => ({
  cart: { lines: [line({ productId: RICE, quantity: thousandths(pieces * 1000) })] },
  tenders: [cash(345 * pieces)],
})

test('what was in most sales of the last thirty days comes first, however many of it were in one', async () => {
  const db = await enrolledTill()
  const longAgo = new Date(NOW.getTime() - 31 * DAY_MS)
  for (let i = 0; i < 5; i++) isRecorded(await sell(db, milkSale(), { now: longAgo }))
  isRecorded(await sell(db, milkSale(12)))
  for (let i = 0; i < 2; i++) isRecorded(await sell(db, riceSale()))
  expect(await readMostSold(db)).toEqual([])
  await refreshMostSold(db, NOW, rest)
  expect(await readMostSold(db)).toEqual([RICE, MILK])
})

test('is counted once a day', async () => {
  const db = await enrolledTill()
  await refreshMostSold(db, NOW, rest)
  isRecorded(await sell(db))
  await refreshMostSold(db, NOW, rest)
  expect(await readMostSold(db)).toEqual([])
  await refreshMostSold(db, new Date(NOW.getTime() + DAY_MS), rest)
  expect(await readMostSold(db)).toEqual([MILK])
})
