import { z } from 'zod'
import { PIN_PATTERN } from '../pin.ts'
import { zInstant, zName, zTypedName, zUuid } from '../scalars.ts'

/*
 * The people at the tills. A PIN travels once, from the form in which it is typed; what is kept of it says nothing
 * (protocol/pin.ts), and none is ever answered.
 */

export const zPin = z.string().regex(PIN_PATTERN, 'must be 4 to 8 digits')

export const zStaffEdit = z.object({ name: zTypedName, roleId: zUuid })
export type StaffEdit = z.infer<typeof zStaffEdit>

/** The form that makes it makes its id: sent again, it is the same person. */
export const zNewStaff = zStaffEdit.extend({ staffId: zUuid, pin: zPin })
export type NewStaff = z.infer<typeof zNewStaff>

/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zStaffChange = zStaffEdit.extend({ version: z.string().max(20) })
export type StaffChange = z.infer<typeof zStaffChange>

export const zNewPin = z.object({ pin: zPin })

/** Whoever was off the list has no PIN any more, and may come back in another role. */
export const zStaffReturn = z.object({ roleId: zUuid, pin: zPin })
export type StaffReturn = z.infer<typeof zStaffReturn>

export const zStaffDetail = z.object({
  staffId: zUuid,
  /** Of what can be edited. */
  version: z.string(),
  name: zName,
  roleId: zUuid,
  role: z.string(),
  /** Since when no till knows them; null while they are on the list. */
  retiredAt: z.nullable(zInstant),
})
export type StaffDetail = z.infer<typeof zStaffDetail>
