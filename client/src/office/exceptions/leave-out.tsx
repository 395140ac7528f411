import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { zResolve } from '@evertill/shared/protocol/office/exceptions'
import { Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { sayDone } from '../parts/notes.ts'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { useCountedChanged } from './use-replay.ts'

interface LeaveOutProps {
  readonly row: ExceptionRow
  /** `12 entries`, and what they come to. */
  readonly what: string
  /** The last one that was shown. */
  readonly upTo: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly onLeftOut: () => void
}

/** Decides that held entries do not count; they are kept, and can be accepted later. */
export function LeaveOut({ row, what, upTo, opened, onClose, onLeftOut }: LeaveOutProps) {
  const { api } = useOffice()
  const changed = useCountedChanged()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { note: '' },
    validate: (typed) => formErrors(zResolve, typed),
  })
  const leave = useMutation({
    mutationFn: ({ note }: { note: string }) =>
      api.resolveException(row.exceptionId, { note: note.trim(), upTo }),
    onSuccess: () => {
      sayDone(`Left out: ${what}.`)
      onLeftOut()
    },
    onError: (error) => form.setErrors(asSentences(fieldErrors(error))),
    onSettled: changed,
  })
  return (
    <Confirm
      opened={opened}
      title={`Leave out ${what}?`}
      confirm={`Leave out ${what}`}
      pending={leave.isPending}
      error={leave.error}
      onConfirm={() => form.onSubmit((typed) => leave.mutate(typed))()}
      onClose={onClose}
    >
      <p>
        They will not count in any total, stock or shift. They are kept as they came, and you can still accept
        them later, under the resolved exceptions.
      </p>
      <Textarea
        label="Why"
        description="Kept with your name, for whoever asks later"
        autosize
        minRows={2}
        maxRows={6}
        key={form.key('note')}
        {...form.getInputProps('note')}
      />
    </Confirm>
  )
}
