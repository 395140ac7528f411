import type { CustomerSummary } from '@evertill/shared/protocol/office/customers'
import { countText } from '../../app/format.ts'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { countOf } from '../words/count-words.ts'

const column = columnsFor<CustomerSummary>()

export const customerColumns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <CustomerLink customer={row.original} />,
    meta: { width: '34%' },
  }),
  column.accessor('code', { header: 'Code', meta: { width: '16%' } }),
  column.accessor((customer) => customer.phone ?? '', { id: 'phone', header: 'Phone' }),
  column.accessor((customer) => customer.tierName ?? '', { id: 'tier', header: 'Tier' }),
  column.accessor('points', {
    header: 'Points',
    cell: ({ row }) => countText(row.original.points),
    meta: { align: 'end', width: '116px' },
  }),
])

function CustomerLink({ customer }: { customer: CustomerSummary }) {
  const main = useRowMain()
  return (
    <TextLink
      to="/customers/$customerId"
      params={{ customerId: customer.customerId }}
      search={true}
      inherit
      {...main}
    >
      {customer.name}
    </TextLink>
  )
}

export function CustomerCard({ customer }: { customer: CustomerSummary }) {
  return (
    <RowCard
      link={{ to: '/customers/$customerId', params: { customerId: customer.customerId }, search: true }}
      title={customer.name}
      quiet={[customer.phone ?? customer.code, customer.tierName ?? 'No tier'].join(' · ')}
      end={countOf(customer.points, 'point')}
    />
  )
}
