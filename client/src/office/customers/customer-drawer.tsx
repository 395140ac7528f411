import type { CustomerDetail } from '@evertill/shared/protocol/office/customers'
import { Group, Skeleton, Stack } from '@mantine/core'
import { IconReceipt } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { countText } from '../../app/format.ts'
import { useOffice } from '../office-context.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/use-session.ts'
import { CustomerForm } from './customer-form.tsx'
import { customerOptionsQuery, customerQuery } from './customer-queries.ts'

const route = getRouteApi('/desk/customers/$customerId')

/** One customer over the list. */
export function CustomerDrawer() {
  const { customerId } = route.useParams()
  const { api } = useOffice()
  const navigate = useNavigate()
  const query = useQuery(customerQuery(api, customerId))
  const close = () => navigate({ to: '/customers', search: true })
  return (
    <SidePanel opened={true} onClose={() => void close()} title={query.data?.name ?? 'Customer'}>
      <QueryState query={query} failed="This customer did not load." skeleton={<DrawerSkeleton />}>
        {(customer) => <CustomerView key={customer.customerId} customer={customer} onDone={close} />}
      </QueryState>
    </SidePanel>
  )
}

interface CustomerViewProps {
  readonly customer: CustomerDetail
  readonly onDone: () => Promise<void>
}

function CustomerView({ customer, onDone }: CustomerViewProps) {
  const mayManage = useMay('company.manage')
  return (
    <Stack gap="lg">
      {mayManage && <EditCustomer customer={customer} onDone={onDone} />}
      <Facts labels={128}>
        {!mayManage && (
          <>
            <Fact label="Tier">{customer.tierName ?? 'None'}</Fact>
            <Fact label="Member code">{customer.code}</Fact>
            <Fact label="Phone">{customer.phone ?? '–'}</Fact>
            <Fact label="E-mail">{customer.email ?? '–'}</Fact>
          </>
        )}
        <Fact label="Points">{countText(customer.points)}</Fact>
        <Fact label="Registered">
          <Registered customer={customer} />
        </Fact>
      </Facts>
      <Group>
        <ButtonLink
          to="/sales"
          search={{ q: customer.code }}
          variant="default"
          leftSection={<IconReceipt size={16} aria-hidden />}
        >
          Sales
        </ButtonLink>
      </Group>
    </Stack>
  )
}

function EditCustomer({ customer, onDone }: CustomerViewProps) {
  const { api } = useOffice()
  const options = useQuery(customerOptionsQuery(api))
  return (
    <QueryState query={options} failed="The tiers did not load." skeleton={<Skeleton height={480} />}>
      {({ tiers }) => (
        <CustomerForm key={customer.version} customer={customer} tiers={tiers} onDone={onDone} />
      )}
    </QueryState>
  )
}

function Registered({ customer: { registeredAt, registeredBy: by } }: { customer: CustomerDetail }) {
  if (registeredAt === null && by === null) return 'Not known'
  const where = by && [`${by.tillName} · ${by.outletName}`, by.staffName].filter(Boolean).join(' · ')
  return (
    <>
      {registeredAt !== null && <When at={registeredAt} />}
      {registeredAt !== null && where !== null && <br />}
      {where}
    </>
  )
}

const DrawerSkeleton = () => (
  <Stack gap="lg" aria-busy="true">
    <Skeleton height={480} />
    <Skeleton height={84} />
  </Stack>
)
