import type { SaleKind } from '@evertill/shared/protocol/office/sales'

/** What a receipt is of. */
export const SALE_KIND_WORDS: Readonly<Record<SaleKind, string>> = {
  sale: 'Sale',
  refund: 'Refund',
  void: 'Void',
}

interface Counted {
  readonly kind: SaleKind
  readonly total: number
}

/** A list of sales, refunds and voids summed up: how many of each, and what they come to together. */
export function countKinds(rows: readonly Counted[]) {
  const count = (kind: SaleKind) => rows.filter((row) => row.kind === kind).length
  return {
    sales: count('sale'),
    refunds: count('refund'),
    voids: count('void'),
    net: rows.reduce((sum, row) => sum + row.total, 0),
  }
}
