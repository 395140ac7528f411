import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { ProblemNote } from '../parts/problem-note.tsx'

interface CredentialsFormProps {
  /** Known when a session has ended; then only the password is asked. */
  readonly email?: string
  readonly onSignedIn: () => void
}

export function CredentialsForm({ email, onSignedIn }: CredentialsFormProps) {
  const { api } = useOffice()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: email ?? '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? 'Type your email' : null),
      password: (value) => (value === '' ? 'Type your password' : null),
    },
  })
  const signIn = useMutation({
    mutationFn: (typed: { email: string; password: string }) =>
      api.signIn(typed.email.trim(), typed.password),
    onSuccess: onSignedIn,
  })
  return (
    <form noValidate onSubmit={form.onSubmit((typed) => signIn.mutate(typed))}>
      <Stack gap="lg">
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          spellCheck={false}
          readOnly={email !== undefined}
          ref={email === undefined ? focusFirst : undefined}
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus={email !== undefined || undefined}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <ProblemNote error={signIn.error} signingIn />
        <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
