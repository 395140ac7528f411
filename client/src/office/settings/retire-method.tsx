import type { PaymentMethodDetail } from '@evertill/shared/protocol/office/settings'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMoneyText } from '../../app/money.tsx'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { sayDone } from '../parts/notes.ts'
import { retireWords } from './method-words.ts'

export function RetireMethod({ method, onClose }: { method: PaymentMethodDetail; onClose: () => void }) {
  const { api } = useOffice()
  const money = useMoneyText()
  const queryClient = useQueryClient()
  const retire = useMutation({
    mutationFn: async () => {
      await api.offerPaymentMethod(method.paymentMethodId, false)
      onClose()
      sayDone(`${method.name} is retired. Tills take this up at their next contact.`)
      await queryClient.invalidateQueries({ queryKey: ['payment-methods'] })
    },
  })
  return (
    <Confirm
      opened
      title={`Retire ${method.name}?`}
      confirm={`Retire ${method.name}`}
      pending={retire.isPending}
      error={retire.error}
      onConfirm={() => retire.mutate()}
      onClose={onClose}
    >
      Tills offer it no more from their next contact on. {retireWords(method, money)}
    </Confirm>
  )
}
