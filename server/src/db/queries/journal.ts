import { byteaArray, plainArray } from '../array-literal.ts'
import type { Sql } from '../connect.ts'

const uuidArray = 2951
const byteaArrayOid = 1001

/** The hashes under which these ids are stored; ids that are not stored are missing. */
export async function storedHashes(
  sql: Sql,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ entry_id: string; hash: string }[]>`
    select entry_id, encode(hash, 'hex') as hash from entry
    where company_id = ${companyId} and entry_id = any(${sql.typed(plainArray(ids), uuidArray)})`
  return new Map(rows.map((row) => [row.entry_id, row.hash]))
}

/**
 * Of each id and hash: whether this till's entry is stored under exactly these, and under which epoch its sender
 * was told to go on, if it was.
 */
export async function areStored(
  sql: Sql,
  { companyId, tillId }: { companyId: string; tillId: string },
  seals: readonly { readonly id: string; readonly hash: string }[],
): Promise<{ stored: boolean; newEpoch: number | null }[]> {
  // Joined by the primary key alone: given the till as well, a plan may read all that it ever sent, every time.
  const ids = sql.typed(plainArray(seals.map(({ id }) => id)), uuidArray)
  const hashes = sql.typed(byteaArray(seals.map(({ hash }) => hash)), byteaArrayOid)
  const [row] = await sql<{ stored: boolean[]; newEpochs: number[] }[]>`
    select array_agg(coalesce(e.hash = s.hash and e.till_id = ${tillId}, false) order by s.no) as stored,
           array_agg(coalesce(k.new_epoch, 0) order by s.no) as "newEpochs"
    from unnest(${ids}, ${hashes}) with ordinality as s(id, hash, no)
    left join entry e on e.company_id = ${companyId} and e.entry_id = s.id
    left join journal_fork k on k.company_id = e.company_id and k.entry_id = e.entry_id`
  return row?.stored?.map((stored, i) => ({ stored, newEpoch: row.newEpochs[i] || null })) ?? []
}

/** Every seq up to here has arrived and counts; 0 for an epoch nobody has heard of. */
export async function highWater(
  sql: Sql,
  { companyId, tillId, epoch }: { companyId: string; tillId: string; epoch: number },
): Promise<number> {
  const [row] = await sql<{ high_water: number }[]>`
    select told_mark(company_id, till_id, epoch, high_water) as high_water from journal
    where company_id = ${companyId} and till_id = ${tillId} and epoch = ${epoch}`
  return row?.high_water ?? 0
}
