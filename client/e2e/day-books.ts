import { minor } from '@evertill/shared/domain/money'
import type { SaleBody } from '@evertill/shared/domain/sale'
import type { Tender } from '@evertill/shared/domain/tender'
import { type OracleReturns, oracleReturns } from '@evertill/shared/testing/refund-oracle'
import { oracleSale } from '@evertill/shared/testing/sale-oracle'
import type { Paper, RefundPaper, SalePaper } from './day-papers.ts'
import {
  cartOf,
  type DaySale,
  type DayTender,
  inCoins,
  KINDS,
  promotionOn,
  quantityOf,
  RATES,
  RULES,
} from './day-reckoning.ts'
import type { DayOffers, Goods } from './day-shop.ts'
import { sum } from './expectation.ts'

/*
 * The day's books, kept beside the till by hand: every sale and refund by the oracles, from the shop's prices and what
 * the cashier did, and nothing that the till or the server worked out.
 */

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
      issued: sum(sales.map(({ sale }) => sale.issued?.amount ?? 0)),
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

/** As much of a sale as the oracle of refunds asks for, with the other oracle's amounts. */
const soldBody = ({ sale, expected }: SalePaper): SaleBody =>
  ({
    rules: RULES,
    net: expected.net,
    pointsEarned: expected.pointsEarned,
    lines: sale.lines.map((line, i) => ({ ...expected.lines[i], quantity: quantityOf(line) })),
  }) as unknown as SaleBody
