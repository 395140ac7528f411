import { z } from 'zod'
import { EMAIL, MAX_EMAIL } from '../../domain/email.ts'
import { zCode, zInstant, zName, zTypedName, zTypedText, zUuid } from '../scalars.ts'

/** As lists have them. */
export const zCustomerSummary = z.object({
  customerId: zUuid,
  code: zCode,
  name: zName,
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
  tierId: z.nullable(zUuid),
  tierName: z.nullable(z.string()),
  /** Below zero where more was spent, offline, than there was. */
  points: z.int(),
})
export type CustomerSummary = z.infer<typeof zCustomerSummary>

export const zCustomerDetail = zCustomerSummary.extend({
  /** Another after every change of what can be edited; points are not of it. */
  version: z.string(),
  /** By the clock of the till that registered them; null where that is not known. */
  registeredAt: z.nullable(zInstant),
  /** Where they were registered; null where that was at no till. */
  registeredBy: z.nullable(
    z.object({ tillName: z.string(), outletName: z.string(), staffName: z.nullable(z.string()) }),
  ),
})
export type CustomerDetail = z.infer<typeof zCustomerDetail>

/** Nothing typed is nothing known. Within what a till may register. */
export const zCustomerEdit = z.object({
  name: zTypedName,
  phone: z.nullable(zTypedText(40).min(1)),
  email: z.nullable(
    z.string().trim().max(MAX_EMAIL).regex(EMAIL, 'must be an address such as mei@example.com'),
  ),
  /** One word: what is typed at a till is looked for word by word. */
  code: zTypedText(64).min(1).regex(/^\S*$/, 'must be without spaces'),
  tierId: z.nullable(zUuid),
})
export type CustomerEdit = z.infer<typeof zCustomerEdit>
/** With what a person saw when they changed it: if it is another by now, nothing is changed. */
export const zCustomerChange = zCustomerEdit.extend({ version: z.string().max(20) })
export type CustomerChange = z.infer<typeof zCustomerChange>

/** From the lowest tier up. */
export const zCustomerOptions = z.object({ tiers: z.array(z.object({ tierId: zUuid, name: z.string() })) })
export type CustomerOptions = z.infer<typeof zCustomerOptions>

/** Null is no tier. `from` is what the person saw: where it is another by now, the change is a conflict. */
export const zTierChange = z.object({ from: z.nullable(zUuid), to: z.nullable(zUuid) })
export type TierChange = z.infer<typeof zTierChange>
