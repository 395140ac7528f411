import { leftOf, returnedBefore } from '@evertill/shared/domain/refund-share'
import type { SaleBody } from '@evertill/shared/domain/sale'
import type { Paper } from '../../store/journal.ts'

/** How much of a sale came back. */
export function cameBack(
  sale: SaleBody,
  refunds: readonly Paper<'refund' | 'void'>[],
): 'nothing' | 'some' | 'all' | 'voided' {
  if (refunds.length === 0) return 'nothing'
  if (refunds.some(({ entry }) => entry.kind === 'void')) return 'voided'
  const returned = returnedBefore({ before: refunds.map(({ entry }) => entry.body) })
  return sale.lines.some((line, i) => leftOf(line, returned.get(i + 1) ?? 0) > 0) ? 'some' : 'all'
}
