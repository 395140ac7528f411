import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serverFolder } from '../../server-folder.ts'
import { TAX_CODES, TIERS } from '../founding/singapore.ts'
import { fromEvertill } from '../import/from-evertill.ts'
import type { ImportRow } from '../import/import-row.ts'
import { readCsv } from '../import/read-csv.ts'
import { minorDigits, readRows } from '../import/read-row.ts'
import { cellOr, columnsOf } from '../import/table.ts'
import { demoId } from './demo-shop.ts'

const tableOf = async (file: string) => readCsv(await readFile(join(serverFolder, 'src/office/demo', file)))

const rules = {
  digits: minorDigits('SGD'),
  taxCodes: TAX_CODES.map((taxCode) => ({ ...taxCode, taxCodeId: demoId('tax code', taxCode.code) })),
}

/** The goods of the demo, in our own import format. */
export async function readDemoProducts(): Promise<ImportRow[]> {
  const table = await tableOf('products.csv')
  const sources = await fromEvertill(table, columnsOf(table.header))
  const { rows, problems } = await readRows(sources.rows, rules)
  if (problems.length > 0) throw new Error(`products.csv: ${JSON.stringify(problems)}`)
  return rows
}

export interface DemoCustomerRow {
  readonly code: string
  readonly name: string
  readonly phone: string
  readonly tier: string
  readonly points: number
}

export async function readDemoCustomers(): Promise<DemoCustomerRow[]> {
  const table = await tableOf('customers.csv')
  const columns = columnsOf(table.header)
  return table.rows.map((row) => {
    const text = (column: string) => cellOr(columns.cell(row, column), column).text
    const tier = text('tier')
    if (!TIERS.some(({ name }) => name === tier)) throw new Error(`customers.csv has a tier ${tier}`)
    return {
      code: text('code'),
      name: text('name'),
      phone: text('phone'),
      tier,
      points: Number(text('points')),
    }
  })
}
