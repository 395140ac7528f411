import { z } from 'zod'
import { LANGUAGES } from '../domain/language.ts'
import { zEmail, zText, zUuid, zUuidV7 } from './scalars.ts'

/** A customer asked for a receipt by e-mail. It moves no money and no goods. */
export const zReceiptEmailedBody = z.object({
  /** The sale, refund or void, of the same till. */
  paperId: zUuidV7,
  receiptNo: zText(160).min(1),
  to: zEmail,
  /** Of the paper, so that the e-mail says what the paper says. */
  language: z.enum(LANGUAGES),
  /** Whether it says that it is a copy. */
  copy: z.boolean(),
  /** A customer who wants the address kept, as theirs. Nobody's is kept otherwise. */
  keepFor: z.exactOptional(zUuid),
})
export type ReceiptEmailedBody = z.infer<typeof zReceiptEmailedBody>
