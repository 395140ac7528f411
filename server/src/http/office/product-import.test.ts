import { readFile } from 'node:fs/promises'
import { type ImportReport, zImportReport } from '@evertill/shared/protocol/office/product-import'
import { zProblem } from '@evertill/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoId } from '../../office/demo/demo-shop.ts'
import { openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())

const fixture = (name: string) =>
  readFile(new URL(`../../office/import/fixtures/${name}.csv`, import.meta.url))
const post = (text: string | Uint8Array, query: string) =>
  office.call(`/api/office/products/import?${query}`, {
    method: 'POST',
    cookie,
    text,
    headers: { 'content-type': 'text/csv; charset=utf-8' },
  })
const outletId = demoId('outlet', 'TP')

/** Previews and imports; the answers must be of the protocol's shape and agree. */
async function importFile(file: string | Uint8Array): Promise<ImportReport> {
  const preview = zImportReport.parse(await (await post(file, `outletId=${outletId}`)).json())
  const answer = await post(file, `commit=true&outletId=${outletId}`)
  const body: unknown = await answer.json()
  expect([answer.status, body]).toEqual([200, zImportReport.parse(body)])
  const report = zImportReport.parse(body)
  expect(report).toEqual({ ...preview, committed: true })
  return report
}
const brief = ({ preview, problems }: ImportReport) => ({
  rows: preview.map(({ line, action, sku, name, category, taxCode, price, barcodes, openingStock }) =>
    [line, action, sku, name, category, taxCode, price, barcodes.join(' '), openingStock].join(' · '),
  ),
  problems: problems.map(({ line, column, value, reason }) => `${line} · ${column} · ${value} · ${reason}`),
})
const counts = ({ format, total, created, updated, unchanged, problems }: ImportReport) => ({
  format,
  total,
  created,
  updated,
  unchanged,
  problems: problems.length,
})
const state = async () => {
  const [row] = await office.database.sql`
    select (select count(*) from product where deleted_at is null) as products,
      (select max(changed_xid::text::bigint) from product) as touched,
      (select count(*) from barcode) as barcodes, (select count(*) from category) as categories,
      (select count(*) from stock_movement) as movements, (select sum(on_hand) from stock_level) as stock,
      (select count(*) from audit_log) as audit`
  return row
}

test('our own columns: good rows are imported, every bad one is named with line, column and reason', async () => {
  const report = await importFile(await fixture('evertill'))
  expect(brief(report)).toEqual({
    rows: [
      '2 · create · PEN-01 · Ball pen, blue · Stationery · SR · 120 · 8881234600011 PEN-BOX-1 · 144000',
      '3 · create · DUR-01 · Durian Mao Shan Wang · Fresh Fruit · SR · 2200 ·  · 12500',
      '4 · create · NOTE-01 · Notebook A5 "ruled" 200 pages · Stationery · SR · 450 · 8881234600028 · 20000',
      '7 · create · EXP-01 · Air parcel label · Post · ZR · 1850 ·  · ',
    ],
    problems: [
      '8 · Name ·  · is missing',
      '9 · Price · free · is not a price',
      '10 · Tax Code · GST9 · is not a tax code of yours (SR, ES, ZR)',
      '11 · Price · 1.005 · has more than 2 decimals',
      '11 · Unit · box · must be each or kg',
      '11 · Opening Stock · 1.2345 · has more than 3 decimals',
      '12 · SKU · PEN-01 · is already on line 2',
      '13 · Barcode(s) · 8881234600011 · is already on line 2',
      '14 · null · surplus · stands beyond the 9 columns of the header: a comma in a cell needs quotation marks around the cell',
    ],
  })
  expect(counts(report)).toMatchObject({ format: 'evertill', total: 11, created: 4, problems: 9 })
})

test('opening stock becomes a movement at the chosen outlet, for new products only', async () => {
  const { sql } = office.database
  const stock = () => sql<
    { sku: string; outlet: string; quantity: number; reason: string; onHand: number }[]
  >`
    select p.sku, o.code as outlet, m.quantity, m.reason, l.on_hand as "onHand"
    from stock_movement m join product p using (company_id, product_id)
    join outlet o using (company_id, outlet_id)
    join stock_level l using (company_id, outlet_id, product_id)
    where m.reason = 'import' and p.sku in ('PEN-01', 'DUR-01') order by p.sku`
  const once = [
    { sku: 'DUR-01', outlet: 'TP', quantity: 12_500, reason: 'import', onHand: 12_500 },
    { sku: 'PEN-01', outlet: 'TP', quantity: 144_000, reason: 'import', onHand: 144_000 },
  ]
  expect([...(await stock())]).toEqual(once)
  await importFile('sku,name,price,opening stock\nPEN-01,"Ball pen, blue",1.25,999\n')
  expect([...(await stock())]).toEqual(once)
})

test('Shopify’s export: variants become products, pictures and what is no goods are left out', async () => {
  expect(brief(await importFile(await fixture('shopify')))).toEqual({
    rows: [
      '2 · create · KAYA-250 · Nonya Kaya Jam 250 g · Spreads · SR · 690 · 8881234500014 · 24000',
      '7 · create · TOTE-BLK-M · Kopi Tote Bag – Black / M · Shopping Totes · SR · 1800 · 8881234500021 · 10000',
      '8 · create · TOTE-BLK-L · Kopi Tote Bag – Black / L · Shopping Totes · SR · 1950 · 8881234500038 · -2000',
      '9 · create · tote-bag-natural-m · Kopi Tote Bag – Natural / M · Shopping Totes · SR · 1800 ·  · 4000',
      '13 · create · WORKSHOP · Kopi Pulling Workshop · Events · ES · 128000 ·  · ',
    ],
    problems: [
      '10 · Gift Card · Gift Card · gift cards are not goods: left out',
      '12 · Status · archived · is archived in Shopify: left out',
      '14 · Variant Price ·  · is missing',
      '15 · Variant Barcode · 8.88E+12 · was turned into a rounded number by a spreadsheet: format the column as text and export it again',
    ],
  })
})

const traits = async (...skus: string[]) => [
  ...(await office.database.sql`
    select sku, variant_of as of, options, picture, open_price as open, favourite from product
    where sku = any (${skus}) order by sku`),
]
const options = (...pairs: [string, string][]) => pairs.map(([name, value]) => ({ name, value }))

test('Shopify’s variants keep what they are variants of, their options and a picture', async () => {
  const tote = {
    of: 'Kopi Tote Bag',
    open: false,
    favourite: false,
    picture: 'https://cdn.example.com/tote.jpg',
  }
  expect(await traits('TOTE-BLK-M', 'TOTE-BLK-L', 'KAYA-250')).toEqual([
    { ...tote, sku: 'KAYA-250', of: null, options: [], picture: 'https://cdn.example.com/kaya-1.jpg' },
    { ...tote, sku: 'TOTE-BLK-L', options: options(['Colour', 'Black'], ['Size', 'L']) },
    { ...tote, sku: 'TOTE-BLK-M', options: options(['Colour', 'Black'], ['Size', 'M']) },
  ])
})

test('our own columns say what a till does with a product, and a blank cell changes nothing', async () => {
  const head = 'sku,name,price,open price,favourite,picture,variant of,options'
  const row = 'CAP-R,"Cap, red",9.00,yes,x,https://shop.example/cap.jpg,Cap,Colour: Red; Size: one'
  await importFile(`${head}\n${row}\n`)
  const cap = {
    sku: 'CAP-R',
    of: 'Cap',
    options: options(['Colour', 'Red'], ['Size', 'one']),
    picture: 'https://shop.example/cap.jpg',
    open: true,
    favourite: true,
  }
  expect(await traits('CAP-R')).toEqual([cap])
  expect(await importFile(`${head}\nCAP-R,"Cap, red",9.00,,,,,\n`)).toMatchObject({ unchanged: 1 })
  await importFile(`${head}\nCAP-R,"Cap, red",9.00,no,,,,\n`)
  expect(await traits('CAP-R')).toEqual([{ ...cap, open: false }])

  const wrong = [
    'yess,,,,',
    ',,cap.jpg,,',
    ',,,Cap,',
    ',,,,Size: M',
    ',,,Cap,Size',
    ',,,Cap,A: 1; B: 2; C: 3; D: 4',
  ]
  const report = await importFile(
    [head, ...wrong.map((cells, i) => `BAD-${i},Bad,1.00,${cells}`), ''].join('\n'),
  )
  expect(brief(report).problems).toEqual([
    '2 · open price · yess · must be yes or no',
    '3 · picture · cap.jpg · must be an address that begins with https://',
    '4 · variant of · Cap · is a variant, and no options tell it from the others',
    '5 · options · Size: M · are options of a variant, and nothing says of what',
    '6 · options · Size · must be like Colour: Black; Size: M',
    '7 · options · A: 1; B: 2; C: 3; D: 4 · has more than 3 options',
  ])
})

test('Shopify’s newer columns are read as well', async () => {
  const report = await importFile(await fixture('shopify-new-template'))
  expect(report.format).toBe('shopify')
  expect(brief(report)).toEqual({
    rows: [
      '2 · create · DRIP-10 · Drip Kopi Box · Coffee · SR · 1680 · 8881234500106 · 36000',
      '4 · create · MUG-W · Enamel Mug – White · Mugs · SR · 1400 ·  · ',
      '5 · create · MUG-B · Enamel Mug – Blue · Mugs · SR · 1400 ·  · ',
    ],
    problems: [],
  })
})

test('WooCommerce’s export: variations take from their parent, tax classes become tax codes', async () => {
  expect(brief(await importFile(await fixture('woocommerce')))).toEqual({
    rows: [
      '2 · create · BISC-01 · Khong Guan Biscuits – 600 g · Snacks · SR · 890 · 9556001230010 · 12000',
      '5 · create · TEE-R-M · Merlion T-Shirt - Red, M · T-Shirts, Tops · SR · 1990 ·  · 6000',
      '6 · create · WC-104 · Merlion T-Shirt – Blue, L · T-Shirts, Tops · SR · 1990 ·  · ',
      '9 · create · STAMP-INT · International stamps ·  · ZR · 750 ·  · ',
      '10 · create · DONATE · Charity envelope ·  · ES · 200 ·  · ',
      '11 · create · BOOK-1 · =Formula cook book · Books · SR · 123450 · 9789810000004 · ',
    ],
    problems: [
      '8 · Type · external · is sold on another site: left out',
      '12 · Tax class · reduced-rate · is not a tax code of yours (SR, ES, ZR)',
      '13 · SKU · BISC-01 · is already on line 2',
      '14 · GTIN, UPC, EAN, or ISBN · 9556001230028 · has a wrong last digit (7 would be right): it was probably mistyped',
    ],
  })
})

test('WooCommerce’s variations keep theirs', async () => {
  const tee = { of: 'Merlion T-Shirt', open: false, favourite: false, picture: null }
  expect(await traits('TEE-R-M', 'WC-104')).toEqual([
    { ...tee, sku: 'TEE-R-M', options: options(['Colour', 'Red'], ['Size', 'M']) },
    { ...tee, sku: 'WC-104', options: options(['Colour', 'Blue'], ['Size', 'L']) },
  ])
})

test('importing the same files again changes nothing', async () => {
  const before = await state()
  for (const name of ['shopify', 'shopify-new-template', 'woocommerce']) {
    const report = await importFile(await fixture(name))
    expect([name, report.created, report.updated]).toEqual([name, 0, 0])
    expect(report.unchanged).toBe(report.preview.length)
  }
  expect(await state()).toEqual(before)
})

test('a preview changes nothing', async () => {
  const before = await state()
  const answer = await post('sku,name,price\nLOOK-1,Only looked at,1.00\n', 'commit=false')
  expect(zImportReport.parse(await answer.json())).toMatchObject({ committed: false, created: 1 })
  expect(await state()).toEqual(before)
})

test('changed rows update their products, and the feed sees only those', async () => {
  const { sql } = office.database
  await importFile('sku,name,price,barcode\nUP-1,One,1.00,UP-1-A\nUP-2,Two,2.00,\n')
  const [horizon] = await sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`
  const report = await importFile('sku,name,price,barcode\nUP-1,One,1.10,UP-1-A|UP-1-B\nUP-2,Two,2.00,\n')
  expect(counts(report)).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
  const touched = await sql`
    select sku, price from product where changed_xid::text::bigint > ${Number(horizon?.xid)}`
  expect(touched).toEqual([{ sku: 'UP-1', price: 110 }])
  const [audit] = await sql`select detail from audit_log order by audit_id desc limit 1`
  expect(audit?.detail.updates).toEqual([
    {
      sku: 'UP-1',
      changes: [{ field: 'price', from: 100, to: 110 }],
      barcodesToAdd: ['UP-1-B'],
      barcodesToRemove: [],
    },
  ])
})

test('with several outlets, stock without an outlet is refused and nothing is written', async () => {
  const before = await state()
  const file = 'sku,name,price,opening stock\nST-1,Stocked,1.00,5\n'
  const without = await post(file, 'commit=true')
  expect(without.status).toBe(400)
  expect(zProblem.parse(await without.json()).fields?.[0]?.path).toBe('outletId')
  const foreign = await post(file, 'commit=true&outletId=019b0000-0000-7000-8000-000000000000')
  expect(zProblem.parse(await foreign.json()).fields).toEqual([
    { path: 'outletId', message: 'is not one of your outlets' },
  ])
  expect(await state()).toEqual(before)
})

test('a file of another kind is refused with the columns that are needed', async () => {
  for (const [file, query] of [
    ['foo,bar\n1,2\n', ''],
    ['sku,name,price\nA,B,1\n', 'format=shopify'],
    ['', ''],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), ''],
  ] as const) {
    const answer = await post(file, query)
    const problem = zProblem.parse(await answer.json())
    expect([answer.status, problem.fields?.[0]?.path]).toEqual([400, 'format'])
    expect(problem.fields?.[0]?.message).toContain('Variant Price')
  }
  expect((await post('sku,name,price\n', 'format=excel')).status).toBe(400)
})

test('a file above 20 MB is refused', async () => {
  const answer = await post('x'.repeat(20_000_001), '')
  expect([answer.status, zProblem.parse(await answer.json()).code]).toEqual([413, 'too-large'])
})

test('ten thousand products are imported at once', async () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, n) => `BULK-${n},Bulk product ${n},Bulk,${n % 50}.95,BC-${n},1`,
  )
  const file = `sku,name,category,price,barcode,opening stock\n${lines.join('\n')}\n`
  expect(counts(await importFile(file))).toMatchObject({ total: 10_000, created: 10_000, problems: 0 })
  expect(counts(await importFile(file))).toMatchObject({ created: 0, unchanged: 10_000 })
})

test('two imports of one file at the same moment create each product once', async () => {
  const file = 'sku,name,price,barcode\nTWIN-1,Twin,1.00,TWIN\n'
  const answers = await Promise.all([post(file, 'commit=true'), post(file, 'commit=true')])
  const reports = await Promise.all(answers.map(async (answer) => zImportReport.parse(await answer.json())))
  expect(reports.map((report) => report.created).sort()).toEqual([0, 1])
})

test('a file with more rows than can be imported at once is refused, and nothing is written', async () => {
  const before = await state()
  const answer = await post(`sku,name,price\n${'A,A,1\n'.repeat(100_001)}`, 'commit=true')
  expect([answer.status, zProblem.parse(await answer.json()).code]).toEqual([413, 'too-large'])
  expect(await state()).toEqual(before)
})
