import type { ReactNode } from 'react'
import { ErrorState } from '../../app/error-state.tsx'
import { failureOf, messageOf } from '../api/office-error.ts'

interface QueryStateProps<Data> {
  readonly query: {
    readonly data: Data | undefined
    readonly error: Error | null
    refetch(): Promise<unknown>
  }
  /** What is missing, as a sentence: “The sales did not load.” */
  readonly failed: string
  /** Takes the room the data will need. */
  readonly skeleton: ReactNode
  readonly children: (data: Data) => ReactNode
}

/** Data, or what stands in for it while it loads or when it does not come. Old data stays in view. */
export function QueryState<Data>({ query, failed, skeleton, children }: QueryStateProps<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error === null || failureOf(query.error)?.code === 'unauthenticated') return skeleton
  return (
    <ErrorState title={failed} onRetry={() => void query.refetch()}>
      {messageOf(query.error)}
    </ErrorState>
  )
}
