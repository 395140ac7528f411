import type { Entry } from '../protocol/entry.ts'

/**
 * When an entry was written, ISO 8601, as papers and lists of papers say it: by the server's clock, by which its tax,
 * its prices and its business date are too; by the till's own where what that was off by makes no date of it.
 */
export function paperTime({ at, clockOffsetMs }: Pick<Entry, 'at' | 'clockOffsetMs'>): string {
  const time = new Date(Date.parse(at) + clockOffsetMs)
  const year = time.getUTCFullYear()
  return year >= 1 && year <= 9999 ? time.toISOString() : at
}
