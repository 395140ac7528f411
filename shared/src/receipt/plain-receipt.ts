import type { PrintRow } from './print-row.ts'

/** A receipt as lines of plain text: what is drawn, a rule or a code, is left out; a code's words stand beside it. */
export function plainReceipt(rows: readonly PrintRow[]): string {
  const lines = rows.flatMap((row) => {
    switch (row.kind) {
      case 'text':
        return [row.text]
      case 'pair':
        return [`${row.label}: ${row.value}`]
      default:
        return []
    }
  })
  return lines.join('\n')
}
