import type { Entry } from '@evertill/shared/protocol/entry'
import type { Facts, Verdict } from './facts.ts'
import { groupBy } from './sums.ts'

/** Every receipt that a customer asked for by e-mail is there to be sent once, to that address, and no other is. */
export function emailsAreThere({ lost, doubled, mismatched }: Verdict, { ledger, textOf }: Facts): void {
  const asked = ledger.entries.flatMap(({ entry_id }) => {
    const entry = textOf.get(entry_id)
    return entry?.kind === 'receipt-emailed' ? [entry] : []
  })
  const rows = groupBy(ledger.emails, ({ email_id }) => email_id)
  for (const [id, { length }] of rows) if (length > 1) doubled.push(`e-mail ${id} is there ${length} times`)
  for (const { id, tillId, body } of asked) {
    const [row] = rows.get(id) ?? []
    if (row === undefined) lost.push(`e-mail ${id} is not there to be sent`)
    else if (row.paper_id !== body.paperId || row.till_id !== tillId || row.address !== body.to)
      mismatched.push(`e-mail ${id} is ${JSON.stringify(row)}, not ${JSON.stringify(body)}`)
  }
  const known = new Set(asked.map(({ id }) => id))
  for (const id of rows.keys()) if (!known.has(id)) mismatched.push(`e-mail ${id} was asked for by nobody`)
  mismatched.push(...keptDifferences(ledger.customers, asked))
}

/** Of the addresses that the shop's own customers had kept the newest stands, in whatever order they came. */
function keptDifferences(
  customers: Facts['ledger']['customers'],
  asked: readonly Extract<Entry, { kind: 'receipt-emailed' }>[],
): string[] {
  const newest = new Map<string, { id: string; to: string }>()
  for (const { id, body } of asked) {
    const { keepFor, to } = body
    if (keepFor !== undefined && (newest.get(keepFor)?.id ?? '') < id) newest.set(keepFor, { id, to })
  }
  return customers
    .filter(({ code }) => /^C[1-3]$/.test(code))
    .flatMap(({ customer_id, email }) => {
      const to = newest.get(customer_id)?.to ?? null
      return email === to ? [] : [`customer ${customer_id} gets mail at ${email}, not at ${to}`]
    })
}
