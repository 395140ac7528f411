import type {
  FirstPassword,
  NewSignIn,
  SignInChange,
  SignInDetail,
  SignInEdit,
} from '@evertill/shared/protocol/office/sign-ins'
import { v7 as uuidv7 } from 'uuid'
import type { Sql, Tx } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { listRoleHolders, listRoles, type Reach } from '../../db/queries/office-roles.ts'
import {
  countPasswordsSince,
  deleteSignIn,
  findSignIn,
  findSignInAt,
  insertSignIn,
  keepFirstPassword,
  listSignIns,
  type MadePassword,
  type StoredSignIn,
  updateSignIn,
} from '../../db/queries/office-sign-ins.ts'
import type { Auth } from '../auth.ts'
import { differences } from '../differences.ts'
import { grantToOperator } from '../grant.ts'
import { type Change, type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { versionOf } from '../settings/edit-settings.ts'
import { newFirstPassword } from './first-password.ts'
import { refuseBeyond, refuseLostKeys } from './keys.ts'
import { ownReach } from './roles.ts'

/*
 * Somebody and their password are written in one transaction, in the shape the auth library reads: nobody is left
 * behind who could never sign in. Whoever has no access any more is gone from here; the history says who they were.
 */

type Managed = Granted<'staff.manage'>
type Done = undefined | Refused
type SignInWrite = OfficeWrite & { readonly auth: Pick<Auth, 'hashPassword'> }

export async function signIns(sql: Sql, granted: Managed): Promise<SignInDetail[]> {
  const stored = await listSignIns(sql, granted)
  return stored.map(({ reach: _, ...signIn }) => ({
    ...signIn,
    version: versionOf(editOf(signIn)),
    lastSignedInAt: signIn.lastSignedInAt?.toISOString() ?? null,
  }))
}

export async function addSignIn(
  write: SignInWrite,
  granted: Managed,
  { signInId, email, ...edit }: NewSignIn,
): Promise<FirstPassword | Refused> {
  return withPassword(write, granted, async (tx, made) => {
    const stored = await findSignIn(tx, granted, signInId)
    if (stored !== undefined) {
      // The answer that was lost had the password in it, and nobody can read it any more: so there is another.
      const isSame = stored.firstPassword && stored.email === email && isAsked(stored, edit)
      if (!isSame) return { answer: addedBefore() }
      return (
        (await refuseTouching(tx, granted, stored)) ?? passwordMade(tx, granted, stored, made, write.now())
      )
    }
    const refusal = await refuseRole(tx, granted, edit.roleId)
    if (refusal !== undefined) return refusal
    if (!(await insertSignIn(tx, granted, signInId, { ...edit, email }, write.now())))
      return emailTaken(await listSignIns(tx, granted), email)
    await keepFirstPassword(tx, granted, signInId, made, write.now())
    const detail = { signInId, email, ...edit }
    return { answer: { password: made.password }, changed: { action: 'sign-in.added', detail } }
  })
}

export async function editSignIn(
  write: OfficeWrite,
  granted: Managed,
  signInId: string,
  { version, ...edit }: SignInChange,
): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const stored = await findSignIn(tx, granted, signInId)
    if (stored === undefined) return { answer: noSuchSignIn() }
    const changes = differences(editOf(stored), edit)
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (versionOf(editOf(stored)) !== version) return { answer: changedMeanwhile() }
    const roles = await listRoles(tx, granted)
    const permissions = roles.find(({ roleId }) => roleId === edit.roleId)?.role.permissions ?? []
    const holders = await listRoleHolders(tx, granted)
    const after = holders.map((one) => (one.personId === signInId ? { ...one, permissions } : one))
    const refusal =
      (await refuseTouching(tx, granted, stored)) ?? (await refuseRole(tx, granted, edit.roleId))
    if (refusal !== undefined) return refusal
    const lost = refuseLostKeys(holders, after, 'roleId')
    if (lost !== undefined) return { answer: lost }
    await updateSignIn(tx, granted, signInId, edit, write.now())
    const detail = { signInId, email: stored.email, name: stored.name, changes }
    return { answer: undefined, changed: { action: 'sign-in.edited', detail } }
  })
}

/** For whoever forgot theirs, or let others see it. Asked twice, the second is the one that counts. */
export async function makePassword(
  write: SignInWrite,
  granted: Managed,
  signInId: string,
): Promise<FirstPassword | Refused> {
  return withPassword(write, granted, async (tx, made) => {
    const stored = await findSignIn(tx, granted, signInId)
    if (stored === undefined) return { answer: noSuchSignIn() }
    // Whoever finds a screen unlocked would otherwise need no password to get one.
    if (signInId === granted.userId)
      return {
        answer: refused('conflict', 'Your own password is changed under Your account, by yourself.'),
      }
    return (await refuseTouching(tx, granted, stored)) ?? passwordMade(tx, granted, stored, made, write.now())
  })
}

/** For whoever forgot theirs and has nobody to ask. @returns undefined where nobody signs in with that address */
export async function makePasswordAt(
  write: SignInWrite,
  email: string,
): Promise<(FirstPassword & { readonly name: string; readonly companyName: string }) | Refused | undefined> {
  const found = await findSignInAt(write.sql, email)
  if (found === undefined) return undefined
  const { companyId, companyName, signInId } = found
  const granted = grantToOperator(companyId, 'staff.manage')
  let name = ''
  const answer = await withPassword(write, granted, async (tx, made) => {
    const stored = await findSignIn(tx, granted, signInId)
    if (stored === undefined) return { answer: noSuchSignIn() }
    name = stored.name
    return passwordMade(tx, granted, stored, made, write.now())
  })
  return 'refused' in answer ? answer : { ...answer, name, companyName }
}

/** They are signed out wherever they are. Removed twice, it is removed once. */
export async function removeSignIn(write: OfficeWrite, granted: Managed, signInId: string): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const stored = await findSignIn(tx, granted, signInId)
    if (stored === undefined) return { answer: undefined }
    const refusal = await refuseTouching(tx, granted, stored)
    if (refusal !== undefined) return refusal
    const holders = await listRoleHolders(tx, granted)
    const lost = refuseLostKeys(
      holders,
      holders.filter(({ personId }) => personId !== signInId),
    )
    if (lost !== undefined) return { answer: lost }
    await deleteSignIn(tx, granted, signInId)
    const { name, email, role } = stored
    const detail = { signInId, name, email, role }
    return { answer: undefined, changed: { action: 'sign-in.removed', detail } }
  })
}

/** Far more than a company takes on in an hour; few to find out by trying who has a sign-in elsewhere. */
const PASSWORDS_AN_HOUR = 60
const HOUR_MS = 3_600_000

async function withPassword(
  write: SignInWrite,
  granted: Managed,
  change: (tx: Tx, made: MadePassword & FirstPassword) => Promise<Change<FirstPassword | Refused>>,
): Promise<FirstPassword | Refused> {
  const password = newFirstPassword()
  // It takes a while, so nobody waits for it behind the company's lock.
  const passwordHash = await write.auth.hashPassword(password)
  const accountId = uuidv7()
  return recordedChange<FirstPassword | Refused>(write, granted, async (tx) => {
    const anHourAgo = new Date(write.now().getTime() - HOUR_MS)
    if ((await countPasswordsSince(tx, granted, anHourAgo)) >= PASSWORDS_AN_HOUR)
      return { answer: tooManyPasswords() }
    return change(tx, { password, passwordHash, accountId })
  })
}

async function passwordMade(
  tx: Tx,
  granted: Managed,
  { signInId, name, email }: StoredSignIn,
  made: MadePassword & FirstPassword,
  now: Date,
): Promise<Change<FirstPassword>> {
  await keepFirstPassword(tx, granted, signInId, made, now)
  const detail = { signInId, name, email }
  return { answer: { password: made.password }, changed: { action: 'sign-in.password-made', detail } }
}

const tooManyPasswords = (): Refused => ({
  refused: {
    code: 'too-many-requests',
    message: `More than ${PASSWORDS_AN_HOUR} passwords were made within an hour. Nothing was saved: go on in an hour.`,
    retryAfterMs: HOUR_MS,
  },
})

/** It is kept in the audit log, for whoever tries many finds out who has a sign-in at another company. */
function emailTaken(own: readonly StoredSignIn[], email: string): Change<Refused> {
  const holder = own.find((one) => one.email === email)
  const message =
    holder === undefined ? 'cannot be used here' : `is what ${holder.name} signs in with already`
  return {
    answer: refused('conflict', 'Nobody was added.', [{ path: 'email', message }]),
    changed: { action: 'sign-in.email-refused', detail: { email } },
  }
}

const noSuchSignIn = () => refused('not-found', 'There is no such sign-in.')
const addedBefore = () =>
  refused(
    'conflict',
    'This sign-in was added already, as it was when you first saved it. Close this and open it from the list.',
  )
const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this sign-in since you opened it. Nothing of yours is saved.')

const editOf = ({ name, roleId }: Pick<StoredSignIn, 'name' | 'roleId'>): SignInEdit => ({ name, roleId })
const isAsked = (stored: StoredSignIn, edit: SignInEdit) => differences(editOf(stored), edit).length === 0

/** Whether somebody may be put in it, by whoever asks. */
async function refuseRole(tx: Tx, granted: Managed, roleId: string): Promise<Change<Refused> | undefined> {
  const role = (await listRoles(tx, granted)).find((one) => one.roleId === roleId)?.role
  if (role === undefined)
    return {
      answer: refused('bad-request', 'There is no such role.', [
        { path: 'roleId', message: 'is not one of your roles' },
      ]),
    }
  return refuseUnmanaged(tx, granted, role, role.name, 'roleId')
}

/** Whether somebody in their role may be changed, by whoever asks. */
const refuseTouching = (tx: Tx, granted: Managed, { reach, role }: StoredSignIn) =>
  refuseUnmanaged(tx, granted, reach, role)

async function refuseUnmanaged(
  tx: Tx,
  granted: Managed,
  theirs: Reach,
  role: string,
  path?: string,
): Promise<Change<Refused> | undefined> {
  // Their own access may have been taken while they waited for the company's lock.
  const own = await ownReach(tx, granted)
  const answer = own.permissions.includes('staff.manage')
    ? refuseBeyond(own, theirs, role, path)
    : refused('forbidden', 'You may not manage staff any more.')
  return answer && { answer }
}
