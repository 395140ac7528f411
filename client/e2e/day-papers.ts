import type { Tender } from '@evertill/shared/domain/tender'
import type { OracleSale } from '@evertill/shared/testing/sale-oracle'
import type { Page } from '@playwright/test'
import type { DaySale } from './day-reckoning.ts'
import type { Goods } from './day-shop.ts'
import { readJournal } from './journal.ts'

/** What the books have of a sale, or of what was taken back. */
export interface SalePaper {
  readonly kind: 'sale'
  readonly sale: DaySale
  readonly expected: OracleSale
  readonly tenders: readonly Tender[]
  readonly staff: string
}
export interface RefundPaper {
  readonly kind: 'refund' | 'void'
  /** None of goods that came back without a receipt. */
  readonly of: SalePaper | undefined
  readonly lines: readonly { readonly net: number; readonly tax: number; readonly goods: Goods }[]
  readonly tax: number
  readonly net: number
  readonly rounding: number
  readonly total: number
  readonly pointsTaken: number
  /** Pieces that went back on the shelf, by product; thousandths. */
  readonly restocked: ReadonlyMap<string, number>
  readonly tenders: readonly { readonly method: string; readonly amount: number }[]
  readonly staff: string
}
export type Paper = SalePaper | RefundPaper

/** An entry as the till's journal has it; of its body, whatever is asked of its kind. */
export interface Written {
  readonly fate: string
  readonly kind: string
  readonly body: WrittenPaper & {
    readonly sales: unknown
    readonly refunds: unknown
    readonly details: object
  }
}
interface WrittenPaper {
  readonly receiptNo: string
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly total: number
  readonly lines: readonly { readonly net: number; readonly tax: number }[]
  readonly tenders: readonly { readonly amount: number }[]
}

export async function readWritten(page: Page): Promise<Written[]> {
  return (await readJournal(page)).map(({ fate, raw }) => ({ fate, ...JSON.parse(raw) }))
}
export const papersIn = (journal: readonly Written[]): readonly Written[] =>
  journal.filter(({ kind }) => ['sale', 'refund', 'void'].includes(kind))

export function amountsOf(paper: Paper) {
  const { net, tax, rounding, total, lines } = paper.kind === 'sale' ? paper.expected : paper
  return {
    ...{ net, tax, rounding, total },
    lines: lines.map((line) => ({ net: line.net, tax: line.tax })),
    tenders: paper.tenders.map((tender) => tender.amount),
  }
}

export const amountsWritten = ({ net, tax, rounding, total, lines, tenders }: WrittenPaper) => ({
  ...{ net, tax, rounding, total, lines },
  tenders: tenders.map((tender) => tender.amount),
})
