import { isValueKind } from '@evertill/shared/domain/stored-value'
import { METHOD_KINDS, type MethodKind } from '@evertill/shared/domain/tender'
import { type PaymentMethodDetail, zPaymentMethodEdit } from '@evertill/shared/protocol/office/settings'
import { Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { fieldErrors } from '../api/office-error.ts'
import { paymentMethodsToEditQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { focusFirst } from '../parts/focus-first.ts'
import { LeaveGuard } from '../parts/leave-guard.tsx'
import { sayDone } from '../parts/notes.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SaveProblem } from '../parts/save-problem.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { asSentences, formErrors } from '../words/form-errors.ts'
import { METHOD_KIND_WORDS, payeeWords } from './method-words.ts'

const route = getRouteApi('/desk/settings/payment-methods/$paymentMethodId')

interface Values {
  name: string
  kind: MethodKind
  payNowProxy: string
  rest: 'kept' | 'forfeited'
}

/** What does not belong to the kind is left out, whatever was typed before it was chosen. */
const editOf = ({ name, kind, payNowProxy, rest }: Values) => ({
  name,
  payNowProxy: kind === 'paynow' ? payNowProxy.trim() || null : null,
  rest: isValueKind(kind) ? rest : ('kept' as const),
})

const close = { to: '/settings/payment-methods' } as const

/** A new way to pay, over the list of them. */
export function NewPaymentMethod() {
  const navigate = useNavigate()
  const onClose = () => navigate(close)
  return (
    <SidePanel opened onClose={() => void onClose()} title="New payment method">
      <PaymentMethodForm onDone={onClose} />
    </SidePanel>
  )
}

/** What of a way to pay can still be changed. */
export function EditPaymentMethod() {
  const { api } = useOffice()
  const { paymentMethodId } = route.useParams()
  const navigate = useNavigate()
  const query = useQuery(paymentMethodsToEditQuery(api))
  const method = query.data?.find((one) => one.paymentMethodId === paymentMethodId)
  const onClose = () => navigate(close)
  return (
    <SidePanel opened onClose={() => void onClose()} title={method?.name ?? 'Payment method'}>
      <QueryState
        query={query}
        failed="The payment methods did not load."
        skeleton={<Skeleton height={280} />}
      >
        {() =>
          method === undefined ? (
            <Text>There is no such payment method.</Text>
          ) : (
            <PaymentMethodForm
              key={`${paymentMethodId} ${method.version}`}
              method={method}
              onDone={onClose}
            />
          )
        }
      </QueryState>
    </SidePanel>
  )
}

interface PaymentMethodFormProps {
  readonly method?: PaymentMethodDetail
  readonly onDone: () => Promise<void>
}

function PaymentMethodForm({ method, onDone }: PaymentMethodFormProps) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const finished = useRef(false)
  const [asked, setAsked] = useState<{ readonly values: Values; readonly words: string }>()
  const form = useForm<Values>({
    initialValues: {
      name: method?.name ?? '',
      kind: method?.kind ?? 'card',
      payNowProxy: method?.payNowProxy ?? '',
      rest: method?.rest ?? 'kept',
    },
    validate: (values) => formErrors(zPaymentMethodEdit, editOf(values)),
  })
  const reload = () =>
    Promise.all(
      [['payment-methods'], ['payment-method-names']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    )
  const save = useMutation({
    mutationFn: async (values: Values) => {
      const edit = editOf(values)
      if (method === undefined) await api.addPaymentMethod({ ...edit, kind: values.kind })
      else await api.editPaymentMethod(method.paymentMethodId, { ...edit, version: method.version })
      finished.current = true
      sayDone(`${edit.name} is saved. Tills take this up at their next contact.`)
      await onDone()
      await reload()
    },
    onError: (error) => {
      setAsked(undefined)
      form.setErrors(asSentences(fieldErrors(error)))
    },
  })
  const submit = (values: Values) => {
    const words = payeeWords(method?.payNowProxy ?? null, editOf(values).payNowProxy)
    if (words === undefined) save.mutate(values)
    else setAsked({ values, words })
  }
  const payee = asked?.values.payNowProxy.trim() ?? ''
  const { kind } = form.values
  return (
    <>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack gap="lg">
          <TextInput
            label="Name"
            description="As it stands on the till’s button and on receipts. What was sold before is shown under the new name too."
            required
            ref={focusFirst}
            {...form.getInputProps('name')}
          />
          {method === undefined ? (
            <NativeSelect
              label="Kind"
              description="It decides what a till does, and cannot be changed later."
              data={METHOD_KINDS.map((value) => ({ value, label: METHOD_KIND_WORDS[value] }))}
              {...form.getInputProps('kind')}
            />
          ) : (
            <Text size="sm">
              {METHOD_KIND_WORDS[kind]} · {method.code} in exports
            </Text>
          )}
          {kind === 'paynow' && (
            <TextInput
              label="Who is paid"
              description="The shop’s UEN, or a mobile number such as +65 9123 4567. A wrong one sends customers’ money to somebody else. Empty: tills show no code."
              spellCheck={false}
              {...form.getInputProps('payNowProxy')}
            />
          )}
          {isValueKind(kind) && (
            <NativeSelect
              label="When it is worth more than is due"
              data={[
                { value: 'kept', label: 'The rest stays on it' },
                { value: 'forfeited', label: 'The rest is lost: it can be used once' },
              ]}
              {...form.getInputProps('rest')}
            />
          )}
          <SaveProblem error={save.error} onShowSaved={reload} />
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending}>
              {method === undefined ? 'Add payment method' : 'Save changes'}
            </Button>
          </Group>
        </Stack>
      </form>
      <Confirm
        opened={asked !== undefined}
        title={`Have customers pay ${payee}?`}
        confirm={`Pay ${payee}`}
        tone="plain"
        pending={save.isPending}
        onConfirm={() => asked && save.mutate(asked.values)}
        onClose={() => setAsked(undefined)}
      >
        {asked?.words}
      </Confirm>
      <LeaveGuard unsaved={() => !finished.current && form.isDirty()} what="this payment method" />
    </>
  )
}
