import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import { type StaffDetail, zStaffEdit } from '@evertill/shared/protocol/office/staff'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { SaveProblem } from '../parts/save-problem.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { roleChosen } from './new-staff-form.tsx'
import { RoleSelect } from './role-select.tsx'
import { reloadStaff } from './staff-queries.ts'

interface StaffFormProps {
  readonly person: StaffDetail
  readonly roles: readonly RoleDetail[]
  readonly onDone: () => Promise<void>
}

/** What a person is called, and what they may do. */
export function StaffForm({ person, roles, onDone }: StaffFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const form = useForm({
    initialValues: { name: person.name, roleId: person.roleId },
    validate: (values) => roleChosen(formErrors(zStaffEdit, values)),
  })
  const reload = () => reloadStaff(queryClient)
  const save = useMutation({
    mutationFn: async (edit: { name: string; roleId: string }) => {
      await api.editStaff(person.staffId, { ...edit, version: person.version })
      finished.current = true
      sayDone(`${edit.name.trim()} is saved. Tills take this up at their next contact.`)
      await onDone()
      await reload()
    },
    onError: (error) => form.setErrors(asSentences(fieldErrors(error))),
  })
  return (
    <form noValidate onSubmit={form.onSubmit((edit) => save.mutate(edit))}>
      <Stack gap="lg">
        <TextInput
          label="Name"
          description="As it stands at the till and on receipts. What they sold before is shown under the new name in head office."
          required
          ref={focusFirst}
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
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this person" />
    </form>
  )
}
