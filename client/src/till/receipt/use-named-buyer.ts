import type { Buyer } from '@evertill/shared/domain/buyer'
import { useLiveQuery } from 'dexie-react-hooks'
import { readNamedBuyer } from '../../store/named-buyer.ts'
import { useServices } from '../till-context.tsx'

/** Whom a paper was made out to after it was recorded. */
export function useNamedBuyer(paperId: string | undefined): Buyer | undefined {
  const { db } = useServices()
  const read = useLiveQuery(
    async () => ({
      paperId,
      buyer: paperId === undefined ? undefined : await readNamedBuyer(db, paperId),
    }),
    [db, paperId],
  )
  // Of the paper before it nothing is shown.
  return read?.paperId === paperId ? read?.buyer : undefined
}
