import { minor, thousandths } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { findOriginal } from '../../store/journal.ts'
import { recordRefund } from '../../store/record-refund.ts'
import {
  enrolledTill,
  isRecorded,
  line,
  MILK,
  milkSale,
  NOW,
  RICE,
  STAFF,
  sell,
} from '../../store/till-for-tests.ts'
import { nextBack } from './next-back.ts'

test('of scanned goods one more comes back, of the first line that has any left', async () => {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.refund'] })
  const two = thousandths(2000)
  const lines = [
    line({ quantity: two }),
    line({ lineId: 'l2' }),
    line({ lineId: 'l3', quantity: thousandths(1200) }),
  ]
  const { id } = isRecorded(await sell(db, { cart: { lines }, tenders: milkSale(9).tenders })).entry
  await recordRefund(db, {
    ...{ staffId: STAFF, now: NOW, newId: uuidv7, reason: 'Sour', saleId: id },
    picks: [{ lineNo: 1, quantity: thousandths(1000), restock: true }],
    expectedTotal: minor(345),
  })
  const original = await findOriginal(db, id)
  if (original === undefined) throw new Error('no sale')
  const picked = new Map<number, typeof two>()
  const scans = Array.from({ length: 4 }, () => {
    const next = nextBack(original, MILK, (lineNo) => picked.get(lineNo) ?? thousandths(0))
    if (next !== undefined) picked.set(next.lineNo, next.quantity)
    return next && [next.lineNo, next.quantity]
  })
  // What was weighed comes back whole.
  expect(scans).toEqual([[1, 1000], [2, 1000], [3, 1200], undefined])
  expect(nextBack(original, RICE, () => thousandths(0))).toBeUndefined()
})
