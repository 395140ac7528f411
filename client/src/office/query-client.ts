import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { failureOf, isSignedOut } from './api/office-error.ts'
import type { SessionEnd } from './session/session-end.ts'

/** Worth asking again by itself: the network, or a server that is busy or starting. */
function isPassing(error: unknown): boolean {
  const code = failureOf(error)?.code
  return code === 'unreachable' || code === 'unavailable' || code === 'internal'
}

export function createQueryClient(sessionEnd: SessionEnd): QueryClient {
  // On the way to the sign-in page there is no session yet that could have ended.
  const onError = (error: unknown) => {
    if (isSignedOut(error) && client.getQueryData(['session']) !== undefined) sessionEnd.set(true)
  }
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // Asked even when the browser believes it is offline: the server may well be on this machine.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isPassing(error),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  return client
}
