import { type PapersQuery, type PapersResponse, zPapersResponse } from '@evertill/shared/protocol/papers'
import { type Paper, searchOtherPapers, searchPapers } from '../store/journal.ts'
import { keepOtherPapers } from '../store/other-papers.ts'
import { readState } from '../store/state.ts'
import { readTill } from '../store/till.ts'
import { type RequestDeps, requestAsTill } from './request.ts'

/** What the server said of a sale: whatever it was, what is known of it is in the till's database now. */
export type PapersAsked =
  /** Ids of the sales, newest first. */
  | { readonly code: 'found'; readonly saleIds: readonly string[] }
  /** No till has sent such a sale yet. */
  | { readonly code: 'none' }
  /** Nobody knows: there is no network, no server, or no answer that could be read. */
  | { readonly code: 'not-answered' }

/** A customer waits at the counter: then the till goes by what it knows itself. */
const MOST_WAITED_MS = 6000

/** Asks the server for a sale, of whichever till, and what came back of it, and keeps both. */
export async function askPapers(deps: RequestDeps, query: PapersQuery): Promise<PapersAsked> {
  const { db, now } = deps
  const till = await readTill(db)
  if (till === undefined) return { code: 'not-answered' }
  const answer = await requestAsTill<PapersResponse>(
    deps,
    till,
    (await readState(db, 'clockOffsetMs')) ?? 0,
    {
      method: 'GET',
      path: `/api/papers?${new URLSearchParams(query)}`,
      schema: zPapersResponse,
      giveUpMs: MOST_WAITED_MS,
    },
  )
  if (answer.code !== 'answered') return { code: 'not-answered' }
  const { papers } = answer.body
  await keepOtherPapers(db, papers, now())
  const saleIds = papers.filter(({ entry }) => entry.kind === 'sale').map(({ entry }) => entry.id)
  return saleIds.length === 0 ? { code: 'none' } : { code: 'found', saleIds: saleIds.reverse() }
}

/**
 * A receipt by the number on it: of this till, or of any other as far as the server tells. Where nobody answers it is
 * one that the server has shown before, however short the network is.
 */
export async function askForReceipt(deps: RequestDeps, receiptNo: string): Promise<PapersAsked> {
  const { db } = deps
  const wanted = receiptNo.toLowerCase()
  const hasNumber = ({ entry }: Paper) => entry.body.receiptNo.toLowerCase() === wanted
  const [own] = await searchPapers(db, hasNumber, 1)
  if (own !== undefined) return { code: 'found', saleIds: [own.entry.id] }
  const asked = await askPapers(deps, { receiptNo })
  if (asked.code === 'found') return asked
  const shown = await searchOtherPapers(db, hasNumber)
  // As the server answers: what took some of a sale back leads to the sale.
  const saleIds = new Set(
    shown.map(({ entry }) => (entry.kind === 'sale' ? entry.id : (entry.body.original?.saleId ?? entry.id))),
  )
  return saleIds.size === 0 ? asked : { code: 'found', saleIds: [...saleIds] }
}
