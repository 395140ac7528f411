import { PERMISSIONS } from '@evertill/shared/domain/permission'
import type { RoleDetail, RoleEdit } from '@evertill/shared/protocol/office/roles'
import type { Sql, Tx } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import {
  findOwnReach,
  insertRole,
  listRoleHolders,
  listRoles,
  type Reach,
  removeRole as remove,
  type StoredRole,
  updateRole,
} from '../../db/queries/office-roles.ts'
import { differences } from '../differences.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { versionOf } from '../settings/edit-settings.ts'
import { beyondOwn, refuseBeyond, refuseLostKeys } from './keys.ts'

type Managed = Granted<'staff.manage'>
type Done = undefined | Refused

export async function roles(sql: Sql, granted: Managed): Promise<RoleDetail[]> {
  const stored = await listRoles(sql, granted)
  return stored.map((row) => {
    const role = editOf(row)
    return { ...row, role, version: versionOf(role) }
  })
}

/** What the person who asks may do, as it is in this transaction. */
export async function ownReach(tx: Tx, granted: Managed): Promise<Reach> {
  return (await findOwnReach(tx, granted)) ?? { permissions: [], mostOpenPrice: 0, mostDiscountPpm: 0 }
}

export async function addRole(
  write: OfficeWrite,
  granted: Managed,
  { roleId, role: asked }: { roleId: string; role: RoleEdit },
): Promise<{ roleId: string } | Refused> {
  const role = asKept(asked)
  return recordedChange<{ roleId: string } | Refused>(write, granted, async (tx) => {
    const known = await listRoles(tx, granted)
    const stored = known.find((one) => one.roleId === roleId)
    // Whoever asks again after a lost answer has what they wanted; what they changed meanwhile is not passed over.
    if (stored !== undefined)
      return { answer: differences(editOf(stored), role).length === 0 ? { roleId } : addedBefore() }
    const refusal = refuseName(known, role.name) ?? refuseReach(await ownReach(tx, granted), role, role.name)
    if (refusal !== undefined) return { answer: refusal }
    if (!(await insertRole(tx, granted, roleId, role))) return { answer: addedBefore() }
    return { answer: { roleId }, changed: { action: 'role.added', detail: { roleId, ...role } } }
  })
}

export async function editRole(
  write: OfficeWrite,
  granted: Managed,
  roleId: string,
  { version, role: asked }: { version: string; role: RoleEdit },
): Promise<Done> {
  const role = asKept(asked)
  return recordedChange<Done>(write, granted, async (tx) => {
    const known = await listRoles(tx, granted)
    const stored = known.find((one) => one.roleId === roleId)
    if (stored === undefined) return { answer: noSuchRole() }
    const before = editOf(stored)
    const changes = differences(before, role)
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (versionOf(before) !== version) return { answer: changedMeanwhile() }
    const holders = await listRoleHolders(tx, granted)
    const after = holders.map((holder) =>
      holder.roleId === roleId ? { ...holder, permissions: role.permissions } : holder,
    )
    const others = known.filter((one) => one !== stored)
    const own = await ownReach(tx, granted)
    const refusal =
      // Names that differ only in case may be older than the rule, and are no reason not to change a limit.
      (role.name === before.name ? undefined : refuseName(others, role.name)) ??
      refuseReach(own, before, before.name) ??
      refuseReach(own, role, before.name) ??
      refuseLostKeys(holders, after, 'role.permissions')
    if (refusal !== undefined) return { answer: refusal }
    await updateRole(tx, granted, roleId, role)
    return {
      answer: undefined,
      changed: { action: 'role.edited', detail: { roleId, name: before.name, changes } },
    }
  })
}

/** Only one that nobody has. Removed twice, it is removed once. */
export async function removeRole(write: OfficeWrite, granted: Managed, roleId: string): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const stored = (await listRoles(tx, granted)).find((one) => one.roleId === roleId)
    if (stored === undefined) return { answer: undefined }
    const { name } = stored.role
    const has = [...new Set([...stored.people, ...stored.signIns])]
    if (has.length > 0)
      return {
        answer: refused('conflict', `${name} stays: ${hasWords(has)}. Put them in another role first.`),
      }
    const refusal = refuseBeyond(await ownReach(tx, granted), stored.role, name)
    if (refusal !== undefined) return { answer: refusal }
    await remove(tx, granted, roleId, write.now())
    return { answer: undefined, changed: { action: 'role.removed', detail: { roleId, name } } }
  })
}

const hasWords = ([first, ...others]: readonly string[]): string =>
  others.length === 0 ? `${first} has it` : `${first} and ${others.length} more have it`

const editOf = ({ role }: StoredRole): RoleEdit => asKept({ ...role, permissions: [...role.permissions] })

/** Each permission once and in one order, and nothing that is none any more. */
const asKept = ({
  name,
  permissions,
  mostOpenPrice,
  mostDiscountPpm,
}: Omit<RoleEdit, 'permissions'> & { permissions: readonly string[] }): RoleEdit => ({
  name,
  permissions: PERMISSIONS.filter((permission) => permissions.includes(permission)),
  mostOpenPrice,
  mostDiscountPpm,
})

const noSuchRole = () => refused('not-found', 'There is no such role.')
const addedBefore = () =>
  refused(
    'conflict',
    'This role was added already, as it was when you first saved it. Open it from the list to change it.',
  )
const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this role since you opened it. Nothing of yours is saved.')

/** Told beside what goes too far. */
const refuseReach = (own: Reach, role: RoleEdit, name: string) =>
  refuseBeyond(own, role, name, `role.${beyondOwn(own, role)}`)

function refuseName(others: readonly StoredRole[], name: string): Refused | undefined {
  if (!others.some(({ role }) => role.name.toLowerCase() === name.toLowerCase())) return undefined
  return refused('conflict', 'Two roles cannot be told apart by the same name.', [
    { path: 'role.name', message: 'is the name of another role' },
  ])
}
