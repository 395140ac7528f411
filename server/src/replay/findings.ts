import { checkRefund } from '@evertill/shared/domain/check-refund'
import { checkSale } from '@evertill/shared/domain/sale'
import type { Entry } from '@evertill/shared/protocol/entry'

/** An exception found in an entry itself. It is raised if, and only if, the entry is applied. */
export type Finding = { readonly type: 'totals-differ'; readonly detail: object }

export function findingsOf(entry: Entry): Finding[] {
  const differences = differencesIn(entry)
  return differences.length === 0 ? [] : [{ type: 'totals-differ', detail: { differences } }]
}

/** Where an entry's amounts are not what its own lines and tenders make. */
function differencesIn(entry: Entry) {
  switch (entry.kind) {
    case 'sale':
      return checkSale(entry.body)
    case 'refund':
    case 'void':
      return checkRefund(entry.body)
    default:
      return []
  }
}
