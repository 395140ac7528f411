import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import type { OfficeApi } from '../api/office-api.ts'
import { isSignedOut } from '../api/office-error.ts'
import { sessionQuery } from '../api/queries.ts'

export interface OfficeRouterContext {
  readonly api: OfficeApi
  readonly queryClient: QueryClient
}

async function isSignedIn({ api, queryClient }: OfficeRouterContext): Promise<boolean> {
  try {
    await queryClient.ensureQueryData(sessionQuery(api))
    return true
  } catch (error) {
    if (isSignedOut(error)) return false
    throw error
  }
}

/** Lets signed-in people through; others sign in first, or set the company up where there is none. */
export async function requireSession(context: OfficeRouterContext, href: string): Promise<void> {
  if (await isSignedIn(context)) return
  if (await context.api.firstRunNeeded()) throw redirect({ to: '/first-run' })
  throw redirect({ to: '/sign-in', search: href === '/' ? {} : { back: href } })
}

/** Keeps the sign-in page for those who need it. */
export async function requireNoSession(context: OfficeRouterContext): Promise<void> {
  if (await isSignedIn(context)) throw redirect({ to: '/' })
  if (await context.api.firstRunNeeded()) throw redirect({ to: '/first-run' })
}

/** The first run is over once a company exists. */
export async function requireNoCompany({ api }: OfficeRouterContext): Promise<void> {
  if (!(await api.firstRunNeeded())) throw redirect({ to: '/sign-in' })
}
