import { IconUsers } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { CustomerCard, customerColumns } from './customer-columns.tsx'
import { customersQuery } from './customer-queries.ts'

const route = getRouteApi('/desk/customers')

export function CustomersPage() {
  const { api } = useOffice()
  const { q } = route.useSearch()
  const navigate = useNavigate()
  const query = useInfiniteQuery(customersQuery(api, q))
  const { rows, onEnd } = usePaged(query)
  return (
    <Page
      title="Customers"
      filled
      filters={
        <SearchField
          label="Search customers"
          placeholder="Name, phone, code or e-mail"
          value={q}
          onSearch={(text) =>
            // Where one is: a panel may have been opened while the search waited for its pause.
            void navigate({ to: '.', search: (old) => ({ ...old, q: text }), replace: true })
          }
        />
      }
    >
      <QueryState query={query} failed="The customers did not load." skeleton={<TableSkeleton />}>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label="Customers"
              columns={customerColumns}
              rows={rows}
              rowId={(customer) => customer.customerId}
              compact={(customer) => <CustomerCard customer={customer} />}
              onEnd={onEnd}
              footer={<ListFooter query={query} complete={`${countOf(rows.length, 'customer')} in all`} />}
            />
          ) : q === undefined ? (
            <EmptyState icon={IconUsers} title="No customers yet.">
              They are registered at a till: Add customer, then Register a new customer. Once the till has
              sent it, they are here and on every other till.
            </EmptyState>
          ) : (
            <EmptyState icon={IconUsers} title={`No customer matches “${q}”.`}>
              Search finds names, phones, codes and e-mail addresses.
            </EmptyState>
          )
        }
      </QueryState>
      <Outlet />
    </Page>
  )
}
