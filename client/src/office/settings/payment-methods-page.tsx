import type { PaymentMethodDetail } from '@evertill/shared/protocol/office/settings'
import { ActionIcon, Badge, Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { paymentMethodsQuery } from '../api/settings-queries.ts'
import { useOffice } from '../office-context.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { methodRule } from './method-words.ts'
import { RetireMethod } from './retire-method.tsx'
import classes from './settings.module.css'
import { SettingsPage } from './settings-page.tsx'

export function PaymentMethodsPage() {
  const { api } = useOffice()
  const query = useQuery(paymentMethodsQuery(api))
  return (
    <SettingsPage
      title="Payment methods"
      about="What a till offers when a sale is paid, from the first button to the last."
      action={
        <ButtonLink to="/settings/payment-methods/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New payment method
        </ButtonLink>
      }
    >
      <QueryState
        query={query}
        failed="The payment methods did not load."
        skeleton={<Skeleton className={classes.form ?? ''} height={420} />}
      >
        {(methods) => <Methods methods={methods} />}
      </QueryState>
      <Outlet />
    </SettingsPage>
  )
}

function Methods({ methods }: { methods: readonly PaymentMethodDetail[] }) {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const [retiring, setRetiring] = useState<PaymentMethodDetail>()
  const live = methods.filter(({ retired }) => !retired)
  const gone = methods.filter(({ retired }) => retired)
  const reload = () => queryClient.invalidateQueries({ queryKey: ['payment-methods'] })
  const order = useMutation({
    mutationFn: (ids: readonly string[]) => api.orderPaymentMethods(ids),
    onSettled: reload,
  })
  const bringBack = useMutation({
    mutationFn: (method: PaymentMethodDetail) => api.offerPaymentMethod(method.paymentMethodId, true),
    onSettled: reload,
  })
  const move = (from: number, to: number) => {
    // Pressed again before the list has come back: it would be moved within the order of before.
    if (order.isPending || to < 0 || to >= live.length) return
    const ids = live.map((method) => method.paymentMethodId)
    ids.splice(to, 0, ...ids.splice(from, 1))
    order.mutate(ids)
  }

  return (
    <Stack className={classes.form ?? ''} gap="lg">
      <ProblemNote error={order.error ?? bringBack.error} />
      <ol className={`${classes.card} ${classes.methods}`} aria-label="Payment methods">
        {live.map((method, i) => (
          <li key={method.paymentMethodId} className={classes.method}>
            <MethodWords method={method} />
            <Group gap={4}>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="inherit"
                size={32}
                {...unusable(i === 0)}
                aria-label={`Move ${method.name} up`}
                onClick={() => move(i, i - 1)}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="inherit"
                size={32}
                {...unusable(i === live.length - 1)}
                aria-label={`Move ${method.name} down`}
                onClick={() => move(i, i + 1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ButtonLink
                variant="default"
                size="xs"
                h={32}
                to="/settings/payment-methods/$paymentMethodId"
                params={{ paymentMethodId: method.paymentMethodId }}
                aria-label={`Edit ${method.name}`}
              >
                Edit
              </ButtonLink>
              <Button
                variant="subtle"
                size="xs"
                h={32}
                color="red"
                c="var(--ev-bad)"
                aria-label={`Retire ${method.name}`}
                onClick={() => setRetiring(method)}
              >
                Retire
              </Button>
            </Group>
          </li>
        ))}
      </ol>
      {gone.length > 0 && (
        <section className={classes.card} aria-labelledby="retired">
          <h2 id="retired" className={classes.cardTitle}>
            Retired
          </h2>
          <ul className={classes.methods}>
            {gone.map((method) => (
              <li key={method.paymentMethodId} className={classes.method}>
                <MethodWords method={method} />
                <Button
                  variant="default"
                  size="xs"
                  h={32}
                  aria-label={`Bring back ${method.name}`}
                  loading={bringBack.isPending && bringBack.variables === method}
                  onClick={() => bringBack.mutate(method)}
                >
                  Bring back
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {retiring !== undefined && <RetireMethod method={retiring} onClose={() => setRetiring(undefined)} />}
    </Stack>
  )
}

/** Not `disabled`: whoever moves it to the end with the keyboard would lose their place on the page. */
const unusable = (is: boolean) => is && { 'data-disabled': true, 'aria-disabled': true }

const MethodWords = ({ method }: { method: PaymentMethodDetail }) => (
  <div className={classes.methodWords}>
    <span className={classes.methodName}>
      {method.name}{' '}
      <Badge variant="default" size="sm" radius="sm" tt="none" title="Its code in exports">
        {method.code}
      </Badge>
    </span>
    <span className={classes.quiet}>{methodRule(method)}</span>
  </div>
)
