import type { CustomerDetail, TierChange } from '@evertill/shared/protocol/office/customers'
import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useOffice } from '../office-context.tsx'
import { sayDone, sayFailed } from '../parts/notes.ts'
import { reloadCustomers } from './customer-queries.ts'

/** Long enough to read it and to reach the button by keyboard. */
const UNDO_MS = 15_000

/** Puts the customer into another tier, and says so with a way back. */
export function useTierChange(
  { customerId, name }: Pick<CustomerDetail, 'customerId' | 'name'>,
  tiers: readonly { readonly tierId: string; readonly name: string }[],
): (change: TierChange) => Promise<void> {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const change = async (asked: TierChange) => {
    await api.changeTier(customerId, asked)
    // Not where it was refused: what was typed and why it was not saved stay in view.
    void reloadCustomers(queryClient)
  }
  const inTier = (tierId: string | null) =>
    tierId === null
      ? 'in no tier'
      : `in ${tiers.find((tier) => tier.tierId === tierId)?.name ?? 'another tier'}`
  const undo = ({ from, to }: TierChange) =>
    change({ from: to, to: from }).then(() => sayDone(`${name} is ${inTier(from)} again.`), sayFailed)

  return async (asked) => {
    await change(asked)
    const id = `tier of ${customerId}`
    notifications.hide(id)
    notifications.show({
      id,
      color: 'pandan',
      autoClose: UNDO_MS,
      message: (
        <Group justify="space-between" wrap="nowrap">
          <span>
            {name} is {inTier(asked.to)} now. Tills take this up at their next contact.
          </span>
          <Button
            variant="default"
            size="xs"
            h={32}
            flex="none"
            onClick={() => {
              notifications.hide(id)
              void undo(asked)
            }}
          >
            Undo
          </Button>
        </Group>
      ),
    })
  }
}
