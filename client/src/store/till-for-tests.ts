import type { Cart, CartLine } from '@evertill/shared/domain/cart'
import { type Minor, minor, thousandths } from '@evertill/shared/domain/money'
import type { Tender } from '@evertill/shared/domain/tender'
import type { PullResponse } from '@evertill/shared/protocol/pull'
import { zPullResponse } from '@evertill/shared/protocol/pull'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { v7 as uuidv7 } from 'uuid'
import { applyPull } from './apply-pull.ts'
import { type OpenSale, saveOpenSale } from './cart.ts'
import { becomeTill, enrolmentKey } from './enrolment.ts'
import { type RecordedSale, type RecordRefusal, recordSale } from './record-entry.ts'
import { settleEntries } from './settle-entries.ts'
import { readState } from './state.ts'
import { openTillDatabase, type TillDatabase } from './till-database.ts'

// Builders for tests: a till of a small shop, on a real IndexedDB implementation.

export const COMPANY = '01900000-0000-7000-8000-000000000001'
export const OUTLET = '01900000-0000-7000-8000-000000000002'
export const TILL = '01900000-0000-7000-8000-000000000003'
export const STAFF = '01900000-0000-7000-8000-000000000004'
export const TAX_SR = '01900000-0000-7000-8000-000000000005'
export const MILK = '01900000-0000-7000-8000-000000000006'
export const RICE = '01900000-0000-7000-8000-000000000007'
export const NOW = new Date('2026-03-01T04:00:00.000Z')

/** A browser profile: every database opened from it sees the same storage. */
export function browserProfile(): { open(): TillDatabase } {
  const indexedDB = new IDBFactory()
  return { open: () => openTillDatabase({ indexedDB, IDBKeyRange }) }
}

export async function enrolledTill(profile = browserProfile(), tillId = TILL): Promise<TillDatabase> {
  const db = profile.open()
  await becomeTill(
    db,
    {
      companyId: COMPANY,
      companyName: 'Tiong Minimart',
      outletId: OUTLET,
      outletCode: 'BR',
      tillId,
      tillCode: 'T1',
      tillName: 'Counter 1',
      epoch: 1,
      receipts: 0,
      serverTime: NOW.toISOString(),
    },
    await enrolmentKey(db),
    { persisted: true, now: NOW },
  )
  await applyPull(db, { till: { tillId }, cursor: undefined, settlements: 0 }, pullAnswer(), 'first')
  return db
}

export type PullRows = PullResponse['rows']

export function pullAnswer(
  changes: Partial<Omit<PullResponse, 'rows'>> & { rows?: Partial<PullRows> } = {},
): PullResponse {
  const { rows, ...rest } = changes
  return zPullResponse.parse({
    cursor: 'c1',
    snapshot: true,
    serverTime: NOW.toISOString(),
    company: {
      companyId: COMPANY,
      name: 'Tiong Minimart',
      currency: 'SGD',
      taxInclusive: true,
      taxRounding: 'total',
      cashStep: 5,
      minorPerPoint: 1000,
      gstRegistrationNo: 'M2-1234567-8',
      receiptFooter: null,
    },
    outlet: {
      outletId: OUTLET,
      code: 'BR',
      name: 'Bedok Reservoir',
      address: null,
      timeZone: 'Asia/Singapore',
      dayCutHour: 4,
    },
    till: { tillId: TILL, code: 'T1', name: 'Counter 1', state: 'active' },
    rows: { ...firstRows(), ...rows },
    ...rest,
  })
}

export const NO_ROWS: PullRows = {
  staff: [],
  taxCode: [],
  category: [],
  product: [],
  paymentMethod: [],
  tier: [],
  promotion: [],
  customer: [],
  stock: [],
  storedValue: [],
  logo: [],
}

const firstRows = () => ({
  ...NO_ROWS,
  staff: [
    {
      staffId: STAFF,
      name: 'Mei Ling',
      role: 'cashier',
      permissions: ['sale.make'],
      pinSalt: '00',
      pinVerifier: '00',
    },
  ],
  taxCode: [
    {
      taxCodeId: TAX_SR,
      code: 'SR',
      name: 'Standard',
      kind: 'standard',
      rates: [
        { from: '2023-01-01', ratePpm: 80_000 },
        { from: '2024-01-01', ratePpm: 90_000 },
      ],
    },
  ],
  product: [productRow(MILK, 'Milk 1 l', 345, ['8888888888888']), productRow(RICE, 'Rice 5 kg', 1290, [])],
  stock: [{ productId: MILK, onHand: 24_000 }],
})

export const productRow = (productId: string, name: string, price: number, barcodes: string[]) => ({
  productId,
  sku: name.toUpperCase(),
  name,
  categoryId: null,
  taxCodeId: TAX_SR,
  price: minor(price),
  unit: 'each' as const,
  barcodes,
})

export const line = (changes: Partial<CartLine> = {}): CartLine => ({
  productId: MILK,
  sku: 'MILK',
  name: 'Milk 1 l',
  unitPrice: minor(345),
  taxCode: 'SR',
  taxKind: 'standard',
  lineId: 'l1',
  quantity: thousandths(1000),
  ...changes,
})

export const cash = (amount: number): Tender => ({ methodCode: 'CASH', kind: 'cash', amount: minor(amount) })

export const milkSale = (quantity = 1, tender: Tender = cash(345 * quantity)): OpenSale => ({
  cart: { lines: [line({ quantity: thousandths(quantity * 1000) })] },
  tenders: [tender],
})

/** Saves the cart and records it, as the till does. */
export async function sell(
  db: TillDatabase,
  openSale: OpenSale = milkSale(),
  changes: { expectedTotal?: Minor; now?: Date; id?: string } = {},
): Promise<RecordedSale | RecordRefusal> {
  await saveOpenSale(db, openSale)
  return recordSale(db, {
    staffId: STAFF,
    openSale,
    expectedTotal: changes.expectedTotal ?? totalOf(openSale.cart),
    now: changes.now ?? NOW,
    newId: () => changes.id ?? uuidv7(),
  })
}

/** Without discounts and with inclusive prices the total is the sum of the lines. */
const totalOf = (cart: Cart): Minor =>
  minor(cart.lines.reduce((sum, { unitPrice, quantity }) => sum + (unitPrice * quantity) / 1000, 0))

/** Sells `count` times and insists that each sale was recorded. */
export async function sellMany(db: TillDatabase, count: number): Promise<RecordedSale[]> {
  const recorded: RecordedSale[] = []
  for (let i = 0; i < count; i++) recorded.push(isRecorded(await sell(db)))
  return recorded
}

export function isRecorded(result: RecordedSale | RecordRefusal): RecordedSale {
  if ('code' in result) throw new Error(`not recorded: ${JSON.stringify(result)}`)
  return result
}

/** Stock of every product, thousandths: the server's count less what this till sold since. */
export async function readStock(db: TillDatabase): Promise<Map<string, number>> {
  const levels = await db.stock.toArray()
  return new Map(levels.map((level) => [level.productId, level.onHand - level.sold]))
}

/** As the server would settle every waiting entry. */
export async function settleAll(db: TillDatabase): Promise<void> {
  const rows = await db.journal.where('hash').notEqual('').toArray()
  await settleEntries(db, {
    batch: {
      till: { tillId: TILL },
      epoch: 1,
      believed: 0,
      suspectRestore: false,
      settlements: (await readState(db, 'settlements')) ?? 0,
    },
    entries: rows.map(({ seq, hash }) => ({ seq, hash, fate: 'applied' as const })),
    highWater: rows.length,
    now: NOW,
  })
}
