import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import { type NewSignIn, zNewSignIn } from '@evertill/shared/protocol/office/sign-ins'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { MadePassword } from './made-password.tsx'
import { roleChosen } from './new-staff-form.tsx'
import { RoleSelect } from './role-select.tsx'
import { reloadSignInList } from './sign-in-queries.ts'

interface NewSignInFormProps {
  readonly roles: readonly RoleDetail[]
  readonly onDone: () => Promise<void>
}

/** Who, and what they may do; then the password that was made for them. */
export function NewSignInForm({ roles, onDone }: NewSignInFormProps) {
  const { api, newId } = useOffice()
  // Added again after a lost answer, it is not a second sign-in.
  const [signInId] = useState(newId)
  const [added, setAdded] = useState<{ name: string; email: string; password: string }>()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const form = useForm<Omit<NewSignIn, 'signInId'>>({
    // Nobody should be let into head office with a role that nobody chose.
    initialValues: { name: '', email: '', roleId: '' },
    validate: (values) => roleChosen(formErrors(zNewSignIn, { ...values, signInId })),
  })
  const save = useMutation({
    mutationFn: async (values: Omit<NewSignIn, 'signInId'>) => {
      const password = await api.addSignIn({ signInId, ...values })
      finished.current = true
      setAdded({ name: values.name.trim(), email: values.email.trim(), password })
      await reloadSignInList(queryClient)
    },
    onError: (error) => {
      form.setErrors(asSentences(fieldErrors(error)))
      // It may be there all the same.
      void reloadSignInList(queryClient)
    },
  })
  if (added !== undefined) return <MadePassword {...added} onDone={() => void onDone()} />
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <Text size="sm">
          For head office, with an e-mail address and a password. At the tills people have a PIN: they are
          under People.
        </Text>
        <TextInput
          label="Name"
          description="As it stands in the history of what they change"
          required
          autoComplete="off"
          ref={focusFirst}
          {...form.getInputProps('name')}
        />
        <TextInput
          label="E-mail"
          description="They sign in with it. Nothing is sent there."
          type="email"
          required
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('email')}
        />
        <RoleSelect roles={roles} required {...form.getInputProps('roleId')} />
        <ProblemNote error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Add and make a password
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this sign-in" />
    </form>
  )
}
