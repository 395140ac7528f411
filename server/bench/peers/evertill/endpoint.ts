import { pino } from 'pino'
import { migrate } from '../../../src/db/migrate.ts'
import { createEnrolmentCode } from '../../../src/db/queries/enrolment.ts'
import { createApp } from '../../../src/http/app.ts'
import { addTill, createShop } from '../../../test/shop.ts'
import type { OpenEndpoint } from '../outbox.ts'

/** The real server: nothing is left out or added. */
export const openEndpoint: OpenEndpoint = async (sql, products) => {
  await migrate(sql)
  const shop = await createShop(sql, { products, openingStock: 1_000_000_000 })
  const tillId = await addTill(sql, shop)
  const { code } = await createEnrolmentCode(sql, { companyId: shop.companyId, tillId, now: new Date() })
  const app = createApp({ sql, config: {}, log: pino({ level: 'warn' }), now: () => new Date() })
  return { app, setUp: { ...shop, code } }
}
