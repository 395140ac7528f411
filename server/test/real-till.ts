import { minor, thousandths } from '@evertill/shared/domain/money'
import type { Tender } from '@evertill/shared/domain/tender'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { v7 as uuidV7 } from 'uuid'
import { type OpenSale, saveOpenSale } from '../../client/src/store/cart.ts'
import { type Catalogue, readCatalogue, readProducts } from '../../client/src/store/catalogue.ts'
import { priceSale } from '../../client/src/store/price-sale.ts'
import { type RecordedSale, recordSale } from '../../client/src/store/record-entry.ts'
import { timeAt } from '../../client/src/store/till-clock.ts'
import { openTillDatabase, type TillDatabase } from '../../client/src/store/till-database.ts'
import { enrol } from '../../client/src/sync/enrol.ts'
import type { Fetch } from '../../client/src/sync/request.ts'
import type { Sql } from '../src/db/connect.ts'
import { createEnrolmentCode } from '../src/db/queries/enrolment.ts'
import { addTill, type Shop } from './shop.ts'

/** The till's own store on an IndexedDB in memory, enrolled with the real server and holding its catalogue. */
export interface RealTill {
  readonly tillId: string
  readonly db: TillDatabase
  /** Another tab of the same browser. */
  openTab(): TillDatabase
}

export async function enrolRealTill(
  sql: Sql,
  shop: Shop,
  code: string,
  { fetch, now }: { fetch: Fetch; now: () => Date },
): Promise<RealTill> {
  const indexedDB = new IDBFactory()
  const openTab = () => openTillDatabase({ indexedDB, IDBKeyRange })
  const db = openTab()
  const tillId = await addTill(sql, shop, code)
  const enrolment = await createEnrolmentCode(sql, { companyId: shop.companyId, tillId, now: now() })
  const persist = async () => true
  const outcome = await enrol(db, { code: enrolment.code, fetch, now, persist, appVersion: 'test' })
  if (outcome.code !== 'enrolled' || !outcome.pulled) throw new Error(JSON.stringify(outcome))
  return { tillId, db, openTab }
}

/** What `drain` needs besides a fetch and a clock, of a till that is online and does not wait for anything. */
export const atOnce = {
  random: () => 0.5,
  isOnline: () => true,
  sleep: (_ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
  appVersion: 'test',
} as const

export interface RungUp {
  readonly staffId: string
  /** Places in the catalogue, and how many pieces of each. */
  readonly lines: readonly { readonly place: number; readonly pieces: number }[]
  readonly customerId?: string
  readonly tenders: (total: number) => readonly Tender[]
  readonly now: Date
}

/** Rings up a sale and pays it, as the screens do. */
export async function ringUp(
  db: TillDatabase,
  { staffId, lines: chosen, customerId, tenders, now }: RungUp,
  catalogue?: Stocked,
): Promise<RecordedSale> {
  const { products, taxCodes, pricing } = catalogue ?? (await catalogueOf(db))
  const lines = chosen.map(({ place, pieces }) => {
    const product = products[place % products.length]
    const taxCode = taxCodes.find((row) => row.taxCodeId === product?.taxCodeId)
    if (product === undefined || taxCode === undefined) throw new Error('no such product')
    const { productId, sku, name, price: unitPrice } = product
    const tax = { taxCode: taxCode.code, taxKind: taxCode.kind }
    return { lineId: uuidV7(), productId, sku, name, unitPrice, ...tax, quantity: thousandths(pieces * 1000) }
  })
  const customer = customerId && { customerId, name: 'Tan Mei Ling', multiplierPpm: 1_000_000 }
  const cart = { lines, ...(customer && { customer }) }
  const priced = priceSale(pricing, cart, timeAt(now, pricing))
  if (priced.code !== 'priced') throw new Error(priced.code)
  const { total } = priced.priced
  const openSale: OpenSale = { cart, tenders: tenders(total) }
  await saveOpenSale(db, openSale)
  const recorded = await recordSale(db, { staffId, openSale, expectedTotal: total, now, newId: uuidV7 })
  if ('code' in recorded) throw new Error(JSON.stringify(recorded))
  return recorded
}

export interface Stocked extends Catalogue {
  readonly products: readonly ProductRow[]
}

export async function catalogueOf(db: TillDatabase): Promise<Stocked> {
  const products = await readProducts(db)
  const catalogue = await readCatalogue(db)
  if (catalogue === undefined) throw new Error('no catalogue')
  return { ...catalogue, products }
}

export const cash = (amount: number): Tender => ({ methodCode: 'CASH', kind: 'cash', amount: minor(amount) })
export const card = (amount: number): Tender => ({ methodCode: 'CARD', kind: 'card', amount: minor(amount) })
