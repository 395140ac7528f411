import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import { countOf } from '../words/count-words.ts'

const FORMAT_NAMES = {
  evertill: 'our own columns',
  shopify: 'a Shopify product export',
  woocommerce: 'a WooCommerce product export',
} as const

const badRows = (report: Pick<ImportReport, 'problems'>): number =>
  new Set(report.problems.map((problem) => problem.line)).size

/** What will change with the import. */
export const toImport = (report: Pick<ImportReport, 'created' | 'updated'>): number =>
  report.created + report.updated

/** `300 new, 12 changed, 5 unchanged, 2 left out`. */
export function countsWords(report: ImportReport): string {
  const left = badRows(report)
  return [
    `${countOf(report.created, 'new product')}`,
    `${report.updated} to change`,
    ...(report.unchanged > 0 ? [`${report.unchanged} unchanged`] : []),
    ...(left > 0 ? [`${countOf(left, 'row')} left out`] : []),
  ].join(', ')
}

/** What the import has done. */
export function resultWords(report: ImportReport): string {
  const left = badRows(report)
  const parts = [
    ...(report.created > 0 ? [`${countOf(report.created, 'product')} added`] : []),
    ...(report.updated > 0 ? [`${countOf(report.updated, 'product')} changed`] : []),
  ]
  const done = parts.length === 0 ? 'Nothing had to change' : parts.join(', ')
  return left === 0 ? `${done}.` : `${done}. ${countOf(left, 'row was', 'rows were')} left out.`
}

/** What is known of the file while it is read and after. */
export function readingWords(report: Pick<ImportReport, 'format'> | undefined, failed: boolean): string {
  if (report !== undefined) return `Read as ${FORMAT_NAMES[report.format]}`
  return failed ? 'Not read' : 'Reading…'
}
