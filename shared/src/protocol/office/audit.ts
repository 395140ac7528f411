import { z } from 'zod'
import { zInstant, zUuid } from '../scalars.ts'

/** What must always be true of the company's ledger, checked as of one moment. */
export const zAuditReport = z.object({
  ranAt: zInstant,
  differences: z.int(),
  checks: z.array(
    z.object({
      name: z.string(),
      /** The law as a sentence. */
      law: z.string(),
      /** How many rows were looked at, and what they are: 1204 `sales`. */
      covered: z.int(),
      covers: z.string(),
      differences: z.int(),
      /** The first of them, each a sentence, with the sale or till it leads to. */
      shown: z.array(
        z.object({ sentence: z.string(), saleId: z.nullable(zUuid), tillId: z.nullable(zUuid) }),
      ),
    }),
  ),
})
export type AuditReport = z.infer<typeof zAuditReport>
