import { minor, thousandths } from '@evertill/shared/domain/money'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { recentPapers, refundsOfAll } from '../../store/journal.ts'
import { recordRefund, recordVoid } from '../../store/record-refund.ts'
import type { TillDatabase } from '../../store/till-database.ts'
import { enrolledTill, isRecorded, milkSale, NOW, STAFF, sell } from '../../store/till-for-tests.ts'
import { cameBack } from './came-back.ts'

const by = { staffId: STAFF, now: NOW, newId: uuidv7, reason: 'Sour' }

const soldMilk = async (db: TillDatabase, pieces: number) =>
  isRecorded(await sell(db, milkSale(pieces))).entry.id

async function refundMilk(db: TillDatabase, saleId: string, pieces: number): Promise<void> {
  const picks = [{ lineNo: 1, quantity: thousandths(pieces * 1000), restock: true }]
  const result = await recordRefund(db, { ...by, saleId, picks, expectedTotal: minor(345 * pieces) })
  if ('code' in result) throw new Error(result.code)
}

async function openTill(): Promise<TillDatabase> {
  const db = await enrolledTill()
  await db.staff.update(STAFF, { permissions: ['sale.make', 'sale.refund', 'sale.void'] })
  return db
}

test('a receipt in the list tells how much of it came back, each by its own refunds', async () => {
  const db = await openTill()
  const voided = await soldMilk(db, 2)
  const kept = await soldMilk(db, 2)
  const partly = await soldMilk(db, 3)
  const whole = await soldMilk(db, 2)
  await recordVoid(db, { ...by, saleId: voided, expectedTotal: minor(690) })
  await refundMilk(db, partly, 1)
  await refundMilk(db, whole, 1)
  await refundMilk(db, whole, 1)

  const refunds = await refundsOfAll(db, [voided, kept, partly, whole])
  const told = new Map<string, string>()
  for (const { entry } of await recentPapers(db, 20))
    if (entry.kind === 'sale') told.set(entry.id, cameBack(entry.body, refunds.get(entry.id) ?? []))
  expect(told).toEqual(
    new Map([
      [whole, 'all'],
      [partly, 'some'],
      [kept, 'nothing'],
      [voided, 'voided'],
    ]),
  )
})
