import { zPage } from '@evertill/shared/protocol/office'
import {
  type ProductEdit,
  zProductDetail,
  zProductOptions,
  zProductSettings,
} from '@evertill/shared/protocol/office/products'
import { zVersioned } from '@evertill/shared/protocol/office/settings'
import { zEnrolmentCode, zTillSummary } from '@evertill/shared/protocol/office/tills'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { demoId } from '../../office/demo/demo-shop.ts'
import { ORIGIN, openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())

async function get<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>> {
  const answer = await office.call(`/api/office/${path}`, { cookie })
  const body: unknown = await answer.json()
  expect([path, answer.status, body]).toEqual([path, 200, schema.parse(body)])
  return schema.parse(body)
}
const send = (method: string, path: string, json?: unknown) =>
  office.call(`/api/office/${path}`, { method, cookie, json })
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const tills = async () => (await get(z.object({ rows: z.array(zTillSummary) }), 'tills')).rows
const auditOf = async (action: string) => {
  const rows = await office.database.sql`select detail from audit_log where action = ${action}`
  return rows.map((row) => row.detail)
}

const UMBRELLA: ProductEdit = {
  sku: 'NEW-001',
  name: 'Golf umbrella',
  categoryId: demoId('category', 'Household'),
  taxCodeId: demoId('tax code', 'SR'),
  price: 1990 as never,
  cost: 990 as never,
  unit: 'each',
  barcodes: ['8881234567895', 'HOUSE-1'],
}
const addProduct = async (edit: Partial<ProductEdit>) => {
  const answer = await send('POST', 'products', { ...UMBRELLA, ...edit })
  expect([answer.status, await answer.clone().text()]).toEqual([201, expect.stringContaining('productId')])
  return z.object({ productId: z.uuid() }).parse(await answer.json()).productId
}

/** Changes it as somebody does who has just looked. */
const editProduct = async (productId: string, edit: object) => {
  const { version } = await get(zProductDetail, `products/${productId}`)
  return send('PUT', `products/${productId}`, { ...edit, version })
}

test('tills show what they reported of themselves and where their journal stands', async () => {
  const tillId = demoId('till', 'TB Counter 1')
  const { sql } = office.database
  await sql`
    update till set state = 'active', epoch = 2, last_contact_at = '2026-03-10T03:58:00Z', reported_waiting = 3,
      reported_oldest_waiting_at = '2026-03-10T03:50:00Z', reported_clock_offset_ms = -1500,
      reported_app_version = '0.1.0', reported_persisted = true,
      reported_storage = 'persistent', reported_free_bytes = 12000000000
    where till_id = ${tillId}`
  await sql`insert into journal ${sql([
    { company_id: demoId('company', 'demo'), till_id: tillId, epoch: 1, high_water: 90, last_seq: 90 },
    { company_id: demoId('company', 'demo'), till_id: tillId, epoch: 2, high_water: 4, last_seq: 7 },
  ])}`
  const rows = await tills()
  expect(rows).toHaveLength(5)
  expect(rows.find((till) => till.tillId === tillId)).toEqual({
    tillId,
    code: '1',
    name: 'Counter 1',
    outletId: demoId('outlet', 'TB'),
    outletName: 'Tiong Bahru',
    state: 'active',
    lastContactAt: '2026-03-10T03:58:00.000Z',
    waiting: 3,
    oldestWaitingAt: '2026-03-10T03:50:00.000Z',
    clockOffsetMs: -1500,
    appVersion: '0.1.0',
    persisted: true,
    storage: 'persistent',
    freeBytes: 12_000_000_000,
    epoch: 2,
    highWater: 4,
    lastSeq: 7,
  })
  expect(rows.find((till) => till.name === 'Phone')).toMatchObject({
    waiting: null,
    highWater: 0,
    lastSeq: 0,
  })
})

test('a new till gets the outlet’s next number, a code to enrol it, and can be revoked for good', async () => {
  const tillId = uuidv7()
  const till = { tillId, outletId: demoId('outlet', 'TB'), name: 'Festive counter' }
  const added = await send('POST', 'tills', till)
  expect([added.status, await added.json()]).toEqual([201, { tillId }])
  expect((await tills()).find((till) => till.tillId === tillId)).toMatchObject({
    code: '4',
    state: 'waiting-for-enrolment',
  })
  const coded = await send('POST', `tills/${tillId}/enrolment-code`)
  expect(coded.status).toBe(201)
  const { code, link, expiresAt } = zEnrolmentCode.parse(await coded.json())
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(link).toBe(`${ORIGIN}/enrol#${code}`)
  expect(expiresAt > '2026-03-10T04:00:00.000Z').toBe(true)

  expect((await send('POST', `tills/${tillId}/revoke`)).status).toBe(204)
  expect((await send('POST', `tills/${tillId}/revoke`)).status).toBe(204)
  expect((await tills()).find((till) => till.tillId === tillId)?.state).toBe('revoked')
  const refused = await problemOf(await send('POST', `tills/${tillId}/enrolment-code`))
  expect([refused.status, refused.code]).toEqual([409, 'conflict'])
  const codes = await office.database.sql`select 1 from enrolment_code where till_id = ${tillId}`
  expect(codes).toHaveLength(0)
  expect(await auditOf('till.revoked')).toEqual([{ tillId, name: 'Festive counter' }])
})

test('a till that is sent again, for its answer was lost, is made once; under another name it is refused', async () => {
  const till = { tillId: uuidv7(), outletId: demoId('outlet', 'TB'), name: 'Sent again' }
  const before = (await tills()).length
  for (const answer of [await send('POST', 'tills', till), await send('POST', 'tills', till)])
    expect([answer.status, await answer.json()]).toEqual([201, { tillId: till.tillId }])
  expect(await tills()).toHaveLength(before + 1)
  expect((await auditOf('till.added')).filter(({ tillId }) => tillId === till.tillId)).toHaveLength(1)
  const other = await problemOf(await send('POST', 'tills', { ...till, name: 'Another' }))
  expect([other.status, other.message]).toEqual([409, expect.stringContaining('was added already')])
  expect((await tills()).find(({ tillId }) => tillId === till.tillId)?.name).toBe('Sent again')
})

test('tills added at the same moment get numbers of their own', async () => {
  const outletId = demoId('outlet', 'TP')
  const added = await Promise.all(
    Array.from({ length: 5 }, (_, n) =>
      send('POST', 'tills', { tillId: uuidv7(), outletId, name: `Till ${n}` }),
    ),
  )
  expect(added.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201])
  const codes = (await tills()).filter((till) => till.outletId === outletId).map((till) => till.code)
  expect(codes.sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
})

test('a till without a name or an outlet is refused by the fields', async () => {
  const problem = await problemOf(await send('POST', 'tills', { name: '  ' }))
  expect(problem.status).toBe(400)
  expect(problem.fields?.map((field) => field.path)).toEqual(['tillId', 'outletId', 'name'])
})

test('products are found by name, SKU, category and the beginning of a barcode', async () => {
  const found = async (q: string) =>
    (await get(zPage(zProductDetail), `products?q=${encodeURIComponent(q)}`)).rows.map((row) => row.sku)
  expect(await found('kopi peng')).toEqual(['HOT-006'])
  expect(await found('peng hot kopi')).toEqual(['HOT-006'])
  expect(await found('hot-007')).toEqual(['HOT-007'])
  const kopi = await get(zProductDetail, `products/${demoId('product', 'HOT-001')}`)
  expect(kopi).toMatchObject({ name: 'Kopi', price: 150, categoryName: 'Hot Counter', taxCode: 'SR' })
  expect(await found(kopi.barcodes[0] ?? '')).toEqual(['HOT-001'])
  expect(await found('%')).toEqual([])
})

test('the whole catalogue is paged through once', async () => {
  const skus: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { rows: { sku: string }[]; nextCursor: string | null } = await get(
      zPage(zProductDetail),
      `products?cursor=${cursor}`,
    )
    skus.push(...page.rows.map((row) => row.sku))
    cursor = page.nextCursor
  }
  const [row] = await office.database.sql`select count(*) as products from product`
  expect(skus).toHaveLength(row?.products)
  expect(new Set(skus).size).toBe(skus.length)
})

test('options name the company’s categories and tax codes', async () => {
  const { categories, taxCodes } = await get(zProductOptions, 'products/options')
  expect(categories.map((category) => category.name)).toContain('Hot Counter')
  expect(taxCodes.map((taxCode) => taxCode.code)).toEqual(['SR', 'ES', 'ZR'])
})

test('a product is added, edited and removed, and the feed and the audit log see each', async () => {
  const { sql } = office.database
  const xidOf = async (productId: string) => {
    const [row] = await sql<{ xid: string }[]>`
      select changed_xid::text as xid from product where product_id = ${productId}`
    return Number(row?.xid)
  }
  const productId = await addProduct({})
  const { version, ...added } = await get(zProductDetail, `products/${productId}`)
  expect(added).toEqual({ ...UMBRELLA, productId, categoryName: 'Household', taxCode: 'SR' })

  const xidAdded = await xidOf(productId)
  const edit = { ...UMBRELLA, price: 1890, barcodes: ['HOUSE-1', 'HOUSE-2'], version }
  expect((await send('PUT', `products/${productId}`, edit)).status).toBe(204)
  expect(await get(zProductDetail, `products/${productId}`)).toMatchObject({
    ...edit,
    version: expect.not.stringMatching(version),
  })
  const xidEdited = await xidOf(productId)
  expect(xidEdited).toBeGreaterThan(xidAdded)

  expect((await send('PUT', `products/${productId}`, edit)).status).toBe(204)
  expect(await xidOf(productId)).toBe(xidEdited)

  expect((await send('DELETE', `products/${productId}`)).status).toBe(204)
  expect((await send('DELETE', `products/${productId}`)).status).toBe(404)
  expect((await send('PUT', `products/${productId}`, edit)).status).toBe(404)
  expect(await xidOf(productId)).toBeGreaterThan(xidEdited)
  const prices = await sql`select price from product_price where product_id = ${productId} order by since`
  expect(prices.map(({ price }) => price)).toEqual([1990, 1890])
  const [tombstone] = await sql`select sku, deleted_at from product where product_id = ${productId}`
  expect(tombstone).toEqual({ sku: 'NEW-001', deleted_at: new Date('2026-03-10T04:00:00.000Z') })

  expect(await auditOf('product.edited')).toEqual([
    {
      productId,
      sku: 'NEW-001',
      changes: [
        { field: 'price', from: 1990, to: 1890 },
        { field: 'barcodes', from: UMBRELLA.barcodes, to: edit.barcodes },
      ],
    },
  ])
})

test('of two people who change a product at once the second is told, and nothing of the first is lost', async () => {
  const productId = await addProduct({ sku: 'BOTH-1', barcodes: ['BOTH-1'] })
  const path = `products/${productId}`
  const both = { ...UMBRELLA, sku: 'BOTH-1', barcodes: ['BOTH-1'] }
  const { version } = await get(zProductDetail, path)
  const hers = { ...both, price: 1590, barcodes: ['BOTH-1', 'BOTH-2'] }
  expect((await send('PUT', path, { ...hers, version })).status).toBe(204)
  expect((await send('PUT', path, { ...hers, version })).status).toBe(204)
  const refused = await problemOf(await send('PUT', path, { ...both, name: 'His', version }))
  expect([refused.status, refused.message, refused.fields]).toEqual([
    409,
    expect.stringContaining('Somebody else changed'),
    undefined,
  ])
  expect((await send('PUT', path, { ...both, name: 'His' })).status).toBe(400)
  expect(await get(zProductDetail, path)).toMatchObject({ ...hers, name: UMBRELLA.name })

  // An added barcode alone is a change too.
  const seen = await get(zProductDetail, path)
  const more = { ...hers, barcodes: [...hers.barcodes, 'BOTH-3'] }
  expect((await send('PUT', path, { ...more, version: seen.version })).status).toBe(204)
  expect((await send('PUT', path, { ...hers, cost: null, version: seen.version })).status).toBe(409)
})

const SHIRT = {
  sku: 'TEE-R-M',
  name: 'Merlion T-Shirt, red, M',
  barcodes: [],
  openPrice: true as const,
  favourite: true as const,
  picture: 'https://shop.example/tee.jpg',
  variantOf: 'Merlion T-Shirt',
  options: [
    { name: 'Colour', value: 'Red' },
    { name: 'Size', value: 'M' },
  ],
}

test('what a till does with a product is kept, changed and told in the audit log; nothing said is nothing', async () => {
  const productId = await addProduct(SHIRT)
  expect(await get(zProductDetail, `products/${productId}`)).toEqual({
    ...UMBRELLA,
    ...SHIRT,
    productId,
    version: expect.any(String),
    categoryName: 'Household',
    taxCode: 'SR',
  })
  const { openPrice: _, picture: __, ...plainer } = { ...UMBRELLA, ...SHIRT }
  expect((await editProduct(productId, plainer)).status).toBe(204)
  expect(await get(zProductDetail, `products/${productId}`)).toEqual({
    ...plainer,
    productId,
    version: expect.any(String),
    categoryName: 'Household',
    taxCode: 'SR',
  })
  expect((await auditOf('product.edited')).at(-1)?.changes).toEqual([
    { field: 'openPrice', from: true, to: false },
    { field: 'picture', from: SHIRT.picture, to: null },
  ])
})

test('a variant needs options, options a variant, and no two variants have the same', async () => {
  const post = async (edit: object) => problemOf(await send('POST', 'products', { ...UMBRELLA, ...edit }))
  const { options, variantOf, ...other } = { ...SHIRT, sku: 'TEE-2' }
  for (const half of [
    { ...other, options },
    { ...other, variantOf },
  ])
    expect((await post(half)).fields).toEqual([
      { path: 'options', message: 'belong to a variant, and a variant needs them' },
    ])
  expect((await post({ ...other, options, variantOf })).fields).toEqual([
    { path: 'options', message: 'are those of TEE-R-M' },
  ])
})

test.each([
  'http://shop.example/a.jpg',
  'javascript:alert(1)',
  'data:image/svg+xml;base64,PHN2Zz4=',
  '/a.jpg',
])('%s is no picture of a product', async (picture) => {
  const problem = await problemOf(await send('POST', 'products', { ...UMBRELLA, sku: 'PIC', picture }))
  expect(problem.fields?.map(({ path }) => path)).toEqual(['picture'])
})

test('how scales label is changed, and kept in the audit log', async () => {
  const { version, settings: before } = await get(zVersioned(zProductSettings), 'products/settings')
  expect(before.scaleLabels.map(({ prefix }) => prefix)).toEqual(['21', '23'])
  const settings = {
    scaleLabels: [{ prefix: '20', carries: 'price', itemDigits: 5, decimals: 2, verified: true }],
  }
  expect((await send('PUT', 'products/settings', { version, settings })).status).toBe(204)
  const stored = await get(zVersioned(zProductSettings), 'products/settings')
  expect(stored.settings).toEqual(settings)
  expect((await send('PUT', 'products/settings', { version, settings })).status).toBe(204)
  expect(await auditOf('product-settings.edited')).toHaveLength(1)

  // Whoever looked before that would have changed it back.
  const late = { version, settings: { scaleLabels: [] } }
  const refused = await problemOf(await send('PUT', 'products/settings', late))
  expect([refused.status, refused.code]).toEqual([409, 'conflict'])
  expect(await get(zVersioned(zProductSettings), 'products/settings')).toEqual(stored)
})

test.each([
  ['a prefix twice', [{ prefix: '20' }, { prefix: '20' }], 'settings.scaleLabels'],
  ['a prefix that is no scale’s', [{ prefix: '88' }], 'settings.scaleLabels.0.prefix'],
  [
    'a verifier of six digits',
    [
      { itemDigits: 4, verified: true },
      { prefix: '22', itemDigits: 7, verified: true },
    ],
    'settings.scaleLabels.1.verified',
  ],
])('%s is refused', async (_, layouts, path) => {
  const { version, settings } = await get(zVersioned(zProductSettings), 'products/settings')
  const usual = { prefix: '20', carries: 'weight', itemDigits: 5, decimals: 3, verified: false }
  const scaleLabels = layouts.map((layout) => ({ ...usual, ...layout }))
  const edit = { version, settings: { ...settings, scaleLabels } }
  const problem = await problemOf(await send('PUT', 'products/settings', edit))
  expect(problem.fields?.map((field) => field.path)).toEqual([path])
})

test('the SKU and barcodes of a removed product are free again', async () => {
  const free = { sku: 'NEW-002', barcodes: ['FREE-1'] }
  const productId = await addProduct(free)
  await send('DELETE', `products/${productId}`)
  await addProduct(free)
})

test('what another product has is refused, and the field is named', async () => {
  const [kopi] = await office.database.sql<{ barcode: string }[]>`
    select barcode from barcode where product_id = ${demoId('product', 'HOT-001')}`
  const taken = { sku: 'HOT-002', barcodes: ['MINE-1', kopi?.barcode ?? ''] }
  const problem = await problemOf(await send('POST', 'products', { ...UMBRELLA, ...taken }))
  expect([problem.status, problem.code]).toEqual([409, 'conflict'])
  expect(problem.fields).toEqual([
    { path: 'sku', message: 'is the SKU of Kopi-O' },
    { path: 'barcodes.1', message: 'is a barcode of Kopi' },
  ])
  const rows = await office.database.sql`select 1 from barcode where barcode = 'MINE-1'`
  expect(rows).toHaveLength(0)
})

test('of two products with the same barcode at the same moment one is refused', async () => {
  const answers = await Promise.all(
    ['RACE-1', 'RACE-2'].map((sku) => send('POST', 'products', { ...UMBRELLA, sku, barcodes: ['RACE'] })),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
})

test('wrong fields of a product are named one by one', async () => {
  const wrong = {
    sku: ' ',
    name: 'x'.repeat(201),
    price: -1,
    cost: 1.5,
    unit: 'box',
    barcodes: ['ok', 'not ok', 7],
    categoryId: 'x',
  }
  const problem = await problemOf(await send('POST', 'products', { ...UMBRELLA, ...wrong }))
  expect(problem.status).toBe(400)
  expect(problem.fields?.map((field) => field.path).sort()).toEqual(
    ['barcodes.1', 'barcodes.2', 'categoryId', 'cost', 'name', 'price', 'sku', 'unit'].sort(),
  )
  const twice = await problemOf(await send('POST', 'products', { ...UMBRELLA, barcodes: ['A', 'A'] }))
  expect(twice.fields).toEqual([{ path: 'barcodes.1', message: 'is there twice' }])
})

test('a 13-digit barcode with a wrong last digit is refused in the words of the import', async () => {
  const mistyped = { ...UMBRELLA, sku: 'WRONG-1', barcodes: ['WRONG-1', '8881234567890'] }
  const words = 'has a wrong last digit (5 would be right): it was probably mistyped'
  const refused = await problemOf(await send('POST', 'products', mistyped))
  expect([refused.status, refused.fields]).toEqual([400, [{ path: 'barcodes.1', message: words }]])
  const productId = await addProduct({ sku: 'WRONG-1', barcodes: [] })
  const edited = await problemOf(await editProduct(productId, mistyped))
  expect([edited.status, edited.fields]).toEqual([400, [{ path: 'barcodes.1', message: words }]])
})

test('a product is put in a category that is made with it, and one of that name is made once', async () => {
  const { sql } = office.database
  const drinks = () => sql`
    select category_id from category where company_id = ${demoId('company', 'demo')} and lower(name) = 'cold brews'`
  const named = { sku: 'BREW-1', barcodes: [], categoryId: null, newCategory: ' Cold brews ' }
  const taken = await send('POST', 'products', { ...UMBRELLA, ...named, sku: 'HOT-001' })
  expect([taken.status, await drinks()]).toEqual([409, []])

  const first = await get(zProductDetail, `products/${await addProduct(named)}`)
  expect(first.categoryName).toBe('Cold brews')
  const added = (await auditOf('product.added')).find(({ productId }) => productId === first.productId)
  expect(added).toMatchObject({ categoryId: first.categoryId, newCategory: 'Cold brews' })

  const again = await addProduct({
    ...named,
    sku: 'BREW-2',
    newCategory: 'COLD BREWS',
  } as Partial<ProductEdit>)
  expect((await get(zProductDetail, `products/${again}`)).categoryId).toBe(first.categoryId)
  expect(await drinks()).toHaveLength(1)

  const { version } = first
  const moved = { ...UMBRELLA, ...named, newCategory: 'Cold brews, bottled', version }
  // The second is the first again, after a lost answer.
  for (const answer of [
    await send('PUT', `products/${first.productId}`, moved),
    await send('PUT', `products/${first.productId}`, moved),
  ])
    expect(answer.status).toBe(204)
  const { categories } = await get(zProductOptions, 'products/options')
  const bottled = categories.filter(({ name }) => name === 'Cold brews, bottled')
  expect(bottled).toHaveLength(1)
  const edits = (await auditOf('product.edited')).filter(({ productId }) => productId === first.productId)
  expect(edits).toEqual([
    {
      productId: first.productId,
      sku: 'BREW-1',
      changes: [{ field: 'categoryId', from: first.categoryId, to: bottled[0]?.categoryId }],
      newCategory: 'Cold brews, bottled',
    },
  ])
})

test('what is not JSON, or far too much, is refused and changes nothing', async () => {
  const post = (text: string) =>
    office.call('/api/office/products', {
      method: 'POST',
      cookie,
      text,
      headers: { 'content-type': 'application/json' },
    })
  const broken = await post('{"sku": "X",')
  expect([broken.status, zProblem.parse(await broken.json()).code]).toEqual([400, 'bad-request'])
  const large = await post(JSON.stringify({ ...UMBRELLA, name: 'x'.repeat(300_000) }))
  expect([large.status, zProblem.parse(await large.json()).code]).toEqual([413, 'too-large'])
})
