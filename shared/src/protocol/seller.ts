import { z } from 'zod'
import { MAX_SELLER_TEXT, type Seller } from '../domain/seller.ts'
import { zText } from './scalars.ts'

const zLine = zText(MAX_SELLER_TEXT).min(1)

/** On every paper that a till writes. */
export const zSeller: z.ZodType<Seller> = z.object({
  company: zLine,
  gstRegistrationNo: z.exactOptional(zLine),
  outlet: zLine,
  address: z.exactOptional(zLine),
  phone: z.exactOptional(zLine),
})
