import type { Buyer } from '@evertill/shared/domain/buyer'
import type { CartCustomer, CartLine } from '@evertill/shared/domain/cart'
import type { Discount } from '@evertill/shared/domain/discount'
import { minor, ppm, thousandths } from '@evertill/shared/domain/money'
import { mostPoints, type PointsKnown } from '@evertill/shared/domain/points'
import type { SaleRules } from '@evertill/shared/domain/sale'
import { quantityAtPrice } from '@evertill/shared/domain/scale-label'
import { mostValue, type ValueKnown } from '@evertill/shared/domain/stored-value'
import type { Tender } from '@evertill/shared/domain/tender'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { oracleSale } from '@evertill/shared/testing/sale-oracle'
import type { OpenSale } from '../../client/src/store/cart.ts'
import type { Catalogue } from '../../client/src/store/catalogue.ts'
import { customerId, simId } from './company.ts'
import type { Random } from './random.ts'

/** What a cashier can sell, and by which rules. */
export interface Stocked extends Catalogue {
  readonly products: readonly ProductRow[]
}

export const RATES = { SR: 90_000, ZR: 0, EX: 0 }

/** Who buys much at once. */
const BUSINESS: Buyer = { name: 'Lim & Sons', address: '1 Fullerton Road\nSingapore 049213' }

/** Somebody's purchase, rung up and paid for. `registered` are customers whom this till knows besides the shop's own. */
export function ringUp(
  random: Random,
  catalogue: Stocked,
  rules: SaleRules,
  registered: readonly CartCustomer[],
): OpenSale {
  const lines = Array.from({ length: random.pick([1, 1, 2, 3, 4]) }, (_, i) => anyLine(random, catalogue, i))
  const no = random.int(1, 3)
  const known = { customerId: customerId(no), name: `Customer ${no}`, multiplierPpm: multiplierOf(no) }
  const cart = {
    lines,
    ...(random.chance(0.1) && { billDiscount: anyDiscount(random) }),
    ...(random.chance(0.4) && {
      customer: registered.length > 0 && random.chance(0.5) ? random.pick(registered) : known,
    }),
    // Nothing is drawn for it: the sales of a seed stay what they are.
    ...(lines.length === 4 && { buyer: BUSINESS }),
  }
  return { cart, tenders: anyTenders(random, oracleSale(cart, rules, RATES, []).total) }
}

/** The same, with some of the customer's points for a part of it, as far as the till offers them. */
export function payWithPoints(
  random: Random,
  { company }: Catalogue,
  { cart, tenders }: OpenSale,
  owed: number,
  known: PointsKnown,
): OpenSale {
  const most = company.points === undefined ? 0 : mostPoints(known, company.points, minor(owed))
  if (company.points === undefined || most === 0) return { cart, tenders }
  const points = random.chance(0.5) ? most : random.int(1, most)
  const amount = minor(points * company.points.value)
  const leg: Tender = { methodCode: 'POINTS', kind: 'points', amount, points }
  return { cart, tenders: [leg, ...anyTenders(random, owed - amount)] }
}

/** The same, with a gift card that the customer buys besides: it is paid in cash or by card, as all of it is. */
export function buyGiftCard(random: Random, { cart }: OpenSale, owed: number, code: string): OpenSale {
  const amount = random.int(1, 40) * 100
  const line: CartLine = {
    lineId: 'gift',
    productId: simId(7, 6),
    sku: 'GIFT-CARD',
    name: 'Gift card',
    unitPrice: minor(amount),
    quantity: thousandths(1000),
    taxCode: '',
    taxKind: 'exempt',
    value: { code, kind: 'gift-card', methodCode: 'GIFT-CARD' },
  }
  const lines = random.chance(0.3) ? [line] : [...cart.lines, line]
  const due = lines.length === 1 ? amount : owed + amount
  return { cart: { ...cart, lines }, tenders: anyTenders(random, due) }
}

/** The same, with some of what is on a code, as far as the till offers it. */
export function payWithValue(
  random: Random,
  { company }: Catalogue,
  { cart, tenders }: OpenSale,
  owed: number,
  { code, known }: { readonly code: string; readonly known: ValueKnown },
): OpenSale {
  const most = mostValue(known, company.valueOfflineLimit ?? 0, minor(owed))
  if (most === 0) return { cart, tenders }
  const amount = minor(random.chance(0.5) ? most : random.int(1, most))
  const { kind } = known
  return {
    cart,
    tenders: [{ methodCode: kind.toUpperCase(), kind, amount, code }, ...anyTenders(random, owed - amount)],
  }
}

const multiplierOf = (no: number): number => 1_000_000 + 250_000 * (no - 1)

function anyLine(random: Random, { products, taxCodes }: Stocked, i: number): CartLine {
  const product = random.pick(products)
  const taxCode = taxCodes.find((row) => row.taxCodeId === product.taxCodeId)
  if (taxCode === undefined) throw new Error('a product without its tax code')
  const quantity = product.unit === 'kg' ? random.int(5, 3000) : random.int(1, 3) * 1000
  const { productId, sku, name, price: unitPrice } = product
  // Some of what is sold by weight comes with a scale's label, whose price is the line's.
  const labelled = product.unit === 'kg' && unitPrice > 0 && random.chance(0.3)
  const labelPrice = minor(labelled ? random.int(1, 99_999) : 0)
  return {
    lineId: `l${i}`,
    productId,
    sku,
    name,
    unitPrice,
    taxCode: taxCode.code,
    taxKind: taxCode.kind,
    quantity: labelled ? quantityAtPrice(labelPrice, unitPrice) : thousandths(quantity),
    ...(labelled && { labelPrice }),
    ...(random.chance(0.15) && { discount: anyDiscount(random) }),
  }
}

/** What somebody brings back whose receipt nobody finds: at the price a person decided on. */
export const bringBack = (random: Random, catalogue: Stocked): CartLine[] =>
  Array.from({ length: random.int(1, 2) }).map((_, i) => {
    const { discount, labelPrice, ...line } = anyLine(random, catalogue, i)
    return { ...line, unitPrice: minor(random.int(1, 1500)) }
  })

/** As it is handed over to be paid back. */
export const blindLine = ({ lineId: _, ...line }: CartLine, restock: boolean) => ({
  ...line,
  ratePpm: ppm(line.taxKind === 'standard' ? RATES.SR : 0),
  restock,
})

const anyDiscount = (random: Random): Discount =>
  random.chance(0.5)
    ? { kind: 'percent', ratePpm: ppm(random.pick([50_000, 100_000, 333_333])) }
    : { kind: 'amount', amount: minor(random.int(1, 500)) }

export function anyTenders(random: Random, owed: number): Tender[] {
  const noncash = (amount: number): Tender => {
    const kind = random.pick(['card', 'nets', 'paynow'] as const)
    return {
      methodCode: kind.toUpperCase(),
      kind,
      amount: minor(amount),
      ...(random.chance(0.5) && { reference: `ref ${owed}` }),
    }
  }
  const cash = (amount: number): Tender => ({ methodCode: 'CASH', kind: 'cash', amount: minor(amount) })
  const inCoins = (amount: number) => Math.ceil(amount / 5) * 5
  if (owed === 0) return []
  switch (random.int(0, 3)) {
    case 0:
      return [noncash(owed)]
    case 1:
      return [cash(Math.ceil(owed / 500) * 500)]
    case 2: {
      const part = Math.max(1, Math.floor(owed / 3))
      return part >= owed ? [noncash(owed)] : [noncash(part), cash(inCoins(owed - part))]
    }
    default:
      return [cash(inCoins(owed))]
  }
}
