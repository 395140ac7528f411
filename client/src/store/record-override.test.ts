import { minor } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { recordOverride } from './record-override.ts'
import { cash, enrolledTill, isRecorded, line, NOW, STAFF, sell } from './till-for-tests.ts'

test('an override for an open sale is written down at once, in front of the sale that shows what it did', async () => {
  const db = await enrolledTill()
  const approval = { permission: 'price.override', approvedBy: STAFF } as const
  const about = 'Milk 1 l at $3.00 instead of $3.45: Damaged'
  const input = { staffId: STAFF, now: NOW, newId: () => uuidv7() }
  expect(await recordOverride(db, { ...input, approval, about: about.padEnd(600, '.') })).toMatchObject({
    entry: { seq: 1, body: { ...approval, about: about.padEnd(500, '.') } },
  })
  const cheaper = line({
    unitPrice: minor(300),
    override: { from: minor(345), reason: 'Damaged' },
    note: 'Dented',
  })
  const { entry } = isRecorded(await sell(db, { cart: { lines: [cheaper] }, tenders: [cash(300)] }))
  expect(entry).toMatchObject({
    seq: 2,
    body: { lines: [{ unitPrice: 300, override: { from: 345, reason: 'Damaged' }, note: 'Dented' }] },
  })
})
