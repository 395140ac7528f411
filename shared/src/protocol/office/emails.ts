import { z } from 'zod'
import { zInstant } from '../scalars.ts'

/** Receipts that customers asked for by e-mail and that are not sent yet. Whose they are is not told. */
export const zEmailState = z.object({
  /** Whether the server has a mail server to send with. Without one they are kept. */
  mailServer: z.boolean(),
  waiting: z.int(),
  oldestWaitingAt: z.nullable(zInstant),
})
export type EmailState = z.infer<typeof zEmailState>
