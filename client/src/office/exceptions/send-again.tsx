import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { Button, Stack } from '@mantine/core'
import { IconMailForward } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'

/** Lets a receipt go out once more that could not be sent. */
export function SendAgain({ row, onDone }: { row: ExceptionRow; onDone: () => void }) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const send = useMutation({
    mutationFn: () => api.sendEmailAgain(row.exceptionId),
    onSuccess: () => {
      sayDone('The receipt is on its way once more.')
      onDone()
    },
    onSettled: () =>
      Promise.all(
        [['exceptions'], ['today'], ['emails']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  })
  return (
    <Stack gap="sm">
      <ProblemNote error={send.error} />
      <Button
        leftSection={<IconMailForward size={18} aria-hidden />}
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        Send again
      </Button>
    </Stack>
  )
}
