import { extend, type Minor, minor, sumMinor } from './money.ts'
import type { RefundBody } from './refund.ts'
import { owed, pointsTaken, shareOfNow } from './refund-share.ts'
import { exchangedBy, overHanded, type SaleDifference, type SaleRules } from './sale.ts'
import { issuedTotal } from './stored-value.ts'
import { taxLines } from './tax.ts'
import { settle } from './tender.ts'

/**
 * Recomputes a committed refund or void from what stands in it. As with `checkSale`, a difference is something for head
 * office to look at. Does not throw on any body the wire schema accepts.
 */
export function checkRefund(refund: RefundBody): SaleDifference[] {
  const differences: SaleDifference[] = []
  const expect = (field: string, expected: number, actual: number) => {
    if (expected !== actual) differences.push({ field, expected, actual })
  }
  const { lines, tenders, rules, original } = refund
  const blind = lines.filter((line) => line.of === undefined)
  const blindTaxes = taxLines(blind, rules)
  lines.forEach((line, i) => {
    const { net, tax } =
      line.of === undefined
        ? { net: extend(line.unitPrice, line.quantity), tax: blindTaxes[blind.indexOf(line)] ?? minor(0) }
        : shareOfNow(line.of, line.quantity)
    expect(`lines.${i}.net`, net, line.net)
    expect(`lines.${i}.tax`, tax, line.tax)
    if (line.taxKind !== 'standard') expect(`lines.${i}.ratePpm`, 0, line.ratePpm)
  })
  expect('tax', sumMinor(lines.map((line) => line.tax)), refund.tax)
  expect('net', owed(lines, rules), refund.net)
  const settlement = settle(minor(refund.net + issuedTotal(refund.issued)), tenders, rules.cashStep)
  expect('rounding', settlement.rounding, refund.rounding)
  expect('total', settlement.due, refund.total)
  expect('tenders', refund.total, settlement.paid)
  expect('exchange', exchangedBy(tenders), refund.exchange?.amount ?? 0)
  expect('exchange.from', 0, overHanded(refund.exchange))
  expect('pointsTaken', original ? pointsTaken(original, refund.net) : 0, refund.pointsTaken)
  tenders.forEach(({ kind, amount, points = 0, code, forfeited = 0 }, i) => {
    // Of a broken point all goes back, or what earlier refunds left of it.
    const whole = kind !== 'points' || refund.customer === undefined ? 0 : pointsWorth(amount, rules)
    expect(`tenders.${i}.points`, Math.min(points, whole), points)
    // Only what was on a code can be on it again.
    if (code === undefined) expect(`tenders.${i}.forfeited`, 0, forfeited)
  })
  return differences
}

const pointsWorth = (amount: Minor, { pointValue = 0 }: SaleRules): number =>
  pointValue === 0 ? 0 : Math.ceil(amount / pointValue)
