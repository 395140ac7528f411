import type { RoleDetail } from '@evertill/shared/protocol/office/roles'
import type { StaffDetail } from '@evertill/shared/protocol/office/staff'
import { Button, Group, Stack, Text } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { SaveProblem } from '../parts/save-problem.tsx'
import { asSentences } from '../words/form-errors.ts'
import { PinFields } from './pin-fields.tsx'
import { NO_PIN, type PinValues, pinErrors } from './pin-values.ts'
import { RoleSelect } from './role-select.tsx'
import { reloadStaff } from './staff-queries.ts'

interface BringBackFormProps {
  readonly person: StaffDetail
  readonly roles: readonly RoleDetail[]
  readonly onDone: () => Promise<void>
}

interface Values extends PinValues {
  roleId: string
}

/** Their PIN was forgotten when they left, so they come back with another. */
export function BringBackForm({ person, roles, onDone }: BringBackFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const had = roles.find(({ roleId }) => roleId === person.roleId)
  const form = useForm<Values>({
    initialValues: { roleId: had?.roleId ?? '', ...NO_PIN },
    validate: (values) => ({
      ...pinErrors(values),
      ...(values.roleId === '' && { roleId: 'Choose a role' }),
    }),
  })
  const save = useMutation({
    mutationFn: async ({ roleId, pin }: Values) => {
      await api.bringStaffBack(person.staffId, { roleId, pin })
      finished.current = true
      sayDone(`${person.name} is on the list again. Tills know them at their next contact.`)
      await onDone()
      await reloadStaff(queryClient)
    },
    onError: (error) => form.setErrors(asSentences(fieldErrors(error))),
  })
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <Text size="sm">
          {person.name} signs in at no till any more. What they sold keeps their name. To have them back, give
          them a role and a new PIN.
        </Text>
        <RoleSelect roles={roles} {...form.getInputProps('roleId')} />
        <PinFields form={form as unknown as UseFormReturnType<PinValues>} />
        <SaveProblem error={save.error} onShowSaved={() => reloadStaff(queryClient)} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Put back on the list
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this person" />
    </form>
  )
}
