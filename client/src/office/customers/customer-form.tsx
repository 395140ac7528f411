import type { CustomerDetail, CustomerOptions } from '@evertill/shared/protocol/office/customers'
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { useOffice } from '../office-context.tsx'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { TextLink } from '../parts/links.tsx'
import { sayDone } from '../parts/notes.ts'
import { SaveProblem } from '../parts/save-problem.tsx'
import { asSentences } from '../words/form-errors.ts'
import { reloadCustomers } from './customer-queries.ts'
import { type CustomerValues, customerValues, readCustomer, tierAlone } from './customer-values.ts'
import { useTierChange } from './use-tier-change.tsx'

interface CustomerFormProps extends CustomerOptions {
  readonly customer: CustomerDetail
  readonly onDone: () => Promise<void>
}

/** Who a customer is, to correct. */
export function CustomerForm({ customer, tiers, onDone }: CustomerFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const changeTier = useTierChange(customer, tiers)
  const form = useForm<CustomerValues>({
    initialValues: customerValues(customer),
    validate: (values) => {
      const read = readCustomer(values)
      return (read.ok ? {} : read.errors) as never
    },
  })
  const reload = () => reloadCustomers(queryClient)
  const save = useMutation({
    mutationFn: async (values: CustomerValues) => {
      const read = readCustomer(values)
      if (!read.ok) return
      const { settings: edit } = read
      const tier = tierAlone(customer, edit)
      if (tier !== undefined) await changeTier(tier)
      else {
        await api.editCustomer(customer.customerId, { ...edit, version: customer.version })
        sayDone(`${edit.name} is saved. Tills take this up at their next contact.`)
      }
      finished.current = true
      await onDone()
      await reload()
    },
    onError: (error) => {
      const { to, tierId = to, ...others } = fieldErrors(error)
      if (tierId !== undefined) {
        // They choose anew, from the tiers that are there now.
        form.setFieldValue('tierId', customer.tierId ?? '')
        void queryClient.invalidateQueries({ queryKey: ['customer-options'] })
      }
      form.setErrors({
        ...asSentences(others),
        ...(tierId !== undefined && { tierId: 'This tier was removed meanwhile. Choose another.' }),
      })
    },
  })
  return (
    <form noValidate aria-label="Edit customer" onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg">
        <TextInput
          label="Name"
          description="As tills find them. What receipts say already stays as it was written."
          required
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <TextInput label="Phone" type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <TextInput
          label="E-mail"
          description="Offered at the till when they want a receipt by e-mail"
          type="email"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          {...form.getInputProps('email')}
        />
        <TextInput
          label="Member code"
          description="As on their card, if they have one. Tills find them by this code, and no longer by the one before."
          required
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('code')}
        />
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
          data={[
            { value: '', label: 'No tier' },
            ...tiers.map(({ tierId, name }) => ({ value: tierId, label: name })),
          ]}
          {...form.getInputProps('tierId')}
        />
        <SaveProblem error={save.error} onShowSaved={reload} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            Save changes
          </Button>
        </Group>
      </Stack>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this customer" />
    </form>
  )
}
