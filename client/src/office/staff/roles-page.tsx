import { IconPlus, IconShieldHalf } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useMoneyText } from '../../app/money.tsx'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { RoleCard, roleColumns } from './role-columns.tsx'
import { StaffNav } from './staff-nav.tsx'
import { rolesQuery } from './staff-queries.ts'

export function RolesPage() {
  const { api } = useOffice()
  const money = useMoneyText()
  const query = useQuery(rolesQuery(api))
  return (
    <Page
      title="Roles"
      filled
      above={<StaffNav />}
      action={
        <ButtonLink to="/staff/roles/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New role
        </ButtonLink>
      }
    >
      <QueryState query={query} failed="The roles did not load." skeleton={<TableSkeleton />}>
        {(roles) =>
          roles.length === 0 ? (
            <EmptyState icon={IconShieldHalf} title="Your roles appear here.">
              A role says what people may do at the tills and in head office.
            </EmptyState>
          ) : (
            <DataTable
              label="Roles"
              columns={roleColumns(money)}
              rows={roles}
              rowId={(role) => role.roleId}
              compact={(role) => <RoleCard role={role} />}
              footer={countOf(roles.length, 'role')}
            />
          )
        }
      </QueryState>
      <Outlet />
    </Page>
  )
}
