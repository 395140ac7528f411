import { PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertOutlet } from '../../db/queries/office-founding.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { insertProduct } from '../../db/queries/office-products.ts'
import { insertTill } from '../../db/queries/office-tills.ts'
import { insertOfficeUser } from '../../db/queries/office-users.ts'
import { withTransaction } from '../../db/transaction.ts'
import { DEMO_OFFICE, demoId } from '../../office/demo/demo-shop.ts'
import { foundCompany, rememberedIds } from '../../office/founding/found-company.ts'
import { grant } from '../../office/grant.ts'
import { productsPage } from '../../office/products.ts'
import { openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let owner: string
let powerless: string

beforeAll(async () => {
  office = await openTestOffice()
  owner = await office.signIn()
  powerless = await signInWith([], 'cashier@kopi.example')
})
afterAll(() => office.database.drop())

/** Signs in a person of the demo whose role has these permissions. */
async function signInWith(permissions: Permission[], email: string): Promise<string> {
  const { sql } = office.database
  const companyId = demoId('company', 'demo')
  const roleId = uuidv7()
  const passwordHash = await office.auth.hashPassword('a long password')
  await sql`insert into role ${sql({ company_id: companyId, role_id: roleId, name: email, permissions })}`
  await withTransaction(sql, (tx) =>
    insertOfficeUser(
      tx,
      { companyId, userId: uuidv7(), roleId, name: email, email, passwordHash },
      uuidv7(),
      new Date(),
    ),
  )
  return office.signIn(email, 'a long password')
}

/** Every route of head office, with ids where it wants ids. */
function routes(): { method: string; path: string }[] {
  const found = office.app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/office/'))
    .map(({ method, path }) => ({
      method,
      path: path.replace(/:\w+/g, '019b0000-0000-7000-8000-000000000000'),
    }))
  return [...new Map(found.map((route) => [`${route.method} ${route.path}`, route])).values()]
}
const open = new Set(['GET /api/office/first-run', 'POST /api/office/first-run'])
const signedInOnly = new Set([
  'GET /api/office/session',
  'GET /api/office/outlets',
  'GET /api/office/payment-methods',
])
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

test('every route but the first run asks for a session', async () => {
  const closed = routes().filter((route) => !open.has(nameOf(route)))
  expect(closed.length).toBeGreaterThanOrEqual(26)
  for (const route of closed) {
    const answer = await office.call(route.path, { method: route.method })
    expect([nameOf(route), answer.status]).toEqual([nameOf(route), 401])
    expect(zProblem.parse(await answer.json()).code).toBe('unauthenticated')
  }
})

test('every route that shows or changes something asks for a permission', async () => {
  const guarded = routes().filter((route) => !open.has(nameOf(route)) && !signedInOnly.has(nameOf(route)))
  for (const route of guarded) {
    const answer = await office.call(route.path, { method: route.method, cookie: powerless })
    expect([nameOf(route), answer.status]).toEqual([nameOf(route), 403])
    expect(zProblem.parse(await answer.json()).message).toMatch(/permission “[a-z]+\.[a-z]+”/)
  }
})

test('whoever may do everything but manage staff gets at no sign-in', async () => {
  const permissions = PERMISSIONS.filter((one) => one !== 'staff.manage')
  const cookie = await signInWith(permissions, 'no-staff@kopi.example')
  const ofSignIns = routes().filter(({ path }) => path.startsWith('/api/office/staff/sign-ins'))
  expect(ofSignIns.map(({ method }) => method).sort()).toEqual(['DELETE', 'GET', 'POST', 'POST', 'PUT'])
  for (const route of ofSignIns) {
    const { status } = await office.call(route.path, { method: route.method, cookie })
    expect([nameOf(route), status]).toEqual([nameOf(route), 403])
  }
})

test('every change asks for one of our own pages behind it', async () => {
  const changes = routes().filter(({ method }) => method !== 'GET')
  expect(changes.length).toBeGreaterThanOrEqual(8)
  for (const { method, path } of changes) {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      const answer = await office.call(path, { method, cookie: owner, headers })
      expect([method, path, answer.status]).toEqual([method, path, 403])
    }
  }
})

test('a permission opens its own routes and no others', async () => {
  const cookie = await signInWith(['stock.view'], 'stock@kopi.example')
  const opened = []
  for (const route of routes().filter(({ method }) => method === 'GET')) {
    const { status } = await office.call(route.path, { method: route.method, cookie })
    if (status !== 403) opened.push(nameOf(route))
  }
  expect(opened.sort()).toEqual([
    'GET /api/office/first-run',
    'GET /api/office/outlets',
    'GET /api/office/payment-methods',
    'GET /api/office/session',
    'GET /api/office/stock',
  ])
})

test('taking a permission from a role takes effect with the next request', async () => {
  const cookie = await signInWith(['report.view'], 'former@kopi.example')
  expect((await office.call('/api/office/sales', { cookie })).status).toBe(200)
  await office.database.sql`update role set permissions = '{}' where name = 'former@kopi.example'`
  expect((await office.call('/api/office/sales', { cookie })).status).toBe(403)
})

test('another company’s rows cannot be seen, changed or pointed at', async () => {
  const other = await otherCompany()
  const json = { tillId: uuidv7(), name: 'Theirs', outletId: other.outletId }
  const edit = {
    sku: 'X-1',
    name: 'X',
    categoryId: null,
    taxCodeId: demoId('tax code', 'SR'),
    price: 100,
    cost: null,
    unit: 'each',
    barcodes: [],
  }
  const asOwner = (path: string, method = 'GET', body?: unknown) =>
    office.call(`/api/office/${path}`, { method, cookie: owner, json: body })

  expect((await asOwner(`sales/${other.saleId}`)).status).toBe(404)
  expect((await asOwner(`products/${other.productId}`)).status).toBe(404)
  const change = { ...edit, version: '1' }
  expect((await asOwner(`products/${other.productId}`, 'PUT', change)).status).toBe(404)
  expect((await asOwner(`products/${other.productId}`, 'DELETE')).status).toBe(404)
  expect((await asOwner(`tills/${other.tillId}/enrolment-code`, 'POST')).status).toBe(404)
  expect((await asOwner(`tills/${other.tillId}/revoke`, 'POST')).status).toBe(404)
  expect((await asOwner(`exceptions/${other.exceptionId}`)).status).toBe(404)
  const onException = (action: string, method?: string, body?: unknown) =>
    asOwner(`exceptions/${other.exceptionId}/${action}`, method, body)
  expect((await onException('resolve', 'POST', { note: 'mine' })).status).toBe(404)
  expect((await onException('held')).status).toBe(404)
  expect((await onException(`replay?upTo=${uuidv7()}`, 'POST')).status).toBe(404)
  expect((await asOwner(`shifts/${other.shiftId}`)).status).toBe(404)
  expect((await asOwner(`shifts/${other.shiftId}/entries`)).status).toBe(404)
  expect((await asOwner(`tills/${other.tillId}/entries`)).status).toBe(404)

  const till = await asOwner('tills', 'POST', json)
  expect(till.status).toBe(400)
  expect(zProblem.parse(await till.json()).fields).toEqual([
    { path: 'outletId', message: 'is not one of your outlets' },
  ])
  const product = await asOwner('products', 'POST', { ...edit, taxCodeId: other.taxCodeId })
  expect(zProblem.parse(await product.json()).fields?.[0]?.path).toBe('taxCodeId')

  for (const path of ['products', 'stock', 'sales', 'shifts', 'exceptions', 'tills', 'outlets']) {
    const text = await (await asOwner(`${path}?q=theirs`)).text()
    expect([path, text.includes('Theirs')]).toEqual([path, false])
  }
  const [row] = await office.database.sql`
    select (select count(*) from product where company_id = ${other.companyId} and deleted_at is null) as products,
      (select state from till where company_id = ${other.companyId}) as till,
      (select state from exception where company_id = ${other.companyId}) as exception`
  expect(row).toEqual({ products: 1, till: 'waiting-for-enrolment', exception: 'open' })
})

async function otherCompany() {
  const { sql } = office.database
  const companyId = uuidv7()
  const idOf = rememberedIds(uuidv7)
  const outletId = idOf('outlet', 'theirs')
  const ids = {
    outletId,
    tillId: uuidv7(),
    productId: uuidv7(),
    saleId: uuidv7(),
    exceptionId: uuidv7(),
    shiftId: uuidv7(),
  }
  const taxCodeId = idOf('tax code', 'SR')
  const user = {
    companyId,
    userId: '',
    name: '',
    email: '',
    companyName: '',
    currency: 'SGD',
    firstPassword: false,
  }
  const granted = grant({ ...user, permissions: [...PERMISSIONS] }, 'catalogue.edit')
  if (granted === undefined) throw new Error('not granted')
  await withTransaction(sql, async (tx) => {
    await foundCompany(tx, { companyId, name: 'Theirs' }, idOf)
    const clock = { time_zone: 'Asia/Singapore', day_cut_hour: 0, address: null }
    await insertOutlet(tx, companyId, { outlet_id: outletId, code: 'TH', name: 'Theirs', ...clock })
    await insertTill(tx, { companyId }, { tillId: ids.tillId, outletId, name: 'Theirs' })
    const price = 100 as never
    const product = { sku: 'T-1', name: 'Theirs', categoryId: null, taxCodeId, price, cost: null }
    await insertProduct(tx, granted, ids.productId, { ...product, unit: 'each', barcodes: [] })
    await tx`
      insert into exception (company_id, exception_id, type, subject, detail)
      values (${companyId}, ${ids.exceptionId}, 'unknown-product', 'theirs', '{}')`
    await tx`
      insert into shift (company_id, shift_id, till_id, outlet_id)
      values (${companyId}, ${ids.shiftId}, ${ids.tillId}, ${outletId})`
    const sale = { gross: 1, discount: 0, tax: 0, net: 1, rounding: 0, total: 1, change: 0, points_earned: 0 }
    const key = { company_id: companyId, till_id: ids.tillId, outlet_id: outletId, staff_id: uuidv7() }
    const day = { at: new Date(), business_date: '2026-03-10' }
    await tx`insert into sale ${tx({ ...key, ...day, ...sale, sale_id: ids.saleId, receipt_no: 'Theirs', currency: 'SGD' })}`
    const seal = { prev: Buffer.alloc(32), hash: Buffer.alloc(32), raw: '{}', epoch: 1, seq: 1 }
    const entry = { ...key, ...day, ...seal, entry_id: ids.saleId, kind: 'sale', clock_offset_ms: 0 }
    await tx`insert into entry ${tx(entry)}`
  })
  return { ...ids, companyId, taxCodeId }
}

test('a query without the right permission does not compile', () => {
  const read = (granted: Granted<'catalogue.view'>) => productsPage(office.database.sql, granted, {})
  const stock = {} as Granted<'stock.view'>
  // @ts-expect-error another permission is not this one
  const wrongPermission = () => read(stock)
  // @ts-expect-error a company id is no proof of a check
  const noCheck = () => read({ companyId: demoId('company', 'demo'), userId: '', userName: '' })
  expect([wrongPermission, noCheck].every((call) => typeof call === 'function')).toBe(true)
  expect(grant({ ...nobody, permissions: ['stock.view'] }, 'catalogue.view')).toBeUndefined()
})
const nobody = {
  companyId: '',
  userId: '',
  name: '',
  email: DEMO_OFFICE.email,
  companyName: '',
  currency: 'SGD',
  firstPassword: false,
}
