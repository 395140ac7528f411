import { SegmentedControl } from '@mantine/core'
import { IconChecks, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { exceptionsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { ExceptionCard, exceptionColumns } from './exception-columns.tsx'
import { ExceptionDrawer } from './exception-drawer.tsx'

const route = getRouteApi('/desk/exceptions')

export function ExceptionsPage() {
  const { api } = useOffice()
  const { state = 'open', id } = route.useSearch()
  const navigate = useNavigate({ from: '/exceptions' })
  const query = useInfiniteQuery(exceptionsQuery(api, state))
  const { rows, onEnd } = usePaged(query)
  const close = () => void navigate({ search: (old) => ({ ...old, id: undefined }) })
  return (
    <Page
      title="Exceptions"
      filled
      filters={
        <>
          <StaleNote query={query} />
          <SegmentedControl
            aria-label="Show"
            value={state}
            onChange={(shown) =>
              void navigate({
                search: { state: shown === 'resolved' ? 'resolved' : undefined },
                replace: true,
              })
            }
            data={[
              { value: 'open', label: 'Open' },
              { value: 'resolved', label: 'Resolved' },
            ]}
          />
        </>
      }
    >
      <QueryState query={query} failed="The exceptions did not load." skeleton={<TableSkeleton />}>
        {() => {
          if (rows.length > 0) {
            return (
              <DataTable
                label={state === 'open' ? 'Open exceptions' : 'Resolved exceptions'}
                columns={exceptionColumns}
                rows={rows}
                rowId={(row) => row.exceptionId}
                compact={(row) => <ExceptionCard row={row} />}
                onEnd={onEnd}
                footer={<ListFooter query={query} complete={`${countOf(rows.length, 'exception')} in all`} />}
              />
            )
          }
          if (state === 'open') {
            return (
              <EmptyState icon={IconChecks} title="Nothing needs you.">
                Every sale arrived as expected. Whatever is odd about one, such as stock below zero, appears
                here by itself; the sale is counted all the same.
              </EmptyState>
            )
          }
          return (
            <EmptyState icon={IconHistory} title="What you resolve is kept here, with your note.">
              Open an exception, say what was done, and resolve it.
            </EmptyState>
          )
        }}
      </QueryState>
      <ExceptionDrawer
        exceptionId={id}
        listed={rows.find(({ exceptionId }) => exceptionId === id)}
        onClose={close}
      />
    </Page>
  )
}
