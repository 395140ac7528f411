import type { Minor } from '@evertill/shared/domain/money'
import { expect, test } from 'vitest'
import type { ImportRow, SourceRow } from './import-row.ts'
import { planImport } from './plan-import.ts'
import { readRows } from './read-row.ts'

const ROWS = 2000

/** How many rows were worked on in the busiest turn of the event loop: a till that asks waits for as many. */
async function mostInOneTurn(work: (onRow: () => void) => Promise<unknown>): Promise<number> {
  const rows = [0]
  let ticking: NodeJS.Immediate
  const tick = () => {
    rows.push(0)
    ticking = setImmediate(tick)
  }
  ticking = setImmediate(tick)
  await work(() => {
    rows[rows.length - 1] = (rows.at(-1) ?? 0) + 1
  })
  clearImmediate(ticking)
  expect(rows.reduce((sum, some) => sum + some)).toBe(ROWS)
  return Math.max(...rows)
}

test('while the rows of an import are read, tills are answered', async () => {
  const cell = (text: string) => ({ column: '', text })
  const rules = { taxCodes: [], digits: 2 }
  const most = await mostInOneTurn((onRow) => {
    const source = (n: number): SourceRow => ({
      line: n,
      sku: cell(`A-${n}`),
      name: cell('Tea'),
      get price() {
        onRow()
        return cell('1.00')
      },
      listsAllBarcodes: true,
    })
    return readRows(
      Array.from({ length: ROWS }, (_, n) => source(n)),
      rules,
    )
  })
  expect(most).toBeLessThanOrEqual(500)
})

test('while they are planned, too', async () => {
  const known = { products: new Map(), barcodes: new Map(), categories: new Map(), defaultTaxCodeId: 'SR' }
  const row = (n: number): ImportRow => ({
    line: n,
    sku: `A-${n}`,
    name: 'Tea',
    category: null,
    price: 100 as Minor,
    cost: null,
    taxCodeId: null,
    barcodes: null,
    listsAllBarcodes: true,
    unit: null,
    openingStock: null,
    openPrice: null,
    favourite: null,
    picture: null,
    variantOf: null,
    options: null,
    columns: { sku: 'SKU', barcodes: '' },
  })
  const most = await mostInOneTurn((onRow) =>
    planImport(
      Array.from({ length: ROWS }, (_, n) => row(n)),
      known,
      () => {
        onRow()
        return 'new'
      },
    ),
  )
  expect(most).toBeLessThanOrEqual(500)
})
