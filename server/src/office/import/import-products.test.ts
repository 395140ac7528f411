import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/test-database.ts'
import { connect } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { createAuth } from '../auth.ts'
import { DEMO_COMPANY, demoId } from '../demo/demo-shop.ts'
import { seedDemo } from '../demo/seed-demo.ts'
import { importProducts } from './import-products.ts'

const ROWS = 3000

test('many products at once are looked up, not searched for among all there are', async () => {
  const database = await createTestDatabase()
  // What made the first products is what Postgres remembers its plans for.
  const one = connect(database.url, { max: 1 })
  const now = () => new Date()
  const auth = await createAuth({
    sql: one,
    publicUrl: 'http://localhost:3300',
    log: pino({ level: 'silent' }),
  })
  await seedDemo(one, { now, auth })

  const user = { companyId: DEMO_COMPANY.companyId, userId: '', userName: 'Tan' } as Granted<'catalogue.edit'>
  const lines = Array.from({ length: ROWS }, (_, n) => `BULK-${n},Bulk product ${n},1.00,BC-${n}`)
  const file = new TextEncoder().encode(`sku,name,price,barcode\n${lines.join('\n')}\n`)
  const options = { format: 'auto', commit: true, outletId: demoId('outlet', 'TP') } as const
  const report = await importProducts({ sql: one, now }, user, file, options)

  // What a connection has read is known when it ends.
  await one.end()
  expect(report).toMatchObject({ created: ROWS })
  const [product] = await database.sql`
    select seq_tup_read + idx_tup_fetch as read from pg_stat_user_tables where relname = 'product'`
  expect(product?.read).toBeLessThan(ROWS * 100)
  await database.drop()
})
