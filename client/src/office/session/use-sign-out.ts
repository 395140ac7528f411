import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { isSignedOut } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'

/** Ends the session and forgets everything that was fetched with it. */
export function useSignOut(): () => Promise<void> {
  const { api, sessionEnd } = useOffice()
  const queryClient = useQueryClient()
  const router = useRouter()
  return async () => {
    await api.signOut().catch((error: unknown) => {
      if (!isSignedOut(error)) throw error
    })
    queryClient.clear()
    sessionEnd.set(false)
    await router.navigate({ to: '/sign-in' })
  }
}
