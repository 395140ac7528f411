import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { zResolve } from '@evertill/shared/protocol/office/exceptions'
import { Button, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { exceptionWords } from './exception-words.ts'

export function ResolveForm({ row, onResolved }: { row: ExceptionRow; onResolved: () => void }) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { note: '' },
    validate: (typed) => formErrors(zResolve, typed),
  })
  const resolve = useMutation({
    mutationFn: ({ note }: { note: string }) => api.resolveException(row.exceptionId, { note: note.trim() }),
    onSuccess: () => {
      sayDone(`Resolved: ${exceptionWords(row).title.toLowerCase()}.`)
      onResolved()
    },
    onError: (error) => form.setErrors(asSentences(fieldErrors(error))),
    // Also when someone else was faster: then the list is what is out of date.
    onSettled: () =>
      Promise.all(
        [['exceptions'], ['today'], ['sale'], ['sales']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  })
  return (
    <form noValidate onSubmit={form.onSubmit((typed) => resolve.mutate(typed))}>
      <Stack gap="md">
        <Textarea
          label="What was done"
          description="Kept with your name, for whoever asks later"
          autosize
          minRows={3}
          maxRows={8}
          key={form.key('note')}
          {...form.getInputProps('note')}
        />
        <ProblemNote error={resolve.error} />
        <Button type="submit" loading={resolve.isPending}>
          Resolve
        </Button>
      </Stack>
    </form>
  )
}
