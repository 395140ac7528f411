import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import cards from '../parts/cards.module.css'
import { Fact, Facts } from '../parts/facts.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { Page } from '../parts/page.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { useSession } from '../session/use-session.ts'
import settings from '../settings/settings.module.css'
import { roleWords } from '../staff/permission-words.ts'
import { asSentences } from '../words/form-errors.ts'
import { NO_PASSWORDS, type PasswordValues, passwordErrors } from './password-form.ts'

/** Who is signed in to head office, and their password. */
export function AccountPage() {
  const session = useSession()
  return (
    <Page title="Your account">
      <div className={settings.form}>
        <Stack gap="lg">
          <section className={cards.card} aria-labelledby="who">
            <h2 id="who" className={cards.title}>
              Signed in
            </h2>
            {session !== undefined && (
              <Facts labels={112}>
                <Fact label="Name">{session.userName}</Fact>
                <Fact label="E-mail">{session.email}</Fact>
                <Fact label="Company">{session.companyName}</Fact>
                <Fact label="You may">{roleWords(session.permissions)}</Fact>
              </Facts>
            )}
          </section>
          <section className={cards.card} aria-labelledby="password">
            <h2 id="password" className={cards.title}>
              Change password
            </h2>
            <p className={cards.quiet}>
              For head office. Your PIN for the tills is another thing: it is changed under Staff.
            </p>
            <PasswordForm email={session?.email ?? ''} />
          </section>
        </Stack>
      </div>
    </Page>
  )
}

function PasswordForm({ email }: { email: string }) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const form = useForm<PasswordValues>({ initialValues: NO_PASSWORDS, validate: passwordErrors })
  const save = useMutation({
    mutationFn: async ({ current, next }: PasswordValues) => {
      await api.changePassword(current, next)
      form.reset()
      // Whoever had a first password has their own now.
      void queryClient.invalidateQueries({ queryKey: ['session'] })
      sayDone('Your password is changed. Wherever else you were signed in, you are signed out.')
    },
    onError: (error) => {
      const { currentPassword, newPassword } = asSentences(fieldErrors(error))
      form.setErrors({
        ...(currentPassword !== undefined && { current: currentPassword }),
        ...(newPassword !== undefined && { next: newPassword }),
      })
    },
  })
  const isAtField = Object.keys(fieldErrors(save.error)).length > 0
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      {/* So that whoever keeps passwords knows whose it is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Stack gap="lg">
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          required
          {...form.getInputProps('current')}
        />
        <PasswordInput
          label="New password"
          description="10 characters or more"
          autoComplete="new-password"
          required
          {...form.getInputProps('next')}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          required
          {...form.getInputProps('again')}
        />
        {!isAtField && <ProblemNote error={save.error} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            You stay signed in here, and nowhere else.
          </Text>
          <Button type="submit" loading={save.isPending}>
            Change password
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => form.isDirty()} what="your password" />
    </form>
  )
}
