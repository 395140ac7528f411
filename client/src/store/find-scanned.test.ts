import { USUAL_SCALE_LABELS } from '@evertill/shared/domain/scale-label'
import { beforeEach, expect, test } from 'vitest'
import { findScanned, isReceiptNo } from './find-scanned.ts'
import type { TillDatabase } from './till-database.ts'
import { enrolledTill, isRecorded, MILK, milkSale, productRow, RICE, sell } from './till-for-tests.ts'

let db: TillDatabase
beforeEach(async () => {
  db = await enrolledTill()
})
const scan = (code: string) => findScanned(db, code, USUAL_SCALE_LABELS, 2)
const put = (productId: string, ...barcodes: string[]) =>
  db.product.put({ ...productRow(productId, 'Ham', 2590, barcodes), unit: 'kg' })

test.each([['12345'], ['2112345000008']])(
  'a label finds the product that has %s among its codes',
  async (code) => {
    await put(RICE, code)
    expect(await scan('2112345015002')).toMatchObject({
      code: 'labelled',
      product: { productId: RICE },
      label: { carries: 'weight', quantity: 1500 },
      goods: { code: 'goods', quantity: 1500, unitPrice: 2590 },
    })
  },
)

test('the zeros before an item code are the scale’s, not the shop’s', async () => {
  await put(RICE, '42')
  expect(await scan('2100042015005')).toMatchObject({ product: { productId: RICE } })
})

test('a label is no SKU: what happens to have its item code as one is something else', async () => {
  await db.product.put({ ...productRow(RICE, 'Ham', 2590, []), sku: '42', unit: 'kg' })
  expect(await scan('2100042015005')).toMatchObject({ code: 'unknown-label' })
})

test('a product’s own code comes before a label that looks the same', async () => {
  await put(RICE, '12345')
  await put(MILK, '2112345015002')
  expect(await scan('2112345015002')).toMatchObject({ code: 'product', product: { productId: MILK } })
})

test('a label of a product that the till does not have is known to be a label', async () => {
  expect(await scan('2112345015002')).toMatchObject({ code: 'unknown-label', label: { itemCode: '12345' } })
  expect(await scan('4006381333931')).toEqual({ code: 'unknown' })
  expect(await scan('SKU-1')).toEqual({ code: 'unknown' })
})

test('a receipt is found by its number, of whichever till, unless the shop numbers goods like that', async () => {
  await sell(db, milkSale())
  const { entry } = isRecorded(await sell(db, milkSale()))
  const { receiptNo } = entry.body
  expect(await scan(receiptNo)).toEqual({ code: 'receipt', paper: entry.id })
  const other = receiptNo.replace('T1', 'T2')
  expect(await scan(other)).toEqual({ code: 'receipt', paper: other })
  await put(RICE, receiptNo)
  expect(await scan(receiptNo)).toMatchObject({ code: 'product', product: { productId: RICE } })
})

test('the id of an entry is no receipt number, though it may end in digits', () => {
  expect(isReceiptNo('BED-T1-000012')).toBe(true)
  expect(isReceiptNo('01941f29-7c00-7aaa-8000-012345678901')).toBe(false)
})
