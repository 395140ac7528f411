import type { StaffDetail } from '@evertill/shared/protocol/office/staff'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { sayDone } from '../parts/notes.ts'
import { reloadStaff } from './staff-queries.ts'

interface RetireStaffProps {
  readonly person: StaffDetail
  readonly opened: boolean
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

export function RetireStaff({ person: { staffId, name }, opened, onClose, onDone }: RetireStaffProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const retire = useMutation({
    mutationFn: async () => {
      await api.retireStaff(staffId)
      onClose()
      sayDone(`${name} is off the list. Tills take this up at their next contact.`)
      await onDone()
      await reloadStaff(queryClient)
    },
  })
  return (
    <Confirm
      opened={opened}
      title={`Take ${name} off the list?`}
      confirm={`Take ${name} off`}
      pending={retire.isPending}
      error={retire.error}
      onConfirm={() => retire.mutate()}
      onClose={onClose}
    >
      Tills know them no more from their next contact on; one that is offline takes the PIN until then. The
      PIN is forgotten, so coming back needs a new one. What they sold stays as it is.
    </Confirm>
  )
}
