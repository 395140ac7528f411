import type { Buyer } from '@evertill/shared/domain/buyer'
import type { PapersResponse } from '@evertill/shared/protocol/papers'
import type { TillDatabase } from './till-database.ts'

/**
 * A paper that the server has shown: of another till, or one of this till that its journal no longer keeps. What came
 * back of a sale elsewhere counts as what came back here.
 */
export interface OtherPaper {
  id: string
  receiptNo: string
  /** The sale that it takes back from. */
  originalId?: string
  entry: PapersResponse['papers'][number]['entry']
  tillName: string
  outletName: string
  /** Whom it is made out to, where that was said after it was written. */
  buyer?: Buyer
  /** By this till's clock, ISO 8601. */
  shownAt: string
}

const KEEP_DAYS = 90

/** Keeps what the server has shown; what the journal has itself is left to it. */
export async function keepOtherPapers(
  db: TillDatabase,
  papers: PapersResponse['papers'],
  now: Date,
): Promise<void> {
  const before = new Date(now.getTime() - KEEP_DAYS * 86_400_000).toISOString()
  await db.transaction('rw', [db.journal, db.otherPaper], async () => {
    const ids = papers.map(({ entry }) => entry.id)
    const here = new Set((await db.journal.where('id').anyOf(ids).toArray()).map(({ id }) => id))
    await forgetShown(db, before)
    await db.otherPaper.bulkPut(
      papers
        .filter(({ entry }) => !here.has(entry.id))
        .map((paper) => ({
          ...paper,
          id: paper.entry.id,
          receiptNo: paper.entry.body.receiptNo,
          ...(paper.entry.kind !== 'sale' &&
            paper.entry.body.original && { originalId: paper.entry.body.original.saleId }),
          shownAt: now.toISOString(),
        })),
    )
  })
}

/** What took a sale of the journal back stays with it, or it would be paid back once more. */
async function forgetShown(db: TillDatabase, before: string): Promise<void> {
  const old = await db.otherPaper.where('shownAt').below(before).toArray()
  const saleIds = old.map(({ originalId = '' }) => originalId)
  const here = new Set((await db.journal.where('id').anyOf(saleIds).toArray()).map(({ id }) => id))
  const gone = old.filter(({ originalId = '' }) => !here.has(originalId))
  await db.otherPaper.bulkDelete(gone.map(({ id }) => id))
}
