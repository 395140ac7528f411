import type { RefundBody } from '../domain/refund.ts'
import type { SaleBody } from '../domain/sale.ts'

/*
 * What a refund must come to, worked out a second time in exact BigInt fractions and without code of the domain. It keeps
 * its own book of what has come back, so that a sequence of refunds is held against the sale itself.
 */

export interface OracleRefund {
  readonly lines: readonly { lineNo: number; quantity: number; net: number; tax: number }[]
  readonly tax: number
  readonly net: number
  readonly rounding: number
  readonly total: number
  readonly pointsTaken: number
}

export interface OracleReturns {
  /** What the next refund must be, given how it was paid back. */
  refund(
    picks: readonly { readonly lineNo: number; readonly quantity: number }[],
    tenders: RefundBody['tenders'],
    /** Of a void: what the sale had put on codes. */
    issued?: number,
  ): OracleRefund
  /** Thousandths of the line that are still with the customer. */
  left(lineNo: number): number
}

/** To the nearest whole number; a half goes up. */
const nearest = (top: bigint, bottom: bigint): bigint => (2n * top + bottom) / (2n * bottom)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)

export function oracleReturns(sale: SaleBody): OracleReturns {
  const book = sale.lines.map((line) => ({
    sold: BigInt(line.quantity),
    net: BigInt(line.net),
    tax: BigInt(line.tax),
    back: 0n,
  }))
  const lineOf = (lineNo: number) => {
    const line = book[lineNo - 1]
    if (line === undefined) throw new Error(`no line ${lineNo}`)
    return line
  }
  let backInMoney = 0n
  let backInPoints = 0n
  return {
    left: (lineNo) => Number(lineOf(lineNo).sold - lineOf(lineNo).back),
    refund(picks, tenders, issued = 0) {
      const lines = picks.map(({ lineNo, quantity }) => {
        const line = lineOf(lineNo)
        const from = line.back
        line.back += BigInt(quantity)
        const part = (amount: bigint) =>
          nearest(amount * line.back, line.sold) - nearest(amount * from, line.sold)
        return { lineNo, quantity, net: part(line.net), tax: part(line.tax) }
      })
      const tax = sum(lines.map((line) => line.tax))
      const net = sum(lines.map((line) => line.net)) + (sale.rules.inclusive ? 0n : tax)
      const other = sum(tenders.filter(({ kind }) => kind !== 'cash').map(({ amount }) => BigInt(amount)))
      const back = net + BigInt(issued)
      const inCash = back - other
      const step = BigInt(sale.rules.cashStep)
      const hasCash = tenders.some(({ kind }) => kind === 'cash')
      const rounding = hasCash ? nearest(inCash, step) * step - inCash : 0n
      backInMoney += net
      const earned = BigInt(sale.pointsEarned)
      const points = sale.net === 0 ? 0n : (earned * backInMoney) / BigInt(sale.net)
      const pointsTaken = points - backInPoints
      backInPoints = points
      return {
        lines: lines.map((line) => ({ ...line, net: Number(line.net), tax: Number(line.tax) })),
        tax: Number(tax),
        net: Number(net),
        rounding: Number(rounding),
        total: Number(back + rounding),
        pointsTaken: Number(pointsTaken),
      }
    },
  }
}
