import { openExceptions } from './check-journals.ts'
import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'
import { differentSets } from './sums.ts'

/** Head office is told of every sale of which more came back than it sold, and of no other. */
export function overRefundsAreTold(
  { mismatched }: Verdict,
  facts: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
): void {
  const returned = new Map<
    string,
    { saleId: string; quantity: number; net: number; tax: number; times: number }
  >()
  for (const { entry_id } of facts.ledger.entries) {
    const paper = papers.get(entry_id)
    if (paper === undefined || paper.originalId === null) continue
    for (const { originalLineNo, productId, quantity, net, tax } of paper.lines) {
      const key = `${paper.originalId} ${originalLineNo} ${productId}`
      const before = returned.get(key) ?? { saleId: paper.originalId, quantity: 0, net: 0, tax: 0, times: 0 }
      returned.set(key, {
        ...before,
        quantity: before.quantity - quantity,
        net: before.net - net,
        tax: before.tax - tax,
        times: before.times + 1,
      })
    }
  }
  const over = new Set<string>()
  for (const [key, { saleId, quantity, net, tax, times }] of returned) {
    const lineNo = Number(key.split(' ')[1])
    // A sale that has not arrived has sold nothing yet.
    const line = facts.entryOf.has(saleId) ? papers.get(saleId)?.lines[lineNo - 1] : undefined
    // Two tills may each round their share up.
    const { quantity: sold, net: paid, tax: taxed } = line ?? { quantity: 0, net: 0, tax: 0 }
    if (quantity > sold || net > paid + times || tax > taxed + times) over.add(saleId)
  }
  mismatched.push(...differentSets('open over-refund of', over, openExceptions(facts, 'over-refund')))
}
