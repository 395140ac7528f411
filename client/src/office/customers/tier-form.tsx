import type { CustomerDetail, TierChange } from '@evertill/shared/protocol/office/customers'
import { Button, Group, NativeSelect, Skeleton, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { TextLink } from '../parts/links.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { customerOptionsQuery } from './customer-queries.ts'
import { useTierChange } from './use-tier-change.tsx'

interface TierFormProps {
  readonly customer: CustomerDetail
  readonly onSaved: () => void
}

/** The tier a customer is in, to change. */
export function TierForm(props: TierFormProps) {
  const { api } = useOffice()
  const options = useQuery(customerOptionsQuery(api))
  return (
    <QueryState query={options} failed="The tiers did not load." skeleton={<Skeleton height={128} />}>
      {({ tiers }) => <LoadedForm {...props} tiers={tiers} />}
    </QueryState>
  )
}

interface LoadedFormProps extends TierFormProps {
  readonly tiers: readonly { readonly tierId: string; readonly name: string }[]
}

function LoadedForm({ customer, tiers, onSaved }: LoadedFormProps) {
  // With what it was when they chose: another tier that comes meanwhile must not pass for what they saw.
  const [chosen, setChosen] = useState<TierChange>()
  const changeTier = useTierChange(customer, tiers)
  const save = useMutation({
    mutationFn: async (change: TierChange) => {
      await changeTier(change)
      onSaved()
    },
    onError: (error) => {
      // What they chose from was old: they choose anew from what is there now.
      if (failureOf(error)?.code === 'conflict' || fieldErrors(error).to !== undefined) setChosen(undefined)
    },
  })
  const from = customer.tierId
  const value = chosen === undefined ? from : chosen.to
  const unknown = fieldErrors(save.error).to !== undefined
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen === undefined) onSaved()
        else save.mutate(chosen)
      }}
    >
      <Stack gap="md">
        <NativeSelect
          label="Tier"
          description={
            tiers.length === 0 ? (
              <>
                There are no tiers yet. They are made under{' '}
                <TextLink to="/settings/loyalty" inherit>
                  Loyalty
                </TextLink>
                .
              </>
            ) : (
              'What their points count times, and which promotions are for them. Sales made already stay as they are.'
            )
          }
          value={value ?? ''}
          onChange={(event) => {
            const to = event.currentTarget.value || null
            setChosen(to === from ? undefined : { from, to })
          }}
          data={[
            { value: '', label: 'No tier' },
            ...tiers.map(({ tierId, name }) => ({ value: tierId, label: name })),
          ]}
          error={unknown && 'This tier was removed meanwhile. Choose another.'}
        />
        {!unknown && <ProblemNote error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
