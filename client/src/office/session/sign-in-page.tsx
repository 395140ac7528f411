import { getRouteApi, useRouter } from '@tanstack/react-router'
import { backPath } from './back-path.ts'
import { CredentialsForm } from './credentials-form.tsx'
import { Welcome } from './welcome.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { back } = route.useSearch()
  const router = useRouter()
  return (
    <Welcome title="Sign in" intro="See what your tills have sold, and what needs you.">
      <CredentialsForm onSignedIn={() => void router.navigate({ href: backPath(back), replace: true })} />
    </Welcome>
  )
}
