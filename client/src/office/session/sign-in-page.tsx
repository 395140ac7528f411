import { getRouteApi, useRouter } from '@tanstack/react-router'
import { backPath } from './back-path.ts'
import { CredentialsForm } from './credentials-form.tsx'
import classes from './welcome.module.css'
import { Welcome } from './welcome.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { back } = route.useSearch()
  const router = useRouter()
  return (
    <Welcome title="Sign in" intro="See what your tills have sold, and what needs you.">
      <CredentialsForm onSignedIn={() => void router.navigate({ href: backPath(back), replace: true })} />
      <details className={classes.forgot}>
        <summary>Forgot your password?</summary>
        <p>Somebody at your company makes you a new one: Staff, Sign-ins, your name.</p>
        <p>
          If there is nobody, whoever runs the server does, on its machine:{' '}
          <code>npm run password -- your address</code>
        </p>
      </details>
    </Welcome>
  )
}
