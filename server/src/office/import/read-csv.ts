import { Readable } from 'node:stream'
import { setImmediate as breath } from 'node:timers/promises'
import { type CsvError, parse } from 'csv-parse'
import type { ImportProblem } from './import-row.ts'

export interface CsvRow {
  /** The line of the file the row begins on; the header is line 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvTable {
  readonly header: readonly string[]
  readonly rows: readonly CsvRow[]
  readonly problems: readonly ImportProblem[]
}

const chunkBytes = 65_536

/** Rows of one import. Millions of tiny ones fit into an allowed file and would keep the server from its tills. */
export const MOST_ROWS = 100_000

/**
 * Reads a CSV file as Excel, Shopify and WooCommerce write it: quoted line breaks, a byte order mark, UTF-8,
 * UTF-16 or Windows-1252, and comma, semicolon or tab between the cells. What cannot be read becomes a problem
 * with its line. Works through the file bit by bit, so that tills are answered meanwhile.
 */
export async function readCsv(file: Uint8Array): Promise<CsvTable> {
  const bytes = asUtf8(file)
  const rows: CsvRow[] = []
  const skipped: (CsvError & { lines?: number })[] = []
  const parser = parse({
    info: true,
    delimiter: delimiterOf(bytes),
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    max_record_size: 1_000_000,
    // The header and one too many, by which an oversized file is known.
    to: MOST_ROWS + 2,
  })
  let lastLine = 0
  let doubled = 0
  parser.on('skip', (error: CsvError & { lines?: number }) => skipped.push(error))
  parser.on('readable', () => {
    for (let next = parser.read(); next !== null; next = parser.read()) {
      const { info, record } = next as { info: { lines: number }; record: string[] }
      // The parser counts a quoted CRLF as two lines.
      doubled += matchesIn(record, /\r\n/g)
      lastLine = info.lines - doubled
      if (record.every((cell) => cell.trim() === '')) continue
      rows.push({ line: lastLine - matchesIn(record, /\r\n|\r|\n/g), cells: record })
    }
  })
  await new Promise<void>((resolve, reject) => {
    parser.on('end', resolve).on('error', reject)
    Readable.from(chunksOf(bytes)).on('error', reject).pipe(parser)
  })
  const header = rows.shift()?.cells ?? []
  const unread = skipped.map((error) => ({
    // A quotation mark without an end is noticed at the end of the file, but stands after the last good row.
    line: error.code === 'CSV_QUOTE_NOT_CLOSED' ? lastLine + 1 : (error.lines ?? lastLine + 1),
    column: null,
    value: '',
    reason: reasonOf(error),
  }))
  const [fitting, surplus] = bySurplus(rows, header.length)
  return { header, rows: fitting, problems: [...unread, ...surplus] }
}

/** A row with more in it than the header has columns is shifted somewhere: none of its cells can be trusted. */
function bySurplus(rows: readonly CsvRow[], columns: number): [CsvRow[], ImportProblem[]] {
  const fitting: CsvRow[] = []
  const problems: ImportProblem[] = []
  const reason = `stands beyond the ${columns} columns of the header: a comma in a cell needs quotation marks around the cell`
  for (const row of rows) {
    const value = row.cells.slice(columns).find((cell) => cell.trim() !== '')
    if (value === undefined) fitting.push(row)
    else problems.push({ line: row.line, column: null, value: value.slice(0, 200), reason })
  }
  return [fitting, problems]
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    yield bytes.subarray(at, at + chunkBytes)
    await breath()
  }
}

const matchesIn = (cells: readonly string[], pattern: RegExp): number =>
  cells.reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0)

function reasonOf(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return 'a quotation mark is opened here and never closed: nothing after it could be read'
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return 'this row is more than a million characters long: a quotation mark is probably not closed'
  return 'this row could not be read'
}

function asUtf8(file: Uint8Array): Buffer {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.subarray(2).toString('utf16le'))
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const text = bytes.subarray(start)
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(text)
    return text
  } catch {
    // Excel's plain "CSV" on Windows.
    return Buffer.from(new TextDecoder('windows-1252').decode(text))
  }
}

/** The one that stands most often in the header row. */
function delimiterOf(bytes: Buffer): string {
  const end = bytes.indexOf('\n')
  const header = bytes
    .subarray(0, end === -1 ? bytes.length : end)
    .toString()
    .replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => header.split(delimiter).length
  const [first = ','] = [',', ';', '\t'].sort((a, b) => count(b) - count(a))
  return first
}
