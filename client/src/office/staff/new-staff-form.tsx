import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import { zStaffEdit } from '@evertill/shared/protocol/office/staff'
import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { PinFields } from './pin-fields.tsx'
import { NO_PIN, type PinValues, pinErrors } from './pin-values.ts'
import { RoleSelect } from './role-select.tsx'
import { reloadStaff } from './staff-queries.ts'

interface Values extends PinValues {
  name: string
  roleId: string
}

interface NewStaffFormProps {
  readonly roles: readonly RoleDetail[]
  readonly onDone: () => Promise<void>
}

export function NewStaffForm({ roles, onDone }: NewStaffFormProps) {
  const { api, newId } = useOffice()
  // Added again after a lost answer, it is not a second person.
  const [staffId] = useState(newId)
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const form = useForm<Values>({
    initialValues: { name: '', roleId: leastOf(roles)?.roleId ?? '', ...NO_PIN },
    validate: (values) => ({ ...pinErrors(values), ...roleChosen(formErrors(zStaffEdit, values)) }),
  })
  const save = useMutation({
    mutationFn: async ({ name, roleId, pin }: Values) => {
      await api.addStaff({ staffId, name, roleId, pin })
      finished.current = true
      sayDone(`${name.trim()} is on the list. Tills know them at their next contact.`)
      await onDone()
      await reloadStaff(queryClient)
    },
    onError: (error) => {
      form.setErrors(asSentences(fieldErrors(error)))
      // It may be there all the same.
      void queryClient.invalidateQueries({ queryKey: ['staff'], exact: true })
    },
  })
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <TextInput
          label="Name"
          description="As it stands at the till and on receipts"
          required
          ref={focusFirst}
          {...form.getInputProps('name')}
        />
        <RoleSelect roles={roles} {...form.getInputProps('roleId')} />
        <PinFields form={form as unknown as UseFormReturnType<PinValues>} />
        <ProblemNote error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Add to the list
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this person" />
    </form>
  )
}

/** Most who are added are cashiers, and nobody should be given more by not looking. */
const leastOf = (roles: readonly RoleDetail[]): RoleDetail | undefined =>
  roles.toSorted((a, b) => a.role.permissions.length - b.role.permissions.length)[0]

/** An id is nothing that a person types. */
export const roleChosen = ({ roleId, ...errors }: Record<string, string>): Record<string, string> =>
  roleId === undefined ? errors : { ...errors, roleId: 'Choose a role' }
