import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { shiftQuery } from '../api/queries.ts'
import { EntryList } from '../journal/entry-list.tsx'
import journal from '../journal/journal.module.css'
import { KindFilter } from '../journal/kind-filter.tsx'
import { useOffice } from '../office-context.tsx'
import { BackLink } from '../parts/back-link.tsx'
import cards from '../parts/cards.module.css'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { SaleExceptions } from '../sales/sale-exceptions.tsx'
import classes from './shift.module.css'
import { ShiftDrawer } from './shift-drawer.tsx'
import { ShiftFacts } from './shift-facts.tsx'
import { ShiftReport } from './shift-report.tsx'

const route = getRouteApi('/desk/shifts/$shiftId')

export function ShiftPage() {
  const { api } = useOffice()
  const { shiftId } = route.useParams()
  const { kind } = route.useSearch()
  const navigate = useNavigate({ from: '/shifts/$shiftId' })
  const query = useQuery(shiftQuery(api, shiftId))
  return (
    <Page
      title={query.data === undefined ? 'Shift' : `Shift at ${query.data.tillName}`}
      above={<BackLink to="/shifts">Shifts</BackLink>}
      filters={<StaleNote query={query} />}
    >
      <QueryState query={query} failed="This shift did not load." skeleton={<ShiftSkeleton />}>
        {(shift) => (
          <>
            <div className={cards.columns}>
              <div className={cards.side}>
                <ShiftDrawer shift={shift} />
                <ShiftReport shift={shift} />
              </div>
              <div className={cards.side}>
                <SaleExceptions rows={shift.exceptionRows} about="shift" />
                <ShiftFacts shift={shift} />
              </div>
            </div>
            <div className={classes.listHead}>
              <h2 className={classes.cardTitle}>What happened in it</h2>
              <KindFilter
                kind={kind}
                onChange={(chosen) =>
                  void navigate({
                    search: (old) => ({ ...old, kind: chosen }),
                    replace: true,
                    resetScroll: false,
                  })
                }
              />
            </div>
            <div className={journal.fixed}>
              <EntryList
                of={{ shiftId }}
                kind={kind}
                outletName={shift.outletName}
                label="What happened in this shift"
              />
            </div>
          </>
        )}
      </QueryState>
    </Page>
  )
}

function ShiftSkeleton() {
  return (
    <div className={cards.columns} aria-busy="true">
      <Skeleton height={320} />
      <Skeleton height={320} />
    </div>
  )
}
