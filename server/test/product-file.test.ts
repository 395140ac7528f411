import { gs1CheckDigit, isGtin } from '@evertill/shared/domain/barcode'
import { MOST_PRICE, minor } from '@evertill/shared/domain/money'
import { zPage } from '@evertill/shared/protocol/office'
import { zImportReport } from '@evertill/shared/protocol/office/product-import'
import {
  type ProductDetail,
  type ProductEdit,
  zProductDetail,
  zProductEdit,
} from '@evertill/shared/protocol/office/products'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRODUCT_FILE_HEADER, productFileCells } from '../../client/src/office/products/product-file.ts'
import { csvText } from '../../client/src/office/words/csv.ts'
import { everyTrait } from '../src/db/queries/product-traits.ts'
import { openTestOffice } from '../src/http/office/office-for-tests.ts'
import { demoId } from '../src/office/demo/demo-shop.ts'
import { FORMATS } from '../src/office/import/formats.ts'
import { planImport } from '../src/office/import/plan-import.ts'
import { readCsv } from '../src/office/import/read-csv.ts'
import { readRows } from '../src/office/import/read-row.ts'
import { columnsOf } from '../src/office/import/table.ts'

/* What head office downloads of its products, in the browser, beside what it takes for one to import, on the server. */

const fileOf = (products: readonly ProductDetail[]) =>
  `\uFEFF${csvText(
    PRODUCT_FILE_HEADER,
    products.map((product) => productFileCells(product, 'SGD')),
  )}`

const CATEGORY_ID = demoId('category', 'Household')
const TAX_CODE_ID = demoId('tax code', 'SR')

/** What an import of the file would do to a company that has these products. */
async function importOf(products: readonly ProductDetail[]) {
  const table = await readCsv(new TextEncoder().encode(fileOf(products)))
  const sources = await FORMATS.evertill.read(table, columnsOf(table.header))
  const taxCode = { taxCodeId: TAX_CODE_ID, code: 'SR', name: 'Standard', kind: 'standard' as const }
  const { rows, problems } = await readRows(sources.rows, { taxCodes: [taxCode], digits: 2 })
  const known = products.map(({ categoryName: _, taxCode: __, ...product }) => ({
    ...product,
    ...everyTrait(product),
  }))
  const catalogue = {
    products: new Map(known.map((product) => [product.sku, product])),
    barcodes: new Map(known.flatMap((product) => product.barcodes.map((barcode) => [barcode, product]))),
    categories: new Map(
      products.flatMap(({ categoryName: name }) =>
        name === null ? [] : [[name.toLowerCase(), CATEGORY_ID] as const],
      ),
    ),
    defaultTaxCodeId: TAX_CODE_ID,
  }
  const plan = await planImport(rows, catalogue, () => 'new')
  return {
    problems: [...table.problems, ...problems, ...plan.problems],
    newCategories: plan.newCategories,
    changed: plan.rows.filter(({ action }) => action !== 'unchanged'),
    rows: plan.rows.length,
  }
}

const SIGNS = [...'\'-+=@"|;:,\\<>&./ 019Ebé茶', 'amp;', '<b>']
const anyText = (most: number) =>
  fc
    .oneof(
      fc.string({ unit: fc.constantFrom(...SIGNS), minLength: 1, maxLength: 12 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    )
    // A form has one line for it.
    .map((text) => text.replace(/\p{Cc}/gu, '').trim())
    .filter((text) => text !== '' && text.length <= most)

/** Of what a code looks like to the import it cannot tell whether a spreadsheet did that: it leaves the row out. */
const isSuspect = (code: string) =>
  /^'?\d([.,]\d+)?E\+?\d+$/i.test(code) ||
  /^'?\d{8,}\.0+$/.test(code) ||
  (/^'?\d{13}$/.test(code) && !isGtin(code))

const withCheckDigit = (digits: string) => `${digits}${gs1CheckDigit(digits)}`
const anyBarcode = fc
  .oneof(
    fc.string({ unit: fc.constantFrom(...SIGNS.filter((sign) => /^[!-~]$/.test(sign))), minLength: 1 }),
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 9 }),
    fc
      .string({ unit: fc.constantFrom(...'0123456789'), minLength: 7, maxLength: 12 })
      .filter((digits) => digits.length === 7 || digits.length > 10)
      .map(withCheckDigit),
    fc.constantFrom('10009', '96385074', '-96385074', '978-981-00-0000-4', '978-981-0', '0000-4', "'-5"),
  )
  .filter((code) => code.length <= 48 && !isSuspect(code))

const anyProduct: fc.Arbitrary<ProductDetail> = fc
  .record({
    productId: fc.uuid(),
    sku: anyText(64).filter((sku) => !isSuspect(sku)),
    name: anyText(200),
    categoryName: fc.option(anyText(200)),
    price: fc.integer({ min: 0, max: MOST_PRICE }).map(minor),
    cost: fc.option(fc.integer({ min: 0, max: MOST_PRICE }).map(minor)),
    unit: fc.constantFrom('each', 'kg'),
    barcodes: fc.uniqueArray(anyBarcode, { maxLength: 4 }),
    favourite: fc.boolean(),
    variant: fc.option(
      fc.record({
        variantOf: anyText(200),
        options: fc.array(fc.record({ name: anyText(40), value: anyText(80) }), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
    ),
  })
  .map(({ variant, favourite, ...product }) => ({
    ...product,
    ...variant,
    ...(favourite && { favourite: true as const }),
    categoryId: product.categoryName === null ? null : CATEGORY_ID,
    taxCodeId: TAX_CODE_ID,
    taxCode: 'SR',
    version: '1',
  }))
  .filter((product) => zProductEdit.safeParse(product).success)

/** No two with one SKU, or with one barcode. */
const anyProducts = fc
  .uniqueArray(anyProduct, { selector: ({ sku }) => sku, minLength: 1, maxLength: 3 })
  .map((products) =>
    products.map((product, i) => ({
      ...product,
      barcodes: product.barcodes.filter(
        (barcode) => !products.slice(0, i).some((before) => before.barcodes.includes(barcode)),
      ),
    })),
  )

test('what is exported and imported again changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyProducts, async (products) => {
      expect(await importOf(products)).toEqual({
        problems: [],
        newCategories: [],
        changed: [],
        rows: products.length,
      })
    }),
    { numRuns: 1000 },
  )
})

test('nor do the products of a company, with names and codes that look like something else', async () => {
  const office = await openTestOffice()
  const cookie = await office.signIn()
  const add = async (edit: Partial<ProductEdit> & { sku: string }) => {
    const json = {
      name: 'Tea',
      categoryId: CATEGORY_ID,
      taxCodeId: TAX_CODE_ID,
      price: 100,
      cost: null,
      unit: 'each',
      barcodes: [],
      ...edit,
    }
    const answer = await office.call('/api/office/products', { method: 'POST', cookie, json })
    expect([edit.sku, answer.status]).toEqual([edit.sku, 201])
  }
  await add({ sku: '-1', name: '-5% milk', barcodes: ['10009', '96385074'] })
  await add({ sku: '=2', name: '+ice & <less> sugar', barcodes: ['978-981-00-0000-4'] })
  await add({ sku: "'3", name: "'-quoted-'", barcodes: ["'-3", 'A|B', 'C;D,E', 'F\\'] })
  const options = [{ name: 'Size: cup', value: '1/2; 1\\4' }]
  await add({ sku: '@4', name: '@home &amp; away', variantOf: '@home', options })
  await office.database.sql`update category set name = '- Household' where category_id = ${CATEGORY_ID}`

  const products: ProductDetail[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await office.call(`/api/office/products?cursor=${cursor}`, { cookie })
    const page = zPage(zProductDetail).parse(await answer.json())
    products.push(...page.rows)
    cursor = page.nextCursor
  }
  const answer = await office.call('/api/office/products/import?commit=true', {
    method: 'POST',
    cookie,
    text: fileOf(products),
    headers: { 'content-type': 'text/csv; charset=utf-8' },
  })
  const report = zImportReport.parse(await answer.json())
  expect(report).toMatchObject({ created: 0, updated: 0, problems: [], unchanged: products.length })
  await office.database.drop()
})
