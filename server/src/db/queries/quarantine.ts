import { createHash } from 'node:crypto'
import { byteaArray, plainArray, textArray } from '../array-literal.ts'
import type { Sql } from '../connect.ts'

export type HeldLine = {
  readonly line: Uint8Array
  readonly type: 'unreadable' | 'id-reused'
  readonly reason: string
  readonly fields: readonly { readonly path: string; readonly message: string }[]
  /** The stored entry it collides with, if it does. */
  readonly entryId: string | null
}

/** Keeps lines as they came and raises an exception for each. Lines that are held already change nothing. */
export async function holdLines(
  sql: Sql,
  { companyId, tillId, outletId }: { companyId: string; tillId: string; outletId: string },
  held: readonly HeldLine[],
): Promise<void> {
  const hashes = held.map(({ line }) => createHash('sha256').update(line).digest('hex'))
  const lines = held.map(({ line }) => Buffer.from(line.buffer, line.byteOffset, line.length).toString('hex'))
  await sql`
    with given as (
      select distinct on (hash) *
      from unnest(
        ${sql.typed(byteaArray(hashes), 1001)},
        ${sql.typed(byteaArray(lines), 1001)},
        ${sql.typed(textArray(held.map(({ type }) => type)), 1009)},
        ${sql.typed(textArray(held.map(({ reason }) => reason)), 1009)},
        ${sql.typed(textArray(held.map(({ fields }) => JSON.stringify(fields))), 3807)},
        ${sql.typed(plainArray(held.map(({ entryId }) => entryId)), 2951)}
      ) as g(hash, line, type, reason, fields, entry_id)
      order by hash
    ), inserted as (
      insert into quarantine (company_id, till_id, line_hash, line, reason, fields)
      select ${companyId}, ${tillId}, hash, line, reason, fields from given order by hash
      on conflict (company_id, till_id, line_hash) do nothing
      returning quarantine_id, line_hash
    )
    insert into exception (company_id, type, subject, outlet_id, till_id, entry_id, detail)
    select ${companyId}, type, encode(hash, 'hex'), ${outletId}, ${tillId}, entry_id,
           jsonb_build_object('quarantineId', quarantine_id, 'reason', reason, 'fields', fields)
    from given join inserted on inserted.line_hash = given.hash
    order by hash
    on conflict (company_id, type, subject) where state = 'open' do nothing`
}
