import type {
  CustomerDetail,
  CustomerOptions,
  CustomerSummary,
  TierChange,
} from '@evertill/shared/protocol/office/customers'
import { zText, zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import { findCustomer, findRegistration, listCustomers, setTier } from '../db/queries/office-customers.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { listTiers } from '../db/queries/office-promotion-goods.ts'
import { differences } from './differences.ts'
import { customerVersion, noSuchCustomer } from './edit-customer.ts'
import { PAGE_SIZE, type Page, pageOf, zCursor } from './page.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

type Viewing = Granted<'report.view'>
type Clock = () => Date

export const zCustomerCursor = zCursor(z.tuple([zText(200), zUuid]))

export async function customersPage(
  sql: Sql,
  granted: Viewing,
  { q, cursor }: { q?: string | undefined; cursor?: [string, string] | undefined },
): Promise<Page<CustomerSummary>> {
  const after = cursor && { nameKey: cursor[0], customerId: cursor[1] }
  const rows = await listCustomers(sql, granted, q, { after, limit: PAGE_SIZE + 1 })
  return pageOf(
    rows,
    (row) => [row.nameKey, row.customerId],
    ({ nameKey: _, ...row }) => row,
  )
}

export async function customerOptions(sql: Sql, granted: Viewing): Promise<CustomerOptions> {
  return { tiers: await listTiers(sql, granted) }
}

export async function customer(
  sql: Sql,
  granted: Viewing,
  customerId: string,
  now: Clock,
): Promise<CustomerDetail | Refused> {
  const found = await findCustomer(sql, granted, customerId)
  if (found === undefined) return noSuchCustomer()
  const madeAt = madeAtMs(customerId)
  const registeredBy =
    madeAt === undefined
      ? undefined
      : await findRegistration(sql, granted, customerId, firstIdOf(madeAt + 60_000))
  return {
    ...found,
    version: customerVersion(found),
    // A till whose clock is ahead has told nothing that could be shown.
    registeredAt: madeAt === undefined || madeAt > now().getTime() ? null : new Date(madeAt).toISOString(),
    registeredBy: registeredBy ?? null,
  }
}

/** Tills give the prices and the points of the tier from their next contact on; no sale is changed by it. */
export async function changeTier(
  write: OfficeWrite,
  granted: Granted<'company.manage'>,
  customerId: string,
  { from, to }: TierChange,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const before = await findCustomer(tx, granted, customerId)
    if (before === undefined) return { answer: noSuchCustomer() }
    const { code, name, tierId, tierName } = before
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (tierId === to) return { answer: undefined }
    if (tierId !== from)
      return {
        answer: refused(
          'conflict',
          `Meanwhile somebody else has put ${name} in ${tierName ?? 'no tier'}. Nothing of yours was saved: choose anew if it should be another.`,
        ),
      }
    const tiers = await listTiers(tx, granted)
    if (to !== null && !tiers.some((tier) => tier.tierId === to))
      return {
        answer: refused('bad-request', 'There is no such tier.', [
          { path: 'to', message: 'is not one of your tiers' },
        ]),
      }
    await setTier(tx, granted, customerId, to)
    const changes = differences({ tierId }, { tierId: to })
    return {
      answer: undefined,
      changed: { action: 'customer.tier-changed', detail: { customerId, code, changes } },
    }
  })
}

/** A till that registers somebody makes their id, a UUIDv7, which begins with the time; other ids tell none. */
const madeAtMs = (id: string): number | undefined =>
  id.charAt(14) === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined

/** No UUIDv7 of that millisecond or a later one is below it. */
function firstIdOf(ms: number): string {
  const hex = Math.min(ms, 0xffff_ffff_ffff).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
