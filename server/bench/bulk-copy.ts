import type { Sql } from '../src/db/connect.ts'

const tables = [
  'entry',
  'sale',
  'sale_line',
  'sale_tender',
  'stock_movement',
  'points_entry',
  'stock_level',
  'points_balance',
  'day_total',
  'day_tender',
  'journal',
]

/**
 * Writes the rows of one company again for another by plain `insert … select`, no question asked of any of
 * them, in one transaction: what this machine's Postgres can do at all. Answers the seconds it took.
 */
export async function bulkCopy(sql: Sql, companyId: string): Promise<number> {
  const copyId = crypto.randomUUID()
  const connection = await sql.reserve()
  try {
    for (const table of tables) {
      const copy = connection(`copy_of_${table}`)
      // A connection of the pool may have made one before.
      await connection`drop table if exists ${copy}`
      await connection`create temp table ${copy} as select * from ${connection(table)} where company_id = ${companyId}`
      await connection`update ${copy} set company_id = ${copyId}`
      await connection`vacuum analyze ${copy}`
    }
    await connection`checkpoint`
    const start = performance.now()
    await connection`begin`
    for (const table of tables)
      await connection`insert into ${connection(table)} select * from ${connection(`copy_of_${table}`)}`
    await connection`commit`
    return (performance.now() - start) / 1000
  } finally {
    connection.release()
  }
}
