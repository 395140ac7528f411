import type { Cart } from '@evertill/shared/domain/cart'
import { saveOpenSale } from '../../../../client/src/store/cart.ts'
import { countWaiting } from '../../../../client/src/store/journal.ts'
import { recordSale } from '../../../../client/src/store/record-entry.ts'
import { readTill } from '../../../../client/src/store/till.ts'
import { openTillDatabase } from '../../../../client/src/store/till-database.ts'
import { startBrowserSync } from '../../../../client/src/sync/browser-sync.ts'
import { enrol } from '../../../../client/src/sync/enrol.ts'
import type { OpenOutbox, Sale } from '../outbox.ts'

/** The till itself without its screens: what `completeSale` and `mountTill` call, in the same order. */
export const openOutbox: OpenOutbox = async (setUp) => {
  const { code, staffId } = setUp as { code: string; staffId: string }
  const db = openTillDatabase()
  const till = (await readTill(db)) ?? (await enrolled(db, code))
  const sync = startBrowserSync({ db, appVersion: 'bench' })
  return {
    take: async (sale) => {
      const openSale = { cart: cartOf(sale), tenders: sale.body.tenders }
      await saveOpenSale(db, openSale)
      const recorded = await recordSale(db, {
        staffId,
        openSale,
        expectedTotal: sale.body.net,
        now: new Date(),
        newId: () => sale.id,
      })
      if ('code' in recorded) throw new Error(`sale refused: ${JSON.stringify(recorded)}`)
      sync.wake()
    },
    isDrained: async () => (await countWaiting(db, till.tillId)) === 0,
  }
}

async function enrolled(db: ReturnType<typeof openTillDatabase>, code: string) {
  const outcome = await enrol(db, {
    code,
    fetch: (path, init) => fetch(path, init),
    now: () => new Date(),
    persist: () => navigator.storage.persist(),
    estimate: () => navigator.storage.estimate(),
    appVersion: 'bench',
  })
  if (outcome.code !== 'enrolled') throw new Error(`not enrolled: ${JSON.stringify(outcome)}`)
  return outcome.till
}

const cartOf = ({ body }: Sale): Cart => ({
  lines: body.lines.map(({ productId, sku, name, quantity, unitPrice, taxCode, taxKind }, i) => ({
    lineId: `l${i}`,
    productId,
    sku,
    name,
    quantity,
    unitPrice,
    taxCode,
    taxKind,
  })),
  ...(body.customer && { customer: body.customer }),
})
