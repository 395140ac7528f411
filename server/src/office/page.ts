import { z } from 'zod'

/** Rows on one page of a list. */
export const PAGE_SIZE = 50

export interface Page<T> {
  readonly rows: T[]
  readonly nextCursor: string | null
}

/**
 * A cursor is the sort key of the last row shown; clients hand it back unread. Keys, unlike row numbers,
 * stay right while rows are added above.
 */
export const zCursor = <T extends z.ZodType>(key: T) =>
  z
    .string()
    .max(2000)
    .transform((text, context) => {
      try {
        return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'is not a cursor of this list' })
        return z.NEVER
      }
    })
    .pipe(key)

/** Cuts the page out of rows that were read one further than it goes. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  keyOf: (row: Row) => readonly (string | number)[],
  shape: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  const more = rows.length > PAGE_SIZE && last !== undefined
  return {
    rows: shown.map(shape),
    nextCursor: more ? Buffer.from(JSON.stringify(keyOf(last))).toString('base64url') : null,
  }
}
