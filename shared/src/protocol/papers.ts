import { z } from 'zod'
import { zBuyer } from './buyer.ts'
import { zPaperEntry } from './entry.ts'
import { zInstant, zName, zTypedText } from './scalars.ts'

/*
 * GET /api/papers?receiptNo=BED-T2-000012 or ?saleId=<entry id>: a sale of the till's company, whichever of its tills
 * made it, with all that took some of it back. A till asks before it takes goods back, so that what came back at one
 * counter does not come back at the next. Nothing can be browsed: a number is named in full.
 */

/** Sales that are answered with at most: more than one bears a number where a till was copied or restored. */
export const MOST_SAME_NUMBER = 5

export const zPapersQuery = z.union([
  z.object({ receiptNo: zTypedText(160).min(1) }),
  z.object({ saleId: z.uuid() }),
])
export type PapersQuery = z.infer<typeof zPapersQuery>

const zSentPaper = z.object({
  /** As the till wrote it. */
  entry: zPaperEntry,
  /** Whom it is made out to, where that was said after it was written. */
  buyer: z.exactOptional(zBuyer),
  tillName: zName,
  outletName: zName,
})

/** Sales and what took some of them back, oldest first; none where nothing of that number or id has arrived. */
export const zPapersResponse = z.object({ serverTime: zInstant, papers: z.array(zSentPaper) })
export type PapersResponse = z.infer<typeof zPapersResponse>
