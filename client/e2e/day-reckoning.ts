import type { Cart, CartCustomer, CartLine } from '@evertill/shared/domain/cart'
import type { Discount } from '@evertill/shared/domain/discount'
import { minor, type Thousandths, thousandths } from '@evertill/shared/domain/money'
import type { SaleRules } from '@evertill/shared/domain/sale'
import type { TenderKind } from '@evertill/shared/domain/tender'
import type { DayOffers, Goods } from './day-shop.ts'

/** A sale as the cashier rings it up, and what the shop's rules and offers make of it. */

export const RULES: SaleRules = {
  inclusive: true,
  rounding: 'total',
  currency: 'SGD',
  cashStep: 5,
  minorPerPoint: 1000,
  pointValue: 10,
}
export const RATES = { SR: 90_000 }

export interface DayLine {
  readonly goods: Goods
  /** Thousandths; a single piece unless said. */
  readonly quantity?: number
  /** Of a scale's label that has a price. */
  readonly labelPrice?: number
  /** What was typed where the shop has no price, or where somebody set another. */
  readonly price?: number
  readonly off?: Discount
}

export interface DaySale {
  readonly lines: readonly DayLine[]
  readonly billOff?: Discount
  readonly customer?: DayCustomer
  /** What is put on a code that is sold with it. */
  readonly issued?: { readonly code: string; readonly kind: 'gift-card' | 'voucher'; readonly amount: number }
  readonly tenders: readonly DayTender[]
}
export type DayCustomer = Pick<CartCustomer, 'customerId' | 'name' | 'multiplierPpm'> & {
  readonly code: string
  readonly tier: string
}
/** In the order taken; without an amount, what is left. */
export interface DayTender {
  readonly method: keyof typeof KINDS
  readonly cents?: number
  readonly points?: number
  readonly code?: string
}

export const KINDS = {
  CASH: 'cash',
  CARD: 'card',
  NETS: 'nets',
  PAYNOW: 'paynow',
  POINTS: 'points',
  GIFT: 'gift-card',
  VOUCHER: 'voucher',
  CREDIT: 'store-credit',
  EXCHANGE: 'exchange',
} as const satisfies Record<string, TenderKind>

/** Thousandths: of a label with a price, the weight that the price comes to. */
export const quantityOf = ({ goods, quantity, labelPrice }: DayLine): number =>
  labelPrice === undefined ? (quantity ?? 1000) : Math.round((labelPrice * 1000) / goods.price)

/** The smallest coin in use is five cents. */
export const inCoins = (cents: number): number => Math.round(cents / 5) * 5

export const cartOf = ({ lines, billOff, customer, issued }: DaySale): Cart => ({
  lines: [
    ...lines.map((line, i): CartLine => {
      const { productId, sku, name, taxCode, taxKind } = line.goods
      return {
        lineId: `l${i}`,
        ...{ productId, sku, name, taxCode, taxKind },
        unitPrice: minor(line.price ?? line.goods.price),
        quantity: thousandths(quantityOf(line)) as Thousandths,
        ...(line.labelPrice !== undefined && { labelPrice: minor(line.labelPrice) }),
        ...(line.off && { discount: line.off }),
      }
    }),
    ...(issued === undefined
      ? []
      : [
          {
            lineId: 'issued',
            productId: '',
            sku: '',
            name: '',
            unitPrice: minor(issued.amount),
            quantity: thousandths(1000),
            taxCode: '',
            taxKind: 'exempt' as const,
            value: { code: issued.code, kind: issued.kind, methodCode: '' },
          },
        ]),
  ],
  ...(billOff && { billDiscount: billOff }),
  ...(customer && { customer }),
})

const NUTS: Readonly<Record<string, number>> = { 'SNK-003': 76, 'SNK-005': 62, 'SNK-006': 92 }

/** What the offers give on a line. No plan gives goods of two offers, or a line discount with one. */
export function promotionOn(
  line: DayLine,
  sale: DaySale,
  offers: DayOffers,
): { off: number; noBillDiscount: boolean } {
  const { goods } = line
  const pieces = quantityOf(line) / 1000
  const percent = (rate: number) => Math.floor((2 * goods.price * pieces * rate + 100) / 200)
  const off = () => {
    if (goods.sku in NUTS) {
      // 2.75 + 2.25 + 3.30 is 8.30, for 6.00: 2.30 off, by worth 0.762, 0.623 and 0.914.
      const isSet = sale.lines.filter((other) => other.goods.sku in NUTS).length === 3
      return isSet ? (NUTS[goods.sku] ?? 0) : 0
    }
    if (goods === offers.threeForTwo) return Math.floor(pieces / 3) * goods.price
    if (goods === offers.centsOff) return pieces * offers.centsOffEach
    if (goods === offers.memberPrice && sale.customer?.tier === 'Silver')
      return pieces * (goods.price - offers.silverPays)
    if (goods.category === offers.happyHour) return percent(20)
    if (goods.category === 'Personal Care' && sale.customer?.tier === 'Gold') return percent(10)
    return 0
  }
  const amount = off()
  return { off: amount, noBillDiscount: goods.sku in NUTS && amount > 0 }
}
