import type { AuditReport } from '@evertill/shared/protocol/office/audit'
import { readSales } from '../ledger.ts'
import type { OfficeClient } from '../office-client.ts'
import type { ServerProcess } from '../server-process.ts'
import { type Finding, readSale } from './judge.ts'
import type { StoredEntry } from './stored-till.ts'

/** What is wrong when a till has sent everything: the server holds each entry of its journal once, and no other. */
export async function ledgerFindings(
  server: ServerProcess,
  office: OfficeClient,
  tillId: string,
  journal: readonly StoredEntry[],
): Promise<Finding[]> {
  const findings: Finding[] = []
  const find = (what: Finding['what'], sentence: string) => findings.push({ what, sentence })
  const entries = await server.sql<{ id: string; raw: string }[]>`
    select entry_id as id, raw from entry where till_id = ${tillId}`
  const sales = await readSales(server.sql, tillId)

  const known = new Set(journal.map(({ id }) => id))
  for (const { id } of entries) if (!known.has(id)) find('doubled', `the server has ${id}, the till has not`)
  for (const { id, raw, fate } of journal) {
    const { body } = readSale(raw)
    if (fate === 'waiting' || fate === 'held')
      find('lost', `receipt ${body.receiptNo} is ${fate} on the till`)
    const stored = entries.filter((entry) => entry.id === id)
    if (stored.length !== 1 || stored[0]?.raw !== raw)
      find(
        stored.length > 1 ? 'doubled' : 'lost',
        `the server has receipt ${body.receiptNo} ${stored.length} times`,
      )
    const sold = sales.filter(({ receiptNo }) => receiptNo === body.receiptNo)
    if (sold.length !== 1)
      find(sold.length > 1 ? 'doubled' : 'lost', `${sold.length} sales for ${body.receiptNo}`)
    for (const sale of sold)
      if (sale.total !== body.total || sale.tax !== body.tax || sale.lines.length !== body.lines.length)
        find('torn', `the server's sale ${body.receiptNo} is another than the till's`)
  }
  const { checks } = await office.get<AuditReport>('/audit')
  for (const { law, differences } of checks)
    if (differences > 0) find('torn', `the audit finds ${differences} differences: ${law}`)
  return findings
}
