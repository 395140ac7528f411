import { minor } from '@evertill/shared/domain/money'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import { cartOf, issue } from '@evertill/shared/testing/builders'
import { expect, onTestFinished, test, vi } from 'vitest'
import { applyPull } from './apply-pull.ts'
import { becomeTill, enrolmentKey } from './enrolment.ts'
import { readFormerTills } from './former-tills.ts'
import { nextReceiptNo } from './record-entry.ts'
import { rescuableTills, rescueLines, rescuePlaces } from './rescue.ts'
import { keepSpareCopy, restoreSpare, type SpareFolder } from './spare-copy.ts'
import { readState, writeState } from './state.ts'
import { readValue } from './stored-value.ts'
import { readTill, type Till } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import {
  browserProfile,
  cash,
  enrolledTill,
  isRecorded,
  MILK,
  milkSale,
  NOW,
  pullAnswer,
  readStock,
  sell,
  sellMany,
  settleAll,
  TILL,
} from './till-for-tests.ts'

const LATER = { timeout: 5000 }

interface Folder extends SpareFolder {
  readonly files: Map<string, string>
}

function folder(): Folder {
  const files = new Map<string, string>()
  return {
    files,
    names: async () => [...files.keys()],
    read: async (name) => files.get(name) ?? '',
    write: async (name, text) => void files.set(name, text),
    remove: async (name) => void files.delete(name),
  }
}

/** The same, with these names first. */
const folderWith = (spare: Folder, first: readonly string[]): SpareFolder => ({
  ...spare,
  names: async () => [...first, ...[...spare.files.keys()].filter((name) => !first.includes(name))],
})

/** A till with entries that nobody has, and the copy of them. */
async function copiedTill(sales: number) {
  const spare = folder()
  const db = await enrolledTill()
  onTestFinished(keepSpareCopy(db, spare))
  await sellMany(db, sales)
  await vi.waitFor(() => expect(spare.files.size).toBe(sales + 1), LATER)
  return { db, spare }
}

/** As head office enrols a browser as the till that it was before. */
async function becomeAgain(db: TillDatabase, was: Till | undefined): Promise<void> {
  const { companyId, companyName, outletId, outletCode, tillCode, tillName } = was ?? {}
  const named = { companyId, companyName, outletId, outletCode, tillId: TILL, tillCode, tillName }
  const answer = { ...named, epoch: 2, receipts: 0, serverTime: NOW.toISOString() }
  const key = await enrolmentKey(db)
  await becomeTill(db, answer as Parameters<typeof becomeTill>[1], key, { persisted: true, now: NOW })
}

test('what nobody else has is copied as it travels, without the key', async () => {
  const { db, spare } = await copiedTill(2)
  const places = await rescuePlaces(db, TILL, 'unsent')
  expect([spare.files.get(`${TILL}.1.1`), spare.files.get(`${TILL}.1.2`)]).toEqual(
    await rescueLines(db, TILL, places),
  )
  const { publicKey: _, privateKey: __, ...named } = (await readTill(db)) ?? {}
  expect(JSON.parse(spare.files.get(`${TILL}.till`) ?? '')).toEqual(named)
})

test('the copy of what was sent is dropped, and the next sale is copied again', async () => {
  const { db, spare } = await copiedTill(3)
  await settleAll(db)
  await vi.waitFor(() => expect([...spare.files.keys()]).toEqual([]), LATER)
  await sellMany(db, 1)
  await vi.waitFor(
    () => expect([...spare.files.keys()].sort()).toEqual([`${TILL}.1.4`, `${TILL}.till`]),
    LATER,
  )
})

test('the next start copies what the last one did not come to, and drops what was sent meanwhile', async () => {
  const spare = folder()
  const db = await enrolledTill()
  await sellMany(db, 2)
  spare.files.set(`${TILL}.1.99`, 'of long ago')
  onTestFinished(keepSpareCopy(db, spare))
  await vi.waitFor(
    () => expect([...spare.files.keys()].sort()).toEqual([`${TILL}.1.1`, `${TILL}.1.2`, `${TILL}.till`]),
    LATER,
  )
})

test('no room for the copy keeps nobody from selling, and it is tried again', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue()
  onTestFinished(() => warned.mockRestore())
  const spare = folder()
  const { write } = spare
  spare.write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  const db = await enrolledTill()
  onTestFinished(keepSpareCopy(db, spare))
  await sellMany(db, 1)
  await vi.waitFor(() => expect(warned).toHaveBeenCalled(), LATER)
  spare.write = write
  await sellMany(db, 1)
  await vi.waitFor(() => expect(spare.files.size).toBe(3), LATER)
})

test('a browser that has lost its database has what was not sent again, to be saved or sent', async () => {
  const { db, spare } = await copiedTill(2)
  const places = await rescuePlaces(db, TILL, 'unsent')
  const lines = await rescueLines(db, TILL, places)

  const empty = browserProfile().open()
  expect(await restoreSpare(empty, spare, NOW)).toBe(2)
  expect(await rescuableTills(empty)).toMatchObject([{ till: { tillId: TILL }, current: false, unsent: 2 }])
  expect(await rescueLines(empty, TILL, await rescuePlaces(empty, TILL, 'unsent'))).toEqual(lines)
  expect(await restoreSpare(empty, spare, NOW)).toBe(0)

  await becomeAgain(empty, await readTill(db))
  expect(await rescuableTills(empty)).toMatchObject([{ till: { tillId: TILL }, current: true, unsent: 2 }])
  // Papers that were handed out keep their numbers.
  expect(await nextReceiptNo(empty)).toBe('BR-T1-000003')
  expect(await readFormerTills(empty)).toEqual([])
})

test('what it had moved still counts, until the server has it', async () => {
  const { db, spare } = await copiedTill(1)
  const company = await readState(db, 'company')
  if (company !== undefined) await writeState(db, 'company', { ...company, valueOfflineLimit: minor(1000) })
  const gift = { code: newValueCode('01900000-0000-7000-8000-0000000000a1'), amount: 2000 }
  isRecorded(await sell(db, { cart: issue(cartOf([]), gift), tenders: [cash(2000)] }))
  const leg = { methodCode: 'GIFT', kind: 'gift-card', amount: minor(345), code: gift.code } as const
  isRecorded(await sell(db, milkSale(1, leg)))
  await vi.waitFor(() => expect(spare.files.size).toBe(4), LATER)
  const moved = {
    stock: (await readStock(db)).get(MILK),
    left: (await readValue(db, gift.code, NOW))?.balance,
  }
  expect(moved.left).toBe(1655)

  const empty = browserProfile().open()
  await restoreSpare(empty, spare, NOW)
  await becomeAgain(empty, await readTill(db))
  const pulled = async (answer: Parameters<typeof pullAnswer>[0]) => {
    const start = { till: { tillId: TILL }, cursor: await readState(empty, 'cursor'), settlements: 0 }
    await applyPull(empty, start, pullAnswer(answer), crypto.randomUUID())
    const value = await readValue(empty, gift.code, NOW)
    return { stock: (await readStock(empty)).get(MILK), left: value?.balance }
  }
  expect(await pulled({})).toEqual(moved)

  const arrived = await empty.journal.toArray().then((rows) => rows.map(({ id }) => id))
  const stock = [{ productId: MILK, onHand: moved.stock ?? 0 }]
  const storedValue = [{ code: gift.code, kind: 'gift-card' as const, balance: 1655 }]
  expect(await pulled({ arrived, rows: { stock, storedValue }, snapshot: false })).toEqual(moved)
  expect(await empty.journal.where('overlaid').equals(1).count()).toBe(0)
})

test('what is not what its hash says stays out', async () => {
  const { spare } = await copiedTill(2)
  const line = spare.files.get(`${TILL}.1.1`) ?? ''
  spare.files.set(`${TILL}.1.1`, line.replace('"kind":"sale"', '"kind":"salt"'))
  const empty = browserProfile().open()
  expect(await restoreSpare(empty, spare, NOW)).toBe(1)
})

test('a till whose name cannot be read keeps none of the others back', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue()
  onTestFinished(() => warned.mockRestore())
  const { spare } = await copiedTill(2)
  spare.files.set('0.till', '{')
  expect(await restoreSpare(browserProfile().open(), folderWith(spare, ['0.till']), NOW)).toBe(2)
  expect(warned).toHaveBeenCalledOnce()
})

test('a till that is known is never restored over', async () => {
  const { db, spare } = await copiedTill(2)
  expect(await restoreSpare(db, spare, NOW)).toBe(0)
  expect(await rescuableTills(db)).toMatchObject([{ unsent: 2, kept: 2 }])
})
