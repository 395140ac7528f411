import { thousandths } from '@evertill/shared/domain/money'
import type { OriginalSale, PickedLine } from '@evertill/shared/domain/refund'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import { isMoney, type WayBack, waysBack } from '@evertill/shared/domain/way-back'
import { findOriginal, recentSales } from '../../client/src/store/journal.ts'
import type { Page } from './browser.ts'
import type { Random } from './random.ts'

/** A sale of this till that somebody comes back with; undefined where there is none, or the page did not live. */
export async function anyOriginal(random: Random, page: Page): Promise<OriginalSale | undefined> {
  const sales = await recentSales(page.db, 300)
  // The oldest and the newest more often: copies of a till share their oldest sales.
  const sale = random.chance(0.4) ? sales.at(-1) : random.chance(0.5) ? sales[0] : any(random, sales)
  const original = sale && (await findOriginal(page.db, sale.entry.id))
  return page.alive ? original : undefined
}

/** Some of what is left of a sale: all of it, or a share of some lines. */
export function anyPicks(random: Random, { sale, before }: OriginalSale): PickedLine[] {
  const left = sale.lines.map(({ quantity }, i) => {
    const back = before.flatMap(({ lines }) => lines.filter(({ lineNo }) => lineNo === i + 1))
    return quantity - back.reduce((sum, line) => sum + line.quantity, 0)
  })
  const whole = random.chance(0.4)
  return left.flatMap((quantity, i) => {
    const share = whole ? quantity : random.chance(0.7) ? random.int(1, quantity) : 0
    if (quantity <= 0 || share <= 0) return []
    return [{ lineNo: i + 1, quantity: thousandths(share), restock: random.chance(0.7) }]
  })
}

/** As it was paid; now and then what came in as money goes back as store credit, and in cash what goods paid for. */
export function anyWays(random: Random, original: OriginalSale, newId: () => string): WayBack[] {
  const asPaid = waysBack(original)
  const instead = (way: WayBack) => [...asPaid.filter((paid) => !isMoney(paid)), way]
  if (random.chance(0.2))
    return instead({ methodCode: 'STORE-CREDIT', kind: 'store-credit', code: newValueCode(newId()) })
  return original.sale.exchange === undefined ? asPaid : instead({ methodCode: 'CASH', kind: 'cash' })
}

const any = <T>(random: Random, items: readonly T[]): T | undefined =>
  items.length === 0 ? undefined : random.pick(items)
