import { zNewTill } from '@evertill/shared/protocol/office/tills'
import { Button, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { outletsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'

interface NewTillProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onAdded: (tillId: string) => void
}

export function NewTill({ opened, onClose, onAdded }: NewTillProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New till" closeButtonProps={{ 'aria-label': 'Close' }}>
      <NewTillForm onAdded={onAdded} />
    </Modal>
  )
}

function NewTillForm({ onAdded }: Pick<NewTillProps, 'onAdded'>) {
  const { api, newId } = useOffice()
  // Added again after a lost answer, it is not a second one.
  const [tillId] = useState(newId)
  const queryClient = useQueryClient()
  const { data: outlets = [] } = useQuery(outletsQuery(api))
  const [firstOutlet] = outlets
  // The outlets may come after the form: until one is chosen it is the first, as the field shows.
  const chosen = (typed: { outletId: string; name: string }) => ({
    tillId,
    name: typed.name,
    outletId: typed.outletId || (firstOutlet?.outletId ?? ''),
  })
  const form = useForm({
    initialValues: { outletId: '', name: '' },
    validate: (typed) => formErrors(zNewTill, chosen(typed)),
  })
  const reload = () => queryClient.invalidateQueries({ queryKey: ['tills'] })
  const add = useMutation({
    mutationFn: (typed: { outletId: string; name: string }) => api.createTill(chosen(typed)),
    onSuccess: async () => {
      await reload()
      onAdded(tillId)
    },
    onError: (error) => {
      form.setErrors(asSentences(fieldErrors(error)))
      // It may be there all the same.
      void reload()
    },
  })
  return (
    <form noValidate onSubmit={form.onSubmit((typed) => add.mutate(typed))}>
      <Stack gap="lg">
        <NativeSelect
          label="Outlet"
          data={outlets.map(({ outletId, name }) => ({ value: outletId, label: name }))}
          {...form.getInputProps('outletId')}
        />
        <TextInput
          label="Name"
          description="How your staff call it"
          placeholder="Counter 1"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <ProblemNote error={add.error} />
        <Button type="submit" loading={add.isPending || firstOutlet === undefined}>
          Add till
        </Button>
      </Stack>
    </form>
  )
}
