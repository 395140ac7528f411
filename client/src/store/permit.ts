import type { Permission } from '@evertill/shared/domain/permission'
import { checkPin, type PinOutcome } from './pin.ts'
import { append, type Desk } from './record-entry.ts'
import type { TillDatabase } from './till-database.ts'

/** Somebody who may do it let somebody else do it, on the spot. Only `approveByPin` makes one. */
export interface Approval {
  readonly permission: Permission
  readonly approvedBy: string
}

export type ApprovalOutcome =
  | { readonly code: 'approved'; readonly approval: Approval }
  /** The PIN is right, and its owner may not do it either. */
  | { readonly code: 'may-not'; readonly name: string }
  | Exclude<PinOutcome, { code: 'ok' }>

/** Asks for the PIN of somebody who has the permission; wrong ones count as at the sign-in. Works offline. */
export async function approveByPin(
  db: TillDatabase,
  pin: string,
  permission: Permission,
  now: Date,
): Promise<ApprovalOutcome> {
  const outcome = await checkPin(db, pin, now)
  if (outcome.code !== 'ok') return outcome
  const { staffId, name, permissions } = outcome.staff
  if (!permissions.includes(permission)) return { code: 'may-not', name }
  return { code: 'approved', approval: { permission, approvedBy: staffId } }
}

/** Whoever does it lacks the permission, and nobody who has it approved. */
export interface NotAllowed {
  readonly code: 'not-allowed'
  readonly permission: Permission
}

/** Proof that the permission was looked at, so that what needs one does not compile without it. */
export interface Permit {
  readonly permission: Permission
  /** Present when the person at the till needs it. */
  readonly approval?: Approval
}

/** In a transaction over staff. */
export async function permit(
  db: TillDatabase,
  { input }: Desk,
  permission: Permission,
  approval: Approval | undefined,
): Promise<Permit | NotAllowed> {
  const staff = await db.staff.get(input.staffId)
  if (staff?.permissions.includes(permission)) return { permission }
  if (approval?.permission === permission) return { permission, approval }
  return { code: 'not-allowed', permission }
}

/** Writes down the override that an entry needed, in front of it. */
export async function recordPermit(
  db: TillDatabase,
  desk: Desk,
  granted: Permit,
  about: string,
): Promise<void> {
  const { approval } = granted
  if (approval !== undefined) await append(db, desk, 'override-given', { ...approval, about })
}
