import type { StaffDetail } from '@evertill/shared/protocol/office/staff'
import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
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
import { reloadStaff } from './staff-queries.ts'

interface PinFormProps {
  readonly person: StaffDetail
  readonly onDone: () => Promise<void>
  readonly onCancel: () => void
}

/** Another PIN for somebody on the list. */
export function PinForm({ person, onDone, onCancel }: PinFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const form = useForm<PinValues>({ initialValues: NO_PIN, validate: pinErrors })
  const save = useMutation({
    mutationFn: async ({ pin }: PinValues) => {
      await api.setPin(person.staffId, pin)
      finished.current = true
      sayDone(`${person.name} has a new PIN. Tills take it up at their next contact.`)
      await onDone()
    },
    onError: (error) => form.setErrors(asSentences(fieldErrors(error))),
  })
  return (
    <form noValidate aria-label="New PIN" onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="md">
        <PinFields form={form} focused />
        <SaveProblem error={save.error} onShowSaved={() => reloadStaff(queryClient)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save PIN
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this PIN" />
    </form>
  )
}
