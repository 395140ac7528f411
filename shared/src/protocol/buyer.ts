import { z } from 'zod'
import { type Buyer, MAX_BUYER_ADDRESS, MAX_BUYER_NAME, MAX_REGISTRATION_NO } from '../domain/buyer.ts'
import { zText, zUuidV7 } from './scalars.ts'

export const zBuyer: z.ZodType<Buyer> = z.object({
  name: zText(MAX_BUYER_NAME).min(1),
  address: zText(MAX_BUYER_ADDRESS).min(1),
  registrationNo: z.exactOptional(zText(MAX_REGISTRATION_NO).min(1)),
})

/**
 * A business asked for a paper in its name after it was recorded, or for another name on it. The paper stands as it was
 * written; of several names the one that was given last is shown on it. It moves no money and no goods.
 */
export const zBuyerNamedBody = z.object({
  /** The sale, refund or void, of the same till. */
  paperId: zUuidV7,
  receiptNo: zText(160).min(1),
  buyer: zBuyer,
})
export type BuyerNamedBody = z.infer<typeof zBuyerNamedBody>
