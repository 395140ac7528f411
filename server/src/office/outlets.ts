import type { NewOutlet, OutletDetail, OutletEdit } from '@evertill/shared/protocol/office/outlets'
import type { Sql, Tx } from '../db/connect.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import {
  insertNewOutlet,
  knowsTimeZone,
  readOutlets,
  type StoredOutlet,
  updateOutlet,
} from '../db/queries/office-outlets.ts'
import { differences } from './differences.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'
import { versionOf } from './settings/edit-settings.ts'

type Managed = Granted<'company.manage'>

export async function outlets(sql: Sql, granted: Managed): Promise<OutletDetail[]> {
  const stored = await readOutlets(sql, granted)
  return stored.map((row) => {
    const outlet = inOrder(row.outlet)
    return { ...row, outlet, version: versionOf(outlet) }
  })
}

export async function addOutlet(
  write: OfficeWrite,
  granted: Managed,
  asked: NewOutlet,
): Promise<{ outletId: string } | Refused> {
  const { outletId, code } = asked
  const outlet = inOrder(asked.outlet)
  return recordedChange<{ outletId: string } | Refused>(write, granted, async (tx) => {
    const known = await readOutlets(tx, granted)
    const stored = known.find((one) => one.outletId === outletId)
    if (stored !== undefined) {
      // Whoever asks again after a lost answer has what they wanted; what they changed meanwhile is not passed over.
      const isSame = stored.code === code && differences(inOrder(stored.outlet), outlet).length === 0
      return { answer: isSame ? { outletId } : addedBefore() }
    }
    const refusal = refuseCode(known, code) ?? (await refuseEdit(tx, known, outlet))
    if (refusal !== undefined) return { answer: refusal }
    await insertNewOutlet(tx, granted, { outletId, code, outlet })
    return {
      answer: { outletId },
      changed: { action: 'outlet.added', detail: { outletId, code, ...outlet } },
    }
  })
}

/** What was sold keeps its business day and what its receipt said. */
export async function editOutlet(
  write: OfficeWrite,
  granted: Managed,
  outletId: string,
  { version, outlet: asked }: { version: string; outlet: OutletEdit },
): Promise<undefined | Refused> {
  const outlet = inOrder(asked)
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const known = await readOutlets(tx, granted)
    const stored = known.find((one) => one.outletId === outletId)
    if (stored === undefined) return { answer: refused('not-found', 'There is no such outlet.') }
    const before = inOrder(stored.outlet)
    const changes = differences(before, outlet)
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (versionOf(before) !== version) return { answer: changedMeanwhile() }
    const others = known.filter((one) => one !== stored)
    // Names that differ only in case may be older than the rule, and are no reason not to change an address.
    const refusal = await refuseEdit(tx, outlet.name === before.name ? [] : others, outlet)
    if (refusal !== undefined) return { answer: refusal }
    await updateOutlet(tx, granted, outletId, outlet)
    const detail = { outletId, code: stored.code, changes }
    return { answer: undefined, changed: { action: 'outlet.edited', detail } }
  })
}

// Postgres keeps no order of a document's keys; a version has one.
const inOrder = ({ name, address, phone, timeZone, dayCutHour }: OutletEdit): OutletEdit => ({
  name,
  address,
  phone,
  timeZone,
  dayCutHour,
})

const addedBefore = () =>
  refused(
    'conflict',
    'This outlet was added already, as it was when you first saved it. Open it from the list to change it.',
  )
const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this outlet since you opened it. Nothing of yours is saved.')

function refuseCode(known: readonly StoredOutlet[], code: string): Refused | undefined {
  const same = known.find((one) => one.code.toUpperCase() === code)
  if (same === undefined) return undefined
  return refused('conflict', 'Two outlets with one code would give receipts the same numbers.', [
    { path: 'code', message: `is the code of ${same.outlet.name}` },
  ])
}

async function refuseEdit(
  tx: Tx,
  others: readonly StoredOutlet[],
  { name, timeZone }: OutletEdit,
): Promise<Refused | undefined> {
  if (others.some(({ outlet }) => outlet.name.toLowerCase() === name.toLowerCase()))
    return refused('conflict', 'Two outlets cannot be told apart by the same name.', [
      { path: 'outlet.name', message: 'is the name of another outlet' },
    ])
  if (!(await knowsTimeZone(tx, timeZone)))
    return refused('bad-request', 'There is no such time zone.', [
      { path: 'outlet.timeZone', message: 'must be a time zone such as Asia/Singapore' },
    ])
  return undefined
}
