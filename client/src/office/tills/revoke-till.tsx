import type { TillSummary } from '@evertill/shared/protocol/office/tills'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { sayDone } from '../parts/notes.ts'
import { countOf } from '../words/count-words.ts'

interface RevokeTillProps {
  readonly till: TillSummary
  readonly opened: boolean
  readonly onClose: () => void
}

export function RevokeTill({ till, opened, onClose }: RevokeTillProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.revokeTill(till.tillId),
    onSuccess: async () => {
      onClose()
      sayDone(`${till.name} is revoked.`)
      await queryClient.invalidateQueries({ queryKey: ['tills'] })
    },
  })
  const waiting = till.waiting ?? 0
  return (
    <Confirm
      opened={opened}
      title={`Revoke ${till.name}?`}
      confirm={`Revoke ${till.name}`}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      The device stops being a till of yours, for good. Do this when it is lost, stolen or sold. What it still
      sends is kept, and counts only when you accept it under Exceptions.
      {waiting > 0 && (
        <p>
          <strong>{countOf(waiting, 'entry', 'entries')}</strong> had not been sent when it last called. Bring
          the till online first if you can.
        </p>
      )}
    </Confirm>
  )
}
