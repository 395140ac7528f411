import { createHash } from 'node:crypto'
import { byteaArray, plainArray, textArray } from '../array-literal.ts'
import type { Sql, SqlOrTx, Tx } from '../connect.ts'

export type HeldType = 'unreadable' | 'id-reused' | 'revoked-till'
export type FieldProblem = { readonly path: string; readonly message: string }

export type HeldLine = {
  readonly line: Uint8Array
  readonly type: HeldType
  readonly reason: string
  readonly fields: readonly FieldProblem[]
  /** The stored entry it collides with, if it does. */
  readonly entryId: string | null
}

const bytesAsHex = (line: Uint8Array): string =>
  Buffer.from(line.buffer, line.byteOffset, line.length).toString('hex')

/**
 * Keeps lines as they came and raises exceptions: one for all lines of a till that are held for the same reason,
 * so that a thousand of them are one thing to look at. Lines that are held already change nothing, also when their
 * exception has been resolved.
 */
export async function holdLines(
  sql: Sql,
  { companyId, tillId, outletId }: { companyId: string; tillId: string; outletId: string },
  held: readonly HeldLine[],
): Promise<void> {
  const hashes = held.map(({ line }) => createHash('sha256').update(line).digest('hex'))
  await sql`
    with given as (
      select distinct on (g.hash) g.*,
             case g.type when 'revoked-till' then ${tillId}
                         else ${tillId} || '/' || split_part(g.reason, ':', 1) end as subject
      from unnest(
        ${sql.typed(byteaArray(hashes), 1001)},
        ${sql.typed(byteaArray(held.map(({ line }) => bytesAsHex(line))), 1001)},
        ${sql.typed(textArray(held.map(({ type }) => type)), 1009)},
        ${sql.typed(textArray(held.map(({ reason }) => reason)), 1009)},
        ${sql.typed(textArray(held.map(({ fields }) => JSON.stringify(fields))), 3807)},
        ${sql.typed(plainArray(held.map(({ entryId }) => entryId)), 2951)}
      ) as g(hash, line, type, reason, fields, entry_id)
      where not exists (
        select from quarantine q
        where q.company_id = ${companyId} and q.till_id = ${tillId} and q.line_hash = g.hash)
      order by g.hash
    ), raised as (
      insert into exception as x (company_id, type, subject, outlet_id, till_id, entry_id, detail)
      select distinct on (type, subject)
             ${companyId}, type, subject, ${outletId}, ${tillId}, entry_id,
             case type when 'revoked-till' then '{}'::jsonb
                       else jsonb_build_object('reason', reason, 'fields', fields) end
      from given
      order by type, subject
      -- Not "nothing": the id of the one that is open is needed.
      on conflict (company_id, type, subject) where state = 'open' do update set detail = x.detail
      returning exception_id, type, subject
    )
    insert into quarantine (company_id, till_id, line_hash, line, type, reason, fields, exception_id, received_at)
    -- The exception is locked by now: what is held for it later has a later time.
    select ${companyId}, ${tillId}, g.hash, g.line, g.type, g.reason, g.fields, r.exception_id, clock_timestamp()
    from given g join raised r on r.type = g.type and r.subject = g.subject
    order by g.hash
    on conflict (company_id, till_id, line_hash) do nothing`
}

export type HeldRow = {
  readonly quarantineId: string
  readonly exceptionId: string
  readonly tillId: string
  readonly line: Buffer
  readonly reason: string
  readonly fields: readonly FieldProblem[]
  readonly receivedAt: Date
}

/** For an exception, up to the line `upTo` where that is given; or for all open exceptions of a type. */
export type HeldOf =
  | { readonly exceptionId: string; readonly upTo?: string | undefined }
  | { readonly type: HeldType }

/** What is still held, oldest first: what came later than the line `after`, where that is given. */
export async function heldLines(
  sql: Sql,
  companyId: string,
  of: HeldOf,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<HeldRow[]> {
  return await sql<HeldRow[]>`
    select q.quarantine_id as "quarantineId", q.exception_id as "exceptionId", q.till_id as "tillId", q.line,
           q.reason, coalesce(q.fields, '[]') as fields, q.received_at as "receivedAt"
    from quarantine q
    join exception e on e.company_id = q.company_id and e.exception_id = q.exception_id
    where q.company_id = ${companyId} and q.state = 'held'
      and ${
        'type' in of ? sql`e.type = ${of.type} and e.state = 'open'` : sql`q.exception_id = ${of.exceptionId}`
      }
      ${'type' in of || of.upTo === undefined ? sql`` : sql`and not ${cameAfter(sql, companyId, of.upTo)}`}
      ${after === undefined ? sql`` : sql`and ${isAfter(sql, companyId, after)}`}
    order by q.received_at, q.quarantine_id
    limit ${limit}`
}

/** Whether line `q` was held later than this one. */
const isAfter = (sql: SqlOrTx, companyId: string, quarantineId: string | null) => sql`
  (q.received_at, q.quarantine_id) > (
    select l.received_at, l.quarantine_id from quarantine l
    where l.company_id = ${companyId} and l.quarantine_id = ${quarantineId})`

/** Whether line `q` was held later than the one that `upTo` names; so is every line where that is none. */
const cameAfter = (sql: SqlOrTx, companyId: string, upTo: string | undefined) => sql`
  coalesce(${isAfter(sql, companyId, upTo ?? null)}, true)`

/** How many lines are held for an exception that came later than `upTo`. */
export async function countHeldSince(
  sql: SqlOrTx,
  companyId: string,
  { exceptionId, upTo }: { readonly exceptionId: string; readonly upTo: string | undefined },
): Promise<number> {
  const [row] = await sql<{ held: number }[]>`
    select count(*)::integer as held from quarantine q
    where q.company_id = ${companyId} and q.exception_id = ${exceptionId} and q.state = 'held'
      and ${cameAfter(sql, companyId, upTo)}`
  return row?.held ?? 0
}

/** Until the transaction ends, nothing more is held for this exception. */
export async function lockException(tx: Tx, companyId: string, exceptionId: string): Promise<void> {
  await tx`
    select from exception where company_id = ${companyId} and exception_id = ${exceptionId} for update`
}

/** Settles what waited for the lines held for an exception that was just resolved. */
export async function leaveOut(tx: Tx, companyId: string, exceptionId: string, now: Date): Promise<void> {
  await tx`select leave_out(${companyId}, ${now}, ${exceptionId})`
}

/** What a second reading made of held lines: taken, or held on for this reason. */
export type Reread = {
  readonly quarantineId: string
  readonly reason: string | null
  readonly fields: readonly FieldProblem[]
}

export async function markReread(
  sql: Sql,
  companyId: string,
  lines: readonly Reread[],
  now: Date,
): Promise<void> {
  // In the order of their ids: two people may accept the same lines at once.
  await sql`
    with locked as materialized (
      select l.quarantine_id from quarantine l
      where l.company_id = ${companyId} and l.state = 'held'
        and l.quarantine_id = any(${sql.typed(plainArray(lines.map(({ quarantineId }) => quarantineId)), 2951)})
      order by l.quarantine_id
      for update
    )
    update quarantine q
    set state = case when r.reason is null then 'replayed' else 'held' end,
        replayed_at = case when r.reason is null then ${now}::timestamptz end,
        reason = coalesce(r.reason, q.reason), fields = case when r.reason is null then q.fields else r.fields end
    from unnest(
      ${sql.typed(plainArray(lines.map(({ quarantineId }) => quarantineId)), 2951)},
      ${sql.typed(textArray(lines.map(({ reason }) => reason)), 1009)},
      ${sql.typed(textArray(lines.map(({ fields }) => JSON.stringify(fields))), 3807)}
    ) as r(quarantine_id, reason, fields)
    join locked on locked.quarantine_id = r.quarantine_id
    where q.company_id = ${companyId} and q.quarantine_id = r.quarantine_id and q.state = 'held'`
}
