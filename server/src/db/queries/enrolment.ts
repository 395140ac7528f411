import { createHash, randomInt } from 'node:crypto'
import { ENROLMENT_CODE_ALPHABET, ENROLMENT_CODE_LENGTH } from '@evertill/shared/protocol/enrol'
import { v7 as uuidv7 } from 'uuid'
import type { Sql, SqlOrTx, Tx } from '../connect.ts'

const lifetimeMs = 24 * 3_600_000

/**
 * Makes the code that turns a browser into this till, and forgets unused earlier ones.
 * Whether the till may be enrolled (again) is the caller's to decide. Only the code's hash is stored.
 * @returns the code as people write it, `ABCD-EFGH`
 */
export async function createEnrolmentCode(
  sql: SqlOrTx,
  { companyId, tillId, now }: { companyId: string; tillId: string; now: Date },
): Promise<{ code: string; expiresAt: Date }> {
  const code = Array.from({ length: ENROLMENT_CODE_LENGTH }, () =>
    ENROLMENT_CODE_ALPHABET.charAt(randomInt(ENROLMENT_CODE_ALPHABET.length)),
  ).join('')
  const expiresAt = new Date(now.getTime() + lifetimeMs)
  await sql`
    with forgotten as (
      delete from enrolment_code
      where company_id = ${companyId} and till_id = ${tillId} and used_at is null
    )
    insert into enrolment_code (code_hash, company_id, till_id, expires_at)
    values (${codeHash(code)}, ${companyId}, ${tillId}, ${expiresAt})`
  return { code: `${code.slice(0, 4)}-${code.slice(4)}`, expiresAt }
}

/** Turns a till's requests away from now on, and its unused enrolment codes with them. */
export async function revokeTill(
  sql: SqlOrTx,
  { companyId, tillId }: { companyId: string; tillId: string },
): Promise<boolean> {
  const revoked = await sql`
    with forgotten as (
      delete from enrolment_code
      where company_id = ${companyId} and till_id = ${tillId} and used_at is null
    )
    update till set state = 'revoked' where company_id = ${companyId} and till_id = ${tillId}
    returning till_id`
  return revoked.length > 0
}

export type EnrolledTill = {
  company_id: string
  company_name: string
  outlet_id: string
  outlet_code: string
  till_id: string
  till_code: string
  till_name: string
  epoch: number
  receipts: number
  z_reports: number
}

export type EnrolmentOutcome =
  | { outcome: 'unknown' | 'used' | 'expired' }
  | { outcome: 'enrolled'; till: EnrolledTill }

/** One call of enrol_till (enrol.sql): the same code with the same key answers the same again. */
export async function enrolTill(
  sql: Sql,
  enrolment: { code: string; publicKey: PublicKey; persisted: boolean; appVersion: string; now: Date },
): Promise<EnrolmentOutcome> {
  const { code, publicKey, persisted, appVersion, now } = enrolment
  const [row] = await sql<({ outcome: 'unknown' | 'used' | 'expired' | 'enrolled' } & EnrolledTill)[]>`
    select * from enrol_till(${codeHash(code)}, ${sql.json(publicKey)}, ${persisted}, ${appVersion}, ${now})`
  if (row === undefined) return { outcome: 'unknown' }
  const { outcome, ...till } = row
  return outcome === 'enrolled' ? { outcome, till } : { outcome }
}

/**
 * Enrols a till at an epoch that this database does not know of yet, with that epoch's key, and writes down that it
 * did. Not a revoked one. The database is asked by one statement, so that two of these cannot cross.
 * @returns whether the till is enrolled at that epoch with that key now
 */
export async function enrolTillAgain(
  sql: Sql,
  enrolment: { companyId: string; tillId: string; epoch: number; publicKey: PublicKey; now: Date },
): Promise<boolean> {
  const { companyId, tillId, epoch, publicKey, now } = enrolment
  const [row] = await sql<{ known: boolean }[]>`
    with before as materialized (
      select name, state, epoch, public_key from till
      where company_id = ${companyId} and till_id = ${tillId}
      for update
    ), back as (
      update till set state = 'active', epoch = ${epoch}, public_key = ${sql.json(publicKey)}, enrolled_at = ${now}
      from before
      where company_id = ${companyId} and till_id = ${tillId} and before.state <> 'revoked' and before.epoch < ${epoch}
      returning till_id, before.name
    ), opened as (
      insert into journal (company_id, till_id, epoch, high_water, last_seq)
      select ${companyId}, till_id, ${epoch}, 0, 0 from back
      on conflict do nothing
    ), noted as (
      insert into audit_log (company_id, audit_id, at, actor, action, detail)
      select ${companyId}, ${uuidv7()}, ${now}, name, 'till.enrolled-again',
             jsonb_build_object('tillId', till_id, 'epoch', ${epoch}::integer)
      from back
    )
    select exists (select from back)
        or (state = 'active' and epoch = ${epoch} and public_key = ${sql.json(publicKey)}) as known
    from before`
  return row?.known ?? false
}

/** A till as it says itself that it is, and the last epoch that it is known to have written in, 0 for none. */
export type FormerTill = {
  companyId: string
  tillId: string
  outletId: string
  code: string
  name: string
  epoch: number
}

/**
 * Adds a till that this database has forgotten, or never knew: under its own code, unless another till of the outlet
 * has that by now. Nobody is enrolled by it; who is later writes in none of its epochs. Callers hold the company's lock.
 * @returns the code it has; none where its outlet is not known
 */
export async function addFormerTill(
  tx: Tx,
  { companyId, tillId, outletId, code, name, epoch }: FormerTill,
): Promise<string | undefined> {
  await tx`
    insert into till (company_id, till_id, outlet_id, code, name)
    select ${companyId}, ${tillId}, outlet_id, case when coalesce(taken.this, false) then taken.next else ${code} end, ${name}
    from outlet
    cross join lateral (
      select bool_or(code = ${code}) as this,
             (coalesce(max(code::integer) filter (where code ~ '^[0-9]{1,6}$'), 0) + 1)::text as next
      from till where till.company_id = ${companyId} and till.outlet_id = outlet.outlet_id
    ) as taken
    where company_id = ${companyId} and outlet_id = ${outletId}
    on conflict (company_id, till_id) do nothing`
  const [found] = await tx<{ code: string }[]>`
    select code from till where company_id = ${companyId} and till_id = ${tillId}`
  if (found !== undefined && epoch > 0)
    await tx`
      insert into journal (company_id, till_id, epoch, high_water, last_seq)
      values (${companyId}, ${tillId}, ${epoch}, 0, 0)
      on conflict do nothing`
  return found?.code
}

type PublicKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string }

const codeHash = (code: string): Buffer => createHash('sha256').update(code).digest()
