import { z } from 'zod'
import { zCode, zInstant, zName, zUuid } from '../scalars.ts'

export const zCustomerDetail = z.object({
  customerId: zUuid,
  code: zCode,
  name: zName,
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
  tierId: z.nullable(zUuid),
  tierName: z.nullable(z.string()),
  /** Below zero where more was spent, offline, than there was. */
  points: z.int(),
  /** By the clock of the till that registered them; null where that is not known. */
  registeredAt: z.nullable(zInstant),
})
export type CustomerDetail = z.infer<typeof zCustomerDetail>

/** From the lowest tier up. */
export const zCustomerOptions = z.object({ tiers: z.array(z.object({ tierId: zUuid, name: z.string() })) })
export type CustomerOptions = z.infer<typeof zCustomerOptions>

/** Null is no tier. `from` is what the person saw: where it is another by now, the change is a conflict. */
export const zTierChange = z.object({ from: z.nullable(zUuid), to: z.nullable(zUuid) })
export type TierChange = z.infer<typeof zTierChange>
