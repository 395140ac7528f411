import { z } from 'zod'
import { PERMISSIONS } from '../../domain/permission.ts'
import { zName, zPrice, zRatePpm, zTypedName, zUuid } from '../scalars.ts'

/*
 * What people may do, at the tills and in head office: a role is a list of permissions and two limits.
 */

export const zRoleEdit = z.object({
  name: zTypedName,
  permissions: z.array(z.enum(PERMISSIONS)).max(100),
  /** The most it may ask for a product without a price of its own, minor units; null is any. */
  mostOpenPrice: z.nullable(zPrice),
  /** The most it may take off by a discount; null is any. */
  mostDiscountPpm: z.nullable(zRatePpm),
})
export type RoleEdit = z.infer<typeof zRoleEdit>

/** The form that makes it makes its id: sent again, it is the same role. */
export const zNewRole = z.object({ roleId: zUuid, role: zRoleEdit })
/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zRoleChange = z.object({ version: z.string().max(20), role: zRoleEdit })

export const zRoleDetail = z.object({
  roleId: zUuid,
  version: z.string(),
  role: zRoleEdit,
  /** Who has it at the tills, by name. */
  people: z.array(zName),
  /** Who has it in head office, by name. */
  signIns: z.array(z.string()),
})
export type RoleDetail = z.infer<typeof zRoleDetail>
