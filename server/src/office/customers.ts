import type { CustomerDetail, CustomerOptions, TierChange } from '@evertill/shared/protocol/office/customers'
import { zText, zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import { findCustomer, listCustomers, type StoredCustomer, setTier } from '../db/queries/office-customers.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { listTiers } from '../db/queries/office-promotion-goods.ts'
import { differences } from './differences.ts'
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
  now: Clock,
): Promise<Page<CustomerDetail>> {
  const after = cursor && { nameKey: cursor[0], customerId: cursor[1] }
  const rows = await listCustomers(sql, granted, q, { after, limit: PAGE_SIZE + 1 })
  return pageOf(
    rows,
    (row) => [row.nameKey, row.customerId],
    ({ nameKey: _, ...row }) => detailOf(row, now),
  )
}

export async function customerOptions(sql: Sql, granted: Viewing): Promise<CustomerOptions> {
  return { tiers: await listTiers(sql, granted) }
}

const noSuchCustomer = () => refused('not-found', 'There is no such customer.')

export async function customer(
  sql: Sql,
  granted: Viewing,
  customerId: string,
  now: Clock,
): Promise<CustomerDetail | Refused> {
  const found = await findCustomer(sql, granted, customerId)
  return found === undefined ? noSuchCustomer() : detailOf(found, now)
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

const detailOf = (row: StoredCustomer, now: Clock): CustomerDetail => ({
  ...row,
  registeredAt: registeredAt(row.customerId, now()),
})

/** A till that registers somebody makes their id, a UUIDv7, which begins with the time; other ids tell none. */
function registeredAt(customerId: string, now: Date): string | null {
  if (customerId.charAt(14) !== '7') return null
  const at = Number.parseInt(customerId.slice(0, 8) + customerId.slice(9, 13), 16)
  // A till whose clock is ahead has told nothing that could be shown.
  return at > now.getTime() ? null : new Date(at).toISOString()
}
