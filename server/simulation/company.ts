import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Sql } from '../src/db/connect.ts'
import { ensurePartitions } from '../src/db/partitions.ts'

/** When every history starts: a Saturday morning in Singapore. */
export const START = Date.parse('2026-03-07T01:00:00.000Z')

export const simId = (kind: number, no: number): string =>
  `018f3c5e-0000-7000-8000-${kind.toString(16).padStart(4, '0')}${no.toString(16).padStart(8, '0')}`
export const OUTLET = simId(1, 1)
export const staffId = (no: number): string => simId(3, no)
export const customerId = (no: number): string => simId(6, no)
export const productId = (no: number): string => simId(8, no)
export const tillId = (no: number): string => simId(10, no)
export const PRODUCTS = 12

export interface Rules {
  readonly inclusive: boolean
  readonly rounding: 'line' | 'total'
}

/** Readies a migrated database for simulations. */
export async function prepareDatabase(sql: Sql): Promise<void> {
  await sql.unsafe(await readFile(new URL('./company.sql', import.meta.url), 'utf8'))
  await ensurePartitions(sql, new Date(START))
}

export async function foundCompany(sql: Sql, rules: Rules, tills: number): Promise<string> {
  // The only id that differs between two runs of a seed: nothing is ordered by it.
  const companyId = randomUUID()
  await sql`select sim_company(${companyId}, ${rules.inclusive}, ${rules.rounding}, ${tills})`
  return companyId
}

/** All rows of a company as they are now; opaque. */
export async function backUp(sql: Sql, companyId: string): Promise<string> {
  const [row] = await sql<{ backup: string }[]>`select sim_backup(${companyId})::text as backup`
  return row?.backup ?? '{}'
}

export async function restore(sql: Sql, companyId: string, backup: string): Promise<void> {
  await sql`select sim_restore(${companyId}, ${backup}::text::jsonb)`
}
