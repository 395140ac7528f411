import type { Cart, CartCustomer, CartLine } from '@evertill/shared/domain/cart'
import type { Discount } from '@evertill/shared/domain/discount'
import { minor, type Thousandths, thousandths } from '@evertill/shared/domain/money'
import type { SaleBody, SaleRules } from '@evertill/shared/domain/sale'
import type { Tender, TenderKind } from '@evertill/shared/domain/tender'
import { type OracleReturns, oracleReturns } from '@evertill/shared/testing/refund-oracle'
import { type OracleSale, oracleSale } from '@evertill/shared/testing/sale-oracle'
import type { DayOffers, Goods } from './day-shop.ts'
import { sum } from './expectation.ts'

/*
 * The day's books, kept beside the till by hand: every sale and refund by the oracles, from the shop's prices and what
 * the cashier did, and nothing that the till or the server worked out.
 */

const RULES: SaleRules = {
  inclusive: true,
  rounding: 'total',
  currency: 'SGD',
  cashStep: 5,
  minorPerPoint: 1000,
  pointValue: 10,
}
const RATES = { SR: 90_000 }

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

const KINDS = {
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

export interface SalePaper {
  readonly kind: 'sale'
  readonly sale: DaySale
  readonly expected: OracleSale
  readonly tenders: readonly Tender[]
  readonly staff: string
}
export interface RefundPaper {
  readonly kind: 'refund' | 'void'
  /** None of goods that came back without a receipt. */
  readonly of: SalePaper | undefined
  readonly lines: readonly { readonly net: number; readonly tax: number; readonly goods: Goods }[]
  readonly tax: number
  readonly net: number
  readonly rounding: number
  readonly total: number
  readonly pointsTaken: number
  /** Pieces that went back on the shelf, by product; thousandths. */
  readonly restocked: ReadonlyMap<string, number>
  readonly tenders: readonly { readonly method: string; readonly amount: number }[]
  readonly staff: string
}
export type Paper = SalePaper | RefundPaper

export class DayBooks {
  readonly #offers: DayOffers
  readonly papers: Paper[] = []
  readonly #returns = new Map<SalePaper, OracleReturns>()
  /** Whoever stands at the till. */
  staff = ''
  float = 0
  readonly moved: number[] = []
  noSales = 0

  constructor(offers: DayOffers) {
    this.#offers = offers
  }

  get sales(): SalePaper[] {
    return this.papers.filter((paper) => paper.kind === 'sale')
  }

  /** What a sale comes to; nothing is written down. */
  reckon(sale: DaySale): SalePaper {
    const cart = cartOf(sale)
    const promoted = sale.lines.map((line) => promotionOn(line, sale, this.#offers))
    const oracle = (tenders: readonly Tender[]) => oracleSale(cart, RULES, RATES, tenders, promoted)
    let left = oracle([]).total
    const tenders: Tender[] = []
    for (const { method, cents, points, code } of sale.tenders) {
      const kind = KINDS[method]
      if (kind === 'cash') left = inCoins(left)
      const amount = cents ?? (points === undefined ? left : points * 10)
      left -= amount
      tenders.push({
        methodCode: method,
        kind,
        amount: minor(amount),
        ...(points !== undefined && { points }),
        ...(code !== undefined && { code }),
      })
    }
    if (left > 0) throw new Error(`a planned sale is ${left} cents short of being paid`)
    return { kind: 'sale', sale, expected: oracle(tenders), tenders, staff: this.staff }
  }

  /** What is due for it before any of it is paid. */
  owed(sale: DaySale): number {
    const { expected } = this.reckon({ ...sale, tenders: [{ method: 'CARD' }] })
    return expected.net + (sale.issued?.amount ?? 0)
  }

  enter(paper: SalePaper): void {
    this.papers.push(paper)
  }

  /** What comes back of a sale, all of it paid back one way. */
  takeBack(
    of: SalePaper,
    picks: readonly { readonly lineNo: number; readonly quantity: number; readonly restock?: boolean }[],
    back: { readonly kind?: 'refund' | 'void'; readonly method: DayTender['method'] },
  ): RefundPaper {
    const returns = this.#returns.get(of) ?? oracleReturns(soldBody(of))
    this.#returns.set(of, returns)
    // The oracle wants to know how it was paid back before it says how much that is.
    const dry = oracleReturns(soldBody(of))
    const net = dry.refund(picks, [], 0).net
    const amount = back.method === 'CASH' ? inCoins(net) : net
    const leg = { methodCode: back.method, kind: KINDS[back.method], amount: minor(amount) }
    const refund = returns.refund(picks, [leg])
    const goodsAt = (lineNo: number) => {
      const line = of.sale.lines[lineNo - 1]
      if (line === undefined) throw new Error(`the sale has no line ${lineNo}`)
      return line.goods
    }
    const paper: RefundPaper = {
      kind: back.kind ?? 'refund',
      of,
      ...refund,
      lines: refund.lines.map((line) => ({ ...line, goods: goodsAt(line.lineNo) })),
      restocked: new Map(
        picks
          .filter(({ restock = true }) => restock)
          .map(({ lineNo, quantity }) => [goodsAt(lineNo).productId, quantity]),
      ),
      tenders: [{ method: back.method, amount }],
      staff: this.staff,
    }
    this.papers.push(paper)
    return paper
  }

  /** Goods without a receipt, for cash, at a price that somebody named; nothing of it goes back on the shelf. */
  takeBackBlind(goods: Goods, price: number): RefundPaper {
    const { expected } = this.reckon({ lines: [{ goods, price }], tenders: [{ method: 'CASH' }] })
    const { lines, tax, net, rounding, total } = expected
    const paper: RefundPaper = {
      kind: 'refund',
      of: undefined,
      lines: lines.map((line) => ({ ...line, goods })),
      ...{ tax, net, rounding, total },
      pointsTaken: 0,
      restocked: new Map(),
      tenders: [{ method: 'CASH', amount: total }],
      staff: this.staff,
    }
    this.papers.push(paper)
    return paper
  }

  /** The Z report, in the words of head office. */
  figures() {
    const sales = this.sales
    const refunds = this.papers.filter((paper) => paper.kind !== 'sale')
    const figure = (totals: readonly number[]) => ({ count: totals.length, total: sum(totals) })
    const taxes = new Map<string, { taxable: number; tax: number }>()
    const addTax = ({ taxCode }: Goods, net: number, tax: number) => {
      const row = taxes.get(taxCode) ?? { taxable: 0, tax: 0 }
      taxes.set(taxCode, { taxable: row.taxable + net - tax, tax: row.tax + tax })
    }
    for (const { sale, expected } of sales)
      for (const [i, { goods }] of sale.lines.entries()) {
        const { net = 0, tax = 0 } = expected.lines[i] ?? {}
        addTax(goods, net, tax)
      }
    for (const { lines } of refunds) for (const { goods, net, tax } of lines) addTax(goods, -net, -tax)
    const people = [...new Set(this.papers.map(({ staff }) => staff))].sort()
    const totals = (papers: readonly (SalePaper | RefundPaper)[]) =>
      papers.map((paper) => (paper.kind === 'sale' ? paper.expected.total : paper.total))
    const of = (staff: string) => (paper: Paper) => paper.staff === staff
    return {
      sales: figure(totals(sales)),
      refunds: figure(totals(refunds)),
      voids: figure(totals(refunds.filter(({ kind }) => kind === 'void'))),
      discounts: sum(sales.map(({ expected }) => expected.discount)),
      rounding: sum(sales.map(({ expected }) => expected.rounding)) - sum(refunds.map((r) => r.rounding)),
      taxes: [...taxes]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([taxCode, row]) => ({ taxCode, ratePpm: taxCode === 'SR' ? 90_000 : 0, ...row })),
      staff: people.map((staffId) => ({
        staffId,
        sales: figure(totals(sales.filter(of(staffId)))),
        refunds: figure(totals(refunds.filter(of(staffId)))),
      })),
      movedIn: figure(this.moved.filter((amount) => amount > 0)),
      movedOut: figure(this.moved.filter((amount) => amount < 0).map((amount) => -amount)),
      noSales: this.noSales,
    }
  }

  /** What each method should hold at the close: the drawer with its float, what was put in and what was taken out. */
  expectedByMethod(): Record<string, number> {
    const taken: Record<string, number> = { CASH: this.float + sum(this.moved) }
    const add = (method: string, amount: number) => {
      if (method !== 'EXCHANGE') taken[method] = (taken[method] ?? 0) + amount
    }
    for (const paper of this.papers) {
      if (paper.kind !== 'sale') for (const { method, amount } of paper.tenders) add(method, -amount)
      else {
        for (const { methodCode, amount } of paper.tenders) add(methodCode, amount)
        add('CASH', -paper.expected.change)
      }
    }
    return taken
  }

  /** What left the shelves less what came back, by product; thousandths. */
  gone(): Map<string, number> {
    const gone = new Map<string, number>()
    const add = (productId: string, quantity: number) =>
      gone.set(productId, (gone.get(productId) ?? 0) + quantity)
    for (const paper of this.papers)
      if (paper.kind === 'sale')
        for (const line of paper.sale.lines) add(line.goods.productId, quantityOf(line))
      else for (const [productId, quantity] of paper.restocked) add(productId, -quantity)
    return gone
  }

  /** What customers earned less what they spent. */
  points(): Map<string, number> {
    const points = new Map<string, number>()
    for (const paper of this.papers) {
      const customer = paper.kind === 'sale' ? paper.sale.customer : paper.of?.sale.customer
      if (customer === undefined) continue
      const spent = paper.kind === 'sale' ? sum(paper.tenders.map(({ points: p = 0 }) => p)) : 0
      const earned = paper.kind === 'sale' ? paper.expected.pointsEarned : -paper.pointsTaken
      points.set(customer.customerId, (points.get(customer.customerId) ?? 0) + earned - spent)
    }
    return points
  }
}

/** Thousandths: of a label with a price, the weight that the price comes to. */
export const quantityOf = ({ goods, quantity, labelPrice }: DayLine): number =>
  labelPrice === undefined ? (quantity ?? 1000) : Math.round((labelPrice * 1000) / goods.price)

/** The smallest coin in use is five cents. */
export const inCoins = (cents: number): number => Math.round(cents / 5) * 5

const cartOf = ({ lines, billOff, customer, issued }: DaySale): Cart => ({
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
function promotionOn(
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

/** As much of a sale as the oracle of refunds asks for, with the other oracle's amounts. */
const soldBody = ({ sale, expected }: SalePaper): SaleBody =>
  ({
    rules: RULES,
    net: expected.net,
    pointsEarned: expected.pointsEarned,
    lines: sale.lines.map((line, i) => ({ ...expected.lines[i], quantity: quantityOf(line) })),
  }) as unknown as SaleBody
