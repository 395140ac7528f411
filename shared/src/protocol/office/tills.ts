import { z } from 'zod'
import { zStorageKind } from '../push.ts'
import { zCode, zInstant, zName, zTypedName, zUuid } from '../scalars.ts'

export const zTillSummary = z.object({
  tillId: zUuid,
  code: zCode,
  name: zName,
  outletId: zUuid,
  outletName: zName,
  state: z.enum(['waiting-for-enrolment', 'active', 'revoked']),
  lastContactAt: z.nullable(zInstant),
  /** As the till itself reported at its last contact. */
  waiting: z.nullable(z.int()),
  oldestWaitingAt: z.nullable(zInstant),
  clockOffsetMs: z.nullable(z.int()),
  appVersion: z.nullable(z.string()),
  persisted: z.nullable(z.boolean()),
  /** Null from a till that does not say; its `persisted` is all that is known then. */
  storage: z.nullable(zStorageKind),
  /** What is left of the browser's quota. */
  freeBytes: z.nullable(z.int()),
  epoch: z.int(),
  highWater: z.int(),
  /** The highest seq received; above highWater while there is a gap. */
  lastSeq: z.int(),
})
export type TillSummary = z.infer<typeof zTillSummary>

/** The form that makes it makes its id: sent again, it is the same till. */
export const zNewTill = z.object({ tillId: zUuid, outletId: zUuid, name: zTypedName })
export type NewTill = z.infer<typeof zNewTill>
export const zEnrolmentCode = z.object({ code: z.string(), link: z.string(), expiresAt: zInstant })
export type EnrolmentCode = z.infer<typeof zEnrolmentCode>
