import { isDeepStrictEqual } from 'node:util'
import type { Buyer } from '@evertill/shared/domain/buyer'
import type { Facts, Verdict } from './facts.ts'
import { groupBy } from './sums.ts'

/**
 * Every receipt is made out to whom its cart said and to whom its till was told later, once each and to nobody else; what
 * came back is made out to whoever had the sale then.
 */
export function buyersAreNamed(verdict: Verdict, facts: Facts): void {
  const { lost, doubled, mismatched } = verdict
  const { ledger, textOf, soldOf } = facts
  const rows = groupBy(ledger.buyers, ({ entry_id }) => entry_id)
  const asked = new Set<string>()
  for (const { entry_id } of ledger.entries) {
    const entry = textOf.get(entry_id)
    if (entry?.kind !== 'buyer-named') continue
    asked.add(entry_id)
    const found = rows.get(entry_id) ?? []
    const [row] = found
    const { paperId, buyer } = entry.body
    const wanted = [entry.tillId, paperId, buyer.name, buyer.address, buyer.registrationNo ?? null]
    if (row === undefined) lost.push(`buyer ${entry_id} is named nowhere`)
    else if (found.length > 1) doubled.push(`buyer ${entry_id} is named ${found.length} times`)
    else if (
      !isDeepStrictEqual([row.till_id, row.paper_id, row.name, row.address, row.registration_no], wanted)
    )
      mismatched.push(`buyer ${entry_id} is ${JSON.stringify(row)}, not ${JSON.stringify(wanted)}`)
  }
  for (const id of rows.keys()) if (!asked.has(id)) mismatched.push(`buyer ${id} was named by nobody`)

  for (const [browser, journal] of facts.journalOf) {
    const buyers = new Map<string, Buyer | undefined>()
    for (const { id } of journal) {
      const entry = textOf.get(id)
      if (entry?.kind === 'buyer-named') buyers.set(entry.body.paperId, entry.body.buyer)
      if (entry?.kind === 'sale' && entry.body.exchange === undefined) {
        const wanted = soldOf.get(id)?.openSale.cart.buyer
        if (!isDeepStrictEqual(entry.body.buyer, wanted))
          mismatched.push(
            `${browser.name}: sale ${id} is made out to ${JSON.stringify(entry.body.buyer)}, not ${JSON.stringify(wanted)}`,
          )
      }
      if (entry?.kind === 'sale') buyers.set(id, entry.body.buyer)
      if (entry?.kind !== 'refund' && entry?.kind !== 'void') continue
      const { original, buyer } = entry.body
      if (original === undefined || !buyers.has(original.saleId)) continue
      const wanted = buyers.get(original.saleId)
      if (!isDeepStrictEqual(buyer, wanted))
        mismatched.push(
          `${browser.name}: ${entry.kind} ${id} is made out to ${JSON.stringify(buyer)}, not ${JSON.stringify(wanted)}`,
        )
    }
  }
}
