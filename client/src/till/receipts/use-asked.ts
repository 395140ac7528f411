import type { PapersQuery } from '@evertill/shared/protocol/papers'
import { useCallback, useEffect, useState } from 'react'
import { askForReceipt, askPapers, type PapersAsked } from '../../sync/ask-papers.ts'
import { sleepFor } from '../../sync/browser-sync.ts'
import { useServices } from '../till-context.tsx'
import { isTraining } from '../training/training-mode.ts'

/**
 * Asks for a sale and what came back of it, or for a receipt by its number: the answer is in the database then, for
 * live queries to show.
 */
export function useAskPapers(): (query: PapersQuery) => Promise<PapersAsked> {
  const { db, fetch, now } = useServices()
  return useCallback(
    async (query) => {
      const deps = { db, fetch, now, sleep: sleepFor }
      try {
        return await ('receiptNo' in query ? askForReceipt(deps, query.receiptNo) : askPapers(deps, query))
      } catch (error) {
        // What could not be written down is not known here either.
        console.error(error)
        return { code: 'not-answered' }
      }
    },
    [db, fetch, now],
  )
}

/** Whether this till knows what came back of a sale at the others. */
export type Asked = 'asking' | 'answered' | 'not-answered'

/**
 * Asks about a sale, anew for each `occasion`: a page may have stood open while goods came back elsewhere. Without a
 * sale there is nothing to ask.
 */
export function useAsked(saleId: string | undefined, occasion: string): Asked {
  const ask = useAskPapers()
  const about = `${saleId} ${occasion}`
  const [heard, setHeard] = useState<{ readonly about: string; readonly answered: boolean }>()
  useEffect(() => {
    if (saleId === undefined) return
    let wanted = true
    void ask({ saleId }).then(({ code }) => {
      if (wanted) setHeard({ about, answered: code !== 'not-answered' })
    })
    return () => {
      wanted = false
    }
  }, [ask, saleId, about])
  // Of a practice sale no other till knows.
  if (saleId === undefined || isTraining()) return 'answered'
  if (heard?.about !== about) return 'asking'
  return heard.answered ? 'answered' : 'not-answered'
}
