import { readFile } from 'node:fs/promises'
import type { CartLine } from '@evertill/shared/domain/cart'
import { minor, ONE_UNIT, ppm } from '@evertill/shared/domain/money'
import { priceCart } from '@evertill/shared/domain/pricing'
import { completeSale, type SaleBody, type SaleRules } from '@evertill/shared/domain/sale'
import { quickCash } from '@evertill/shared/domain/tender'

/** What customers carried to the till: product names, a basket a row. */
export type Baskets = { readonly source: string; readonly baskets: string[][] }

/** The baskets of a file, one a line, names separated by commas; made up where there is no file. */
export async function readBaskets(path: string | undefined, fallback: URL): Promise<Baskets> {
  const text = await readFile(path ?? fallback, 'utf8').catch((error: unknown) => {
    if (path !== undefined) throw error
    return undefined
  })
  if (text === undefined) return { source: 'generated baskets', baskets: generated(10_000) }
  const baskets = text
    .split('\n')
    .map((line) => line.split(',').map((name) => name.trim()))
    .map((names) => [...new Set(names.filter((name) => name !== ''))])
    .filter((names) => names.length > 0)
  return { source: `${baskets.length} baskets of ${path ?? 'the groceries data'}`, baskets }
}

/** Shaped like the real ones: 4.4 lines in the mean, 169 products, one of them in every fourth basket. */
function generated(count: number): string[][] {
  const random = seededRandom(1)
  return Array.from({ length: count }, () => {
    const names = new Set<string>()
    if (random() < 0.26) names.add('product 0')
    const lines = 1 + Math.min(31, Math.floor(-3.6 * Math.log(1 - random())))
    while (names.size < lines) names.add(`product ${Math.floor(169 * random() ** 2.2)}`)
    return [...names]
  })
}

const rules: SaleRules = {
  inclusive: true,
  rounding: 'line',
  currency: 'SGD',
  cashStep: 5,
  minorPerPoint: 1000,
}

/** What each product costs, in cents: the same every time. */
export function pricesOf(names: readonly string[]): number[] {
  const random = seededRandom(2)
  return names.map(() => 50 + Math.floor(random() * 2000))
}

/** Turns baskets into sales: every third by a known customer, half of them paid in cash with change. */
export function saleMaker(names: readonly string[], productIds: readonly string[], customerId: string) {
  const prices = pricesOf(names)
  const lineOf = new Map(
    names.map((name, i): [string, CartLine] => [
      name,
      {
        lineId: `${i}`,
        productId: productIds[i] ?? '',
        sku: `SKU-${i}`,
        name,
        unitPrice: minor(prices[i] ?? 0),
        quantity: ONE_UNIT,
        taxCode: 'SR',
        taxKind: 'standard',
      },
    ]),
  )
  return (basket: readonly string[], no: number): SaleBody => {
    const cart = priceCart({ lines: basket.flatMap((name) => lineOf.get(name) ?? []) }, rules, () =>
      ppm(90_000),
    )
    const customer = no % 3 === 0 ? { customerId, name: 'Tan Mei Ling', multiplierPpm: 1_000_000 } : undefined
    const tender =
      no % 2 === 0
        ? { methodCode: 'CASH', kind: 'cash' as const, amount: quickCash(cart.total, 5).at(-1) ?? cart.total }
        : { methodCode: 'CARD', kind: 'card' as const, amount: cart.total }
    const sale = completeSale(cart, { ...(customer && { customer }) }, [tender], rules, `BED-T1-${no}`)
    if ('code' in sale) throw new Error(`basket ${no} makes no sale: ${sale.code}`)
    return sale
  }
}

/** Numbers in [0, 1) that come out the same every time (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
