import { type PullResponse, zPullResponse } from '@evertill/shared/protocol/pull'
import { z } from 'zod'

const zRows = zPullResponse.shape.rows

/**
 * A pull read row by row: one row that a newer server writes in words this till does not know must not keep every
 * price change behind it from arriving.
 */
export const zReadPull = zPullResponse
  .extend({ rows: z.record(z.string(), z.array(z.unknown())) })
  .transform(({ rows, ...facts }): PullResponse & { readonly unreadable: number } => {
    let unreadable = 0
    const readable = Object.entries(zRows.shape).map(([table, zTable]) => {
      const parsed = (rows[table] ?? []).map((row) => zTable.element.safeParse(row))
      unreadable += parsed.filter((row) => !row.success).length
      return [table, parsed.flatMap((row) => (row.success ? [row.data] : []))]
    })
    return { ...facts, rows: Object.fromEntries(readable) as PullResponse['rows'], unreadable }
  })
