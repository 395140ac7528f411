import { openExceptions } from './check-journals.ts'
import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'
import { differentSets } from './sums.ts'

/** Every customer that a till registered is there once, and head office is told of those that nobody registered. */
export function customersAreThere(
  { mismatched }: Verdict,
  facts: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
): void {
  const { ledger, textOf } = facts
  const found = new Map(ledger.customers.map((row) => [row.customer_id, row]))
  const registered = new Set<string>()
  for (const { entry_id } of ledger.entries) {
    const entry = textOf.get(entry_id)
    if (entry?.kind !== 'customer-registered') continue
    const { customerId, code, name, phone } = entry.body
    registered.add(customerId)
    const row = found.get(customerId)
    const isOwnCode = row?.code === code || row?.code === `${code}-${customerId.slice(-12)}`
    if (row === undefined || row.name !== name || row.phone !== (phone ?? null) || !isOwnCode)
      mismatched.push(`customer ${customerId} is ${JSON.stringify(row)}, not ${JSON.stringify(entry.body)}`)
    if (row !== undefined && row.code !== code && !ledger.customers.some((other) => other.code === code))
      mismatched.push(`customer ${customerId} lost the code ${code} to nobody`)
  }
  for (const { customer_id, code } of ledger.customers)
    if (!registered.has(customer_id) && !/^C[1-3]$/.test(code))
      mismatched.push(`customer ${customer_id} was registered by nobody`)

  const unknown = new Set<string>()
  for (const { entry_id } of ledger.entries) {
    const customerId = papers.get(entry_id)?.customerId ?? null
    if (customerId !== null && !found.has(customerId)) unknown.add(customerId)
  }
  mismatched.push(
    ...differentSets('open unknown-customer', unknown, openExceptions(facts, 'unknown-customer')),
  )
}
