import type { CustomerChange, CustomerEdit } from '@evertill/shared/protocol/office/customers'
import type { Problem } from '@evertill/shared/protocol/problem'
import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '../db/connect.ts'
import {
  findCustomer,
  holderOfCode,
  holderOfPhone,
  lockCustomer,
  updateCustomer,
} from '../db/queries/office-customers.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { listTiers } from '../db/queries/office-promotion-goods.ts'
import { differences } from './differences.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'
import { versionOf } from './settings/edit-settings.ts'

type Managed = Granted<'company.manage'>
type Done = undefined | Refused

/**
 * Tills find them by it from their next contact on. What receipts say, and the points, are of entries, and stay; the
 * entry that registered them is applied once, so that it undoes nothing when it comes again.
 */
export async function editCustomer(
  write: OfficeWrite,
  granted: Managed,
  customerId: string,
  change: CustomerChange,
): Promise<Done> {
  // Whatever a till was told before this moment is older, also where the till tells it later.
  const emailFrom = uuidv7({ msecs: write.now().getTime() })
  const edit = () =>
    recordedChange<Done>(write, granted, (tx) => changed(tx, granted, { customerId, emailFrom }, change))
  try {
    return await edit()
  } catch (error) {
    // A till took the code between the look and the change: now it is there to be seen, and to be named.
    if (!isTakenMeanwhile(error)) throw error
    return edit()
  }
}

async function changed(
  tx: Tx,
  granted: Managed,
  { customerId, emailFrom }: { customerId: string; emailFrom: string },
  { version, ...asked }: CustomerChange,
) {
  await lockCustomer(tx, granted, customerId)
  const stored = await findCustomer(tx, granted, customerId)
  if (stored === undefined) return { answer: noSuchCustomer() }
  const before = editOf(stored)
  const edit = editOf(asked)
  const changes = differences(before, edit)
  // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
  if (changes.length === 0) return { answer: undefined }
  if (versionOf(before) !== version) return { answer: changedMeanwhile() }
  const refusal = await refuseEdit(tx, granted, customerId, { before, edit })
  if (refusal !== undefined) return { answer: refusal }
  await updateCustomer(tx, granted, customerId, edit, emailFrom)
  const detail = { customerId, code: before.code, name: before.name, changes }
  return { answer: undefined, changed: { action: 'customer.edited', detail } }
}

/** What can be edited of a customer, in one order. */
const editOf = ({ name, phone, email, code, tierId }: CustomerEdit): CustomerEdit => ({
  name,
  phone,
  email,
  code,
  tierId,
})

export const customerVersion = (customer: CustomerEdit): string => versionOf(editOf(customer))

export const noSuchCustomer = () => refused('not-found', 'There is no such customer.')

const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this customer since you opened it. Nothing of yours is saved.')

/** What is as it was is no reason: tills have registered two customers with one phone. */
async function refuseEdit(
  tx: Tx,
  granted: Managed,
  customerId: string,
  { before, edit }: { before: CustomerEdit; edit: CustomerEdit },
): Promise<Refused | undefined> {
  if (edit.tierId !== null && edit.tierId !== before.tierId) {
    const tiers = await listTiers(tx, granted)
    if (!tiers.some(({ tierId }) => tierId === edit.tierId))
      return refused('bad-request', 'There is no such tier.', [
        { path: 'tierId', message: 'is not one of your tiers' },
      ])
  }
  const taken: NonNullable<Problem['fields']> = []
  if (edit.phone !== null && edit.phone !== before.phone) {
    const holder = await holderOfPhone(tx, granted, edit.phone, customerId)
    if (holder !== undefined) taken.push({ path: 'phone', message: `is the phone of ${holder}` })
  }
  if (edit.code !== before.code) {
    const holder = await holderOfCode(tx, granted, edit.code, customerId)
    if (holder !== undefined)
      taken.push({ path: 'code', message: `${holder.removed ? 'was' : 'is'} the code of ${holder.name}` })
  }
  return taken.length === 0 ? undefined : refused('conflict', 'Another customer already has this.', taken)
}

const isTakenMeanwhile = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505'
