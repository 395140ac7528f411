import { type NewOutlet, type OutletEdit, zOutletDetail } from '@evertill/shared/protocol/office/outlets'
import { z } from 'zod'
import type { OfficeCalls } from '../api/office-api.ts'

/** How head office sets what its outlets are. */
export const outletCalls = ({ get, send }: OfficeCalls) => ({
  outletDetails: async (signal?: AbortSignal) =>
    (await get(z.object({ rows: z.array(zOutletDetail) }), 'settings/outlets', signal)).rows,
  addOutlet: async (outlet: NewOutlet): Promise<void> => {
    await send('POST', '/api/office/settings/outlets', outlet)
  },
  /** @param version of what the person saw when they changed it */
  editOutlet: async (outletId: string, version: string, outlet: OutletEdit): Promise<void> => {
    await send('PUT', `/api/office/settings/outlets/${outletId}`, { version, outlet })
  },
})
