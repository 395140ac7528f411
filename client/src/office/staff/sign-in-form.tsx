import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import { type SignInDetail, type SignInEdit, zSignInEdit } from '@evertill/shared/protocol/office/sign-ins'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { SaveProblem } from '../parts/save-problem.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { roleChosen } from './new-staff-form.tsx'
import { RoleSelect } from './role-select.tsx'
import { reloadSignIns } from './sign-in-queries.ts'

interface SignInFormProps {
  readonly signIn: SignInDetail
  readonly roles: readonly RoleDetail[]
  readonly isOwn: boolean
  readonly onDone: () => Promise<void>
}

/** What somebody is called, and what they may do. */
export function SignInForm({ signIn, roles, isOwn, onDone }: SignInFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const [asked, ask] = useState<SignInEdit>()
  const form = useForm<SignInEdit>({
    initialValues: { name: signIn.name, roleId: signIn.roleId },
    validate: (values) => roleChosen(formErrors(zSignInEdit, values)),
  })
  const reload = () => reloadSignIns(queryClient)
  const save = useMutation({
    mutationFn: async (edit: SignInEdit) => {
      await api.editSignIn(signIn.signInId, { ...edit, version: signIn.version })
      finished.current = true
      ask(undefined)
      sayDone(`${edit.name.trim()} is saved. It counts from now on.`)
      await onDone()
      await reload()
    },
    onError: (error) => {
      ask(undefined)
      form.setErrors(asSentences(fieldErrors(error)))
    },
  })
  const roleOf = (edit: SignInEdit) => roles.find(({ roleId }) => roleId === edit.roleId)?.role
  const submit = (edit: SignInEdit) => {
    const staysManager = roleOf(edit)?.permissions.includes('staff.manage') ?? false
    if (isOwn && !staysManager) ask(edit)
    else save.mutate(edit)
  }
  return (
    <>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack gap="lg">
          <TextInput
            label="Name"
            description="As it stands in the history of what they change from now on"
            required
            autoComplete="off"
            {...form.getInputProps('name')}
          />
          <RoleSelect roles={roles} {...form.getInputProps('roleId')} />
          <SaveProblem error={save.error} onShowSaved={reload} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              Save changes
            </Button>
          </Group>
        </Stack>
        <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this sign-in" />
      </form>
      <Confirm
        opened={asked !== undefined}
        title="Give up managing staff?"
        confirm={`Change my role to ${asked === undefined ? '' : roleOf(asked)?.name}`}
        pending={save.isPending}
        onConfirm={() => asked && save.mutate(asked)}
        onClose={() => ask(undefined)}
      >
        This is your own sign-in. With this role you cannot open this page any more, and only somebody else
        can give it back to you.
      </Confirm>
    </>
  )
}
