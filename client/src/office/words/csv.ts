/** A cell of a table to be opened in a spreadsheet; numbers go in as they are. */
export type CsvCell = string | number | null

/**
 * Text that starts like a formula would be run by a spreadsheet: a leading apostrophe keeps it text. One that is
 * there already gets another, so that whoever reads our file back can take off what was put there, and no more.
 * Source: OWASP, "CSV injection".
 */
const harmless = (text: string): string =>
  /^'*[=+\-@\t\r]/.test(text) && !NEGATIVE.test(text) ? `'${text}` : text

/** Of a refund, or of a drawer that is short: a number, which a column's sum must not leave out. */
const NEGATIVE = /^-\d+(\.\d+)?$/

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = harmless(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as CSV by RFC 4180, the header first. */
export const csvText = (header: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
