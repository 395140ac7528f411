import type {
  NewStaff,
  StaffChange,
  StaffDetail,
  StaffEdit,
  StaffReturn,
} from '@evertill/shared/protocol/office/staff'
import type { Sql, Tx } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { listRoleHolders, listRoles, type StoredRole } from '../../db/queries/office-roles.ts'
import {
  countPinsSince,
  findStaff,
  insertStaffMember,
  listPins,
  listStaff,
  retireStaff,
  type StoredStaff,
  updatePin,
  updateStaff,
  wasLastDoneBy,
} from '../../db/queries/office-staff.ts'
import { differences } from '../differences.ts'
import { keepPin, noPin, pinTries } from '../founding/pin.ts'
import { type Change, type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { versionOf } from '../settings/edit-settings.ts'
import { refuseBeyond, refuseLostKeys } from './keys.ts'
import { ownReach } from './roles.ts'

/*
 * Whoever is off the list is a tombstone to the tills and a name in the history here. Their PIN is forgotten, so that
 * it is free for others, and they come back with another.
 *
 * No answer tells whether a typed PIN is that of the person it is for; every try is kept in the audit log, and counted.
 */

type Managed = Granted<'staff.manage'>
type Done = undefined | Refused

export async function staff(sql: Sql, granted: Managed): Promise<StaffDetail[]> {
  const stored = await listStaff(sql, granted)
  return stored.map(({ retiredAt, ...person }) => ({
    ...person,
    version: versionOf(editOf(person)),
    retiredAt: retiredAt?.toISOString() ?? null,
  }))
}

export async function addStaff(
  write: OfficeWrite,
  granted: Managed,
  { staffId, pin, ...edit }: NewStaff,
): Promise<{ staffId: string } | Refused> {
  return withPin<{ staffId: string }>(write, granted, { staffId, pin }, async (tx, typed) => {
    const refusal = await refuseRole(tx, granted, edit.roleId)
    if (refusal !== undefined) return { answer: refusal }
    const stored = await findStaff(tx, granted, staffId)
    if (stored !== undefined) {
      // Whoever asks again after a lost answer has what they wanted; what they changed meanwhile is not passed over.
      const isSame = differences(editOf(stored), edit).length === 0
      if (!isSame || !(await isAskedAgain(tx, write, granted, staffId, 'staff.added')))
        return { answer: addedBefore() }
      return pinTyped(tx, granted, stored, typed, { staffId })
    }
    if (typed.isAnothers) return pinTaken(staffId, edit.name)
    await insertStaffMember(tx, granted, staffId, edit, typed.kept)
    return { answer: { staffId }, changed: { action: 'staff.added', detail: { staffId, ...edit } } }
  })
}

export async function editStaff(
  write: OfficeWrite,
  granted: Managed,
  staffId: string,
  { version, ...edit }: StaffChange,
): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const stored = await findStaff(tx, granted, staffId)
    if (stored === undefined) return { answer: noSuchPerson() }
    const changes = differences(editOf(stored), edit)
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (versionOf(editOf(stored)) !== version || stored.retiredAt !== null)
      return { answer: changedMeanwhile() }
    const roles = await listRoles(tx, granted)
    const holders = await listRoleHolders(tx, granted)
    const permissions = roles.find(({ roleId }) => roleId === edit.roleId)?.role.permissions ?? []
    const after = holders.map((holder) => (holder.personId === staffId ? { ...holder, permissions } : holder))
    const refusal =
      (await refuseTouching(tx, granted, stored, roles)) ??
      (await refuseRole(tx, granted, edit.roleId, roles)) ??
      refuseLostKeys(holders, after, 'roleId')
    if (refusal !== undefined) return { answer: refusal }
    await updateStaff(tx, granted, staffId, edit)
    const detail = { staffId, name: stored.name, changes }
    return { answer: undefined, changed: { action: 'staff.edited', detail } }
  })
}

export async function setPin(
  write: OfficeWrite,
  granted: Managed,
  staffId: string,
  { pin }: { pin: string },
): Promise<Done> {
  return withPin<undefined>(write, granted, { staffId, pin }, async (tx, typed) => {
    const stored = await findStaff(tx, granted, staffId)
    if (stored === undefined) return { answer: noSuchPerson() }
    if (stored.retiredAt !== null) return { answer: changedMeanwhile() }
    const refusal = await refuseTouching(tx, granted, stored)
    if (refusal !== undefined) return { answer: refusal }
    return pinTyped<undefined>(tx, granted, stored, typed, undefined)
  })
}

/** No till knows them from its next contact on. Asked twice, it is done once. */
export async function retire(write: OfficeWrite, granted: Managed, staffId: string): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const stored = await findStaff(tx, granted, staffId)
    if (stored === undefined) return { answer: noSuchPerson() }
    if (stored.retiredAt !== null) return { answer: undefined }
    const holders = await listRoleHolders(tx, granted)
    const after = holders.filter(({ personId }) => personId !== staffId)
    const refusal = (await refuseTouching(tx, granted, stored)) ?? refuseLostKeys(holders, after)
    if (refusal !== undefined) return { answer: refusal }
    await retireStaff(tx, granted, staffId, write.now())
    await updatePin(tx, granted, staffId, noPin())
    const detail = { staffId, name: stored.name }
    return { answer: undefined, changed: { action: 'staff.retired', detail } }
  })
}

export async function bringBack(
  write: OfficeWrite,
  granted: Managed,
  staffId: string,
  { roleId, pin }: StaffReturn,
): Promise<Done> {
  return withPin<undefined>(write, granted, { staffId, pin }, async (tx, typed) => {
    const stored = await findStaff(tx, granted, staffId)
    if (stored === undefined) return { answer: noSuchPerson() }
    const { name } = stored
    const refusal = await refuseRole(tx, granted, roleId)
    if (refusal !== undefined) return { answer: refusal }
    if (stored.retiredAt === null) {
      const isSame = stored.roleId === roleId
      if (isSame && (await isAskedAgain(tx, write, granted, staffId, 'staff.brought-back')))
        return pinTyped<undefined>(tx, granted, stored, typed, undefined)
      return {
        answer: refused(
          'conflict',
          `${name} is on the list already. Nothing of what you typed here is saved.`,
        ),
      }
    }
    if (typed.isAnothers) return pinTaken(staffId, name)
    await updateStaff(tx, granted, staffId, { name, roleId })
    await updatePin(tx, granted, staffId, typed.kept)
    await retireStaff(tx, granted, staffId, null)
    return {
      answer: undefined,
      changed: { action: 'staff.brought-back', detail: { staffId, name, roleId } },
    }
  })
}

/** What a typed PIN is, among those of the company. */
interface TypedPin {
  readonly isOwn: boolean
  readonly isAnothers: boolean
  /** To be stored. */
  readonly kept: Awaited<ReturnType<typeof keepPin>>
}

/** Far more than a shop sets by hand; far fewer than it takes to find out somebody's by trying. */
const PINS_AN_HOUR = 60
const HOUR_MS = 3_600_000

async function withPin<T>(
  write: OfficeWrite,
  granted: Managed,
  { staffId, pin }: { staffId: string; pin: string },
  change: (tx: Tx, typed: TypedPin) => Promise<Change<T | Refused>>,
): Promise<T | Refused> {
  const kept = await keepPin(pin)
  const isPinOf = pinTries(pin)
  // Most of the work, while nobody waits for the company's lock.
  await isPinOf(await listPins(write.sql, granted))
  return recordedChange<T | Refused>(write, granted, async (tx) => {
    if ((await countPinsSince(tx, granted, anHourAgo(write))) >= PINS_AN_HOUR)
      return { answer: tooManyPins() }
    const pins = await listPins(tx, granted)
    const own = pins.filter((person) => person.staffId === staffId)
    const others = pins.filter((person) => person.staffId !== staffId)
    const typed = { isOwn: await isPinOf(own), isAnothers: await isPinOf(others), kept }
    const { answer, changed } = await change(tx, typed)
    const { action, detail } = changed ?? { action: 'staff.pin-tried', detail: { staffId } }
    return { answer, changed: { action, detail: { ...detail, userId: granted.userId } } }
  })
}

const anHourAgo = ({ now }: OfficeWrite): Date => new Date(now().getTime() - HOUR_MS)

/** Whether whoever asks has just done the same to somebody, and nobody anything else since. */
const isAskedAgain = (tx: Tx, write: OfficeWrite, granted: Managed, staffId: string, action: string) =>
  wasLastDoneBy(tx, granted, { staffId, action, since: anHourAgo(write) })

/** The PIN that was typed last is theirs; the answer is the same if it was before. */
async function pinTyped<T>(
  tx: Tx,
  granted: Managed,
  { staffId, name }: StoredStaff,
  { isOwn, isAnothers, kept }: TypedPin,
  answer: T,
): Promise<Change<T | Refused>> {
  if (isOwn) return { answer }
  if (isAnothers) return pinTaken(staffId, name)
  await updatePin(tx, granted, staffId, kept)
  return { answer, changed: { action: 'staff.pin-changed', detail: { staffId, name } } }
}

const tooManyPins = (): Refused => ({
  refused: {
    code: 'too-many-requests',
    message: `More than ${PINS_AN_HOUR} PINs were set within an hour. Nothing was saved: go on in an hour.`,
    retryAfterMs: HOUR_MS,
  },
})

/** It is kept in the audit log, for whoever tries many finds out somebody's. */
const pinTaken = (staffId: string, name: string): Change<Refused> => ({
  answer: refused('conflict', 'A till knows people by their PIN, so no two may have the same.', [
    { path: 'pin', message: 'is somebody else’s PIN already. Choose another.' },
  ]),
  changed: { action: 'staff.pin-refused', detail: { staffId, name } },
})

const noSuchPerson = () => refused('not-found', 'There is no such person.')
const addedBefore = () =>
  refused(
    'conflict',
    'This person was added already, as it was when you first saved it. Close this and open them from the list.',
  )
const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this person since you opened it. Nothing of yours is saved.')

const editOf = ({ name, roleId }: Pick<StoredStaff, 'name' | 'roleId'>): StaffEdit => ({ name, roleId })

/** Whether somebody may be put in it. */
async function refuseRole(
  tx: Tx,
  granted: Managed,
  roleId: string,
  known?: readonly StoredRole[],
): Promise<Refused | undefined> {
  const role = (known ?? (await listRoles(tx, granted))).find((one) => one.roleId === roleId)?.role
  if (role === undefined)
    return refused('bad-request', 'There is no such role.', [
      { path: 'roleId', message: 'is not one of your roles' },
    ])
  return refuseBeyond(await ownReach(tx, granted), role, role.name, 'roleId')
}

/** Whether somebody in their role may be changed. */
async function refuseTouching(
  tx: Tx,
  granted: Managed,
  { roleId, role }: StoredStaff,
  known?: readonly StoredRole[],
): Promise<Refused | undefined> {
  const found = (known ?? (await listRoles(tx, granted))).find((one) => one.roleId === roleId)
  return found && refuseBeyond(await ownReach(tx, granted), found.role, role)
}
