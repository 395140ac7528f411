import { v7 as uuidv7 } from 'uuid'
import type { Sql, Tx } from '../../db/connect.ts'
import { createEnrolmentCode } from '../../db/queries/enrolment.ts'
import { lockCompany } from '../../db/queries/office-audit.ts'
import {
  findPasswordHash,
  insertCustomers,
  insertPromotions,
  listWaitingTills,
} from '../../db/queries/office-demo.ts'
import {
  findCompanyIds,
  insertOutlet,
  insertStaff,
  lockFounding,
  type NewStaff,
} from '../../db/queries/office-founding.ts'
import {
  insertBarcodes,
  insertCategories,
  insertProducts,
  insertStock,
} from '../../db/queries/office-import.ts'
import { insertTill } from '../../db/queries/office-tills.ts'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { withTransaction } from '../../db/transaction.ts'
import type { Auth } from '../auth.ts'
import { foundCompany } from '../founding/found-company.ts'
import { keepPin } from '../founding/pin.ts'
import { OWNER_ROLE, SINGAPORE } from '../founding/singapore.ts'
import type { ImportRow } from '../import/import-row.ts'
import { DEMO_PROMOTIONS } from './demo-promotions.ts'
import { DEMO_COMPANY, DEMO_OFFICE, DEMO_OUTLETS, DEMO_STAFF, demoId } from './demo-shop.ts'
import { readDemoCustomers, readDemoProducts } from './read-demo.ts'

export interface DemoPorts {
  readonly now: () => Date
  readonly auth: Auth
}

/** What to tell the person who tries the demo. */
export interface DemoSummary {
  readonly companyName: string
  /** The password is null once somebody has changed it. */
  readonly office: { readonly email: string; readonly password: string | null }
  readonly staff: readonly { readonly name: string; readonly role: string; readonly pin: string }[]
  readonly outlets: readonly { readonly outletId: string; readonly code: string; readonly name: string }[]
  /** Tills that wait for a browser, each with a fresh code for `/enrol#CODE`; never empty. */
  readonly tills: readonly {
    readonly tillId: string
    readonly name: string
    readonly outletName: string
    readonly code: string
    readonly expiresAt: Date
  }[]
}

/** Creates the demo company where it is missing. Once it is there, seeding again changes no data of it. */
export async function seedDemo(sql: Sql, ports: DemoPorts): Promise<DemoSummary> {
  const products = await readDemoProducts()
  const customers = await readDemoCustomers()
  const passwordHash = await ports.auth.hashPassword(DEMO_OFFICE.password)
  const staff: NewStaff[] = []
  for (const { name, role, pin } of DEMO_STAFF) {
    const kept = await keepPin(pin)
    const ids = { staff_id: demoId('staff', name), role_id: demoId('role', role) }
    staff.push({ ...ids, name, pin_salt: kept.pinSalt, pin_base: kept.pinBase })
  }
  const now = ports.now()
  const { companyId } = DEMO_COMPANY

  await withTransaction(sql, async (tx) => {
    await lockFounding(tx)
    if ((await findCompanyIds(tx)).includes(companyId)) return
    await foundCompany(tx, DEMO_COMPANY, demoId)
    await insertOutlets(tx)
    await insertStaff(tx, companyId, staff)
    const owner = { userId: demoId('user', 'owner'), roleId: demoId('role', OWNER_ROLE) }
    const user = { companyId, ...owner, name: DEMO_STAFF[0].name, email: DEMO_OFFICE.email, passwordHash }
    await insertOfficeUser(tx, user, demoId('account', 'owner'), now)
    await insertGoods(tx, products, now)
    await insertPromotions(tx, companyId, DEMO_PROMOTIONS)
    const withIds = customers.map(({ tier, ...customer }) => ({
      ...customer,
      customerId: demoId('customer', customer.code),
      tierId: demoId('tier', tier),
    }))
    await insertCustomers(tx, companyId, withIds, { sourceId: uuidv7({ msecs: now.getTime() }), at: now })
  })
  const summary = await demoSummary(sql, ports)
  if (summary === undefined) throw new Error('the demo was created and is not there')
  return summary
}

/** For later starts: undefined when this database holds no demo. */
export async function demoSummary(sql: Sql, { now, auth }: DemoPorts): Promise<DemoSummary | undefined> {
  const { companyId, name: companyName } = DEMO_COMPANY
  if (!(await findCompanyIds(sql)).includes(companyId)) return undefined
  const hash = await findPasswordHash(sql, DEMO_OFFICE.email)
  const unchanged = hash !== undefined && (await auth.isPassword(DEMO_OFFICE.password, hash))
  return {
    companyName,
    office: { email: DEMO_OFFICE.email, password: unchanged ? DEMO_OFFICE.password : null },
    staff: DEMO_STAFF,
    outlets: DEMO_OUTLETS.map(({ code, name }) => ({ outletId: demoId('outlet', code), code, name })),
    tills: await codesForWaitingTills(sql, now()),
  }
}

/** A used code is spent and the browser behind it may be gone: there is always one more till to enrol. */
async function codesForWaitingTills(sql: Sql, now: Date): Promise<DemoSummary['tills']> {
  const { companyId } = DEMO_COMPANY
  const newTillId = uuidv7()
  return withTransaction(sql, async (tx) => {
    await lockCompany(tx, companyId)
    let waiting = await listWaitingTills(tx, companyId)
    if (waiting.length === 0) {
      const outletId = demoId('outlet', DEMO_OUTLETS[0].code)
      await insertTill(tx, { companyId }, { tillId: newTillId, outletId, name: 'Extra till' })
      waiting = await listWaitingTills(tx, companyId)
    }
    const tills = []
    for (const till of waiting)
      tills.push({ ...till, ...(await createEnrolmentCode(tx, { companyId, tillId: till.tillId, now })) })
    return tills
  })
}

async function insertOutlets(tx: Tx): Promise<void> {
  const { companyId } = DEMO_COMPANY
  for (const { code, name, address, tills } of DEMO_OUTLETS) {
    const outletId = demoId('outlet', code)
    const clock = { time_zone: SINGAPORE.timeZone, day_cut_hour: 0 }
    await insertOutlet(tx, companyId, { outlet_id: outletId, code, name, address, ...clock })
    for (const till of tills)
      await insertTill(tx, { companyId }, { tillId: demoId('till', `${code} ${till}`), outletId, name: till })
  }
}

async function insertGoods(tx: Tx, rows: readonly ImportRow[], now: Date): Promise<void> {
  const company = { companyId: DEMO_COMPANY.companyId }
  const categories = new Set(rows.flatMap(({ category }) => category ?? []))
  await insertCategories(
    tx,
    company,
    [...categories].map((name) => ({ categoryId: demoId('category', name), name })),
  )
  const products = rows.map(({ sku, name, price, cost, category, taxCodeId, unit, ...row }) => ({
    productId: demoId('product', sku),
    sku,
    name,
    categoryId: category === null ? null : demoId('category', category),
    taxCodeId: taxCodeId ?? demoId('tax code', 'SR'),
    price,
    cost,
    unit: unit ?? 'each',
    openPrice: row.openPrice ?? false,
    favourite: row.favourite ?? false,
    picture: row.picture,
    variantOf: row.variantOf,
    options: row.options ?? [],
  }))
  await insertProducts(tx, company, products)
  const barcodes = rows.flatMap((row) =>
    (row.barcodes ?? []).map((barcode) => ({ barcode, productId: demoId('product', row.sku) })),
  )
  await insertBarcodes(tx, company, barcodes)
  const entries = DEMO_OUTLETS.flatMap(({ code, stockShare }) =>
    rows.map(({ sku, openingStock }) => ({
      outletId: demoId('outlet', code),
      productId: demoId('product', sku),
      quantity: Math.round(((openingStock ?? 0) * stockShare) / 1_000_000) * 1000,
    })),
  ).filter(({ quantity }) => quantity > 0)
  await insertStock(tx, company, entries, {
    sourceId: uuidv7({ msecs: now.getTime() }),
    reason: 'opening',
    at: now,
  })
}
