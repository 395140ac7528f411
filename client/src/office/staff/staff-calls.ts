import { type RoleEdit, zRoleDetail } from '@evertill/shared/protocol/office/roles'
import {
  type NewStaff,
  type StaffChange,
  type StaffReturn,
  zStaffDetail,
} from '@evertill/shared/protocol/office/staff'
import { z } from 'zod'
import type { OfficeCalls } from '../api/office-api.ts'

const url = (path = '') => `/api/office/staff${path}`

/** What head office asks about the people at the tills, and about their roles. */
export const staffCalls = ({ get, send }: OfficeCalls) => ({
  staff: async (signal?: AbortSignal) =>
    (await get(z.object({ rows: z.array(zStaffDetail) }), 'staff', signal)).rows,
  addStaff: async (person: NewStaff): Promise<void> => {
    await send('POST', url(), person)
  },
  editStaff: async (staffId: string, change: StaffChange): Promise<void> => {
    await send('PUT', url(`/${staffId}`), change)
  },
  setPin: async (staffId: string, pin: string): Promise<void> => {
    await send('PUT', url(`/${staffId}/pin`), { pin })
  },
  retireStaff: async (staffId: string): Promise<void> => {
    await send('POST', url(`/${staffId}/retire`))
  },
  bringStaffBack: async (staffId: string, back: StaffReturn): Promise<void> => {
    await send('POST', url(`/${staffId}/bring-back`), back)
  },

  roles: async (signal?: AbortSignal) =>
    (await get(z.object({ rows: z.array(zRoleDetail) }), 'staff/roles', signal)).rows,
  addRole: async (roleId: string, role: RoleEdit): Promise<void> => {
    await send('POST', url('/roles'), { roleId, role })
  },
  /** @param version of what the person saw when they changed it */
  editRole: async (roleId: string, version: string, role: RoleEdit): Promise<void> => {
    await send('PUT', url(`/roles/${roleId}`), { version, role })
  },
  removeRole: async (roleId: string): Promise<void> => {
    await send('DELETE', url(`/roles/${roleId}`))
  },
})
