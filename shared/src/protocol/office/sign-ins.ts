import { z } from 'zod'
import { MAX_EMAIL } from '../../domain/email.ts'
import { zInstant, zName, zTypedName, zTypedText, zUuid } from '../scalars.ts'

/*
 * Who signs in to head office, with an e-mail address and a password. A first password is made by the server and
 * answered once, to whoever asked for it; nobody can look it up afterwards.
 */

export const zSignInEdit = z.object({ name: zTypedName, roleId: zUuid })
export type SignInEdit = z.infer<typeof zSignInEdit>

/** What the door of head office takes. */
export const zTypedEmail = zTypedText(MAX_EMAIL).toLowerCase().pipe(z.email())

/** The form that makes it makes its id: sent again, it is the same sign-in. */
export const zNewSignIn = zSignInEdit.extend({ signInId: zUuid, email: zTypedEmail })
export type NewSignIn = z.infer<typeof zNewSignIn>

/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zSignInChange = zSignInEdit.extend({ version: z.string().max(20) })
export type SignInChange = z.infer<typeof zSignInChange>

/** A password that was made for somebody, as it is told to them. */
export const zFirstPassword = z.object({ password: z.string() })
export type FirstPassword = z.infer<typeof zFirstPassword>

export const zSignInDetail = z.object({
  signInId: zUuid,
  /** Of what can be edited. */
  version: z.string(),
  name: zName,
  email: z.string(),
  roleId: zUuid,
  role: z.string(),
  /** Whether they still have a password that was made for them. */
  firstPassword: z.boolean(),
  /** Null where they have not signed in since this is kept. */
  lastSignedInAt: z.nullable(zInstant),
})
export type SignInDetail = z.infer<typeof zSignInDetail>
