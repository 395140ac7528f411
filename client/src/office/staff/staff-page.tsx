import type { StaffDetail } from '@evertill/shared/protocol/office/staff'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { StaffCard, staffColumns } from './staff-columns.tsx'
import { StaffNav } from './staff-nav.tsx'
import { staffQuery } from './staff-queries.ts'

const route = getRouteApi('/desk/staff')

/** As many as one sees at a glance. */
const FEW = 8

export function StaffPage() {
  const { api } = useOffice()
  const { q } = route.useSearch()
  const navigate = useNavigate()
  const query = useQuery(staffQuery(api))
  const isLong = (query.data?.length ?? 0) > FEW || q !== undefined
  return (
    <Page
      title="Staff"
      filled
      above={<StaffNav />}
      filters={
        isLong && (
          <SearchField
            label="Search staff"
            placeholder="Name or role"
            value={q}
            onSearch={(text) =>
              // Where one is: a panel may have been opened while the search waited for its pause.
              void navigate({ to: '.', search: (old) => ({ ...old, q: text }), replace: true })
            }
          />
        )
      }
      action={
        <ButtonLink to="/staff/new" search={true} leftSection={<IconPlus size={16} aria-hidden />}>
          Add a person
        </ButtonLink>
      }
    >
      <QueryState query={query} failed="The staff did not load." skeleton={<TableSkeleton />}>
        {(all) => {
          const found = all.filter((person) => isFound(person, q))
          if (found.length === 0 && q !== undefined)
            return (
              <EmptyState icon={IconUsersGroup} title={`Nobody matches “${q}”.`}>
                Search finds names and roles.
              </EmptyState>
            )
          if (found.length === 0)
            return (
              <EmptyState icon={IconUsersGroup} title="Your staff appear here.">
                Add a person with a PIN, and every till knows them at its next contact.
              </EmptyState>
            )
          return (
            <DataTable
              label="Staff"
              columns={staffColumns}
              rows={found}
              rowId={(person) => person.staffId}
              compact={(person) => <StaffCard person={person} />}
              sortable
              footer={countWords(found)}
            />
          )
        }}
      </QueryState>
      <Outlet />
    </Page>
  )
}

/** Every word typed is in the name or the role. */
const isFound = ({ name, role }: StaffDetail, q = '') =>
  q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => `${name} ${role}`.toLowerCase().includes(word))

function countWords(people: readonly StaffDetail[]): string {
  const gone = people.filter(({ retiredAt }) => retiredAt !== null).length
  const there = countOf(people.length - gone, 'person', 'people')
  return gone === 0 ? there : `${there}, and ${gone} off the list`
}
