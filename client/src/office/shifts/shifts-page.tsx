import { Button } from '@mantine/core'
import { IconCashRegister } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useCurrency } from '../../app/money.tsx'
import { shiftsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { CsvButton } from '../parts/csv-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { OutletFilter } from '../parts/outlet-filter.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { RangeFilter } from '../parts/range-filter.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'
import { plainMoneyText } from '../words/money-text.ts'
import { ShiftCard, shiftColumns } from './shift-columns.tsx'

const route = getRouteApi('/desk/shifts')

/** Who had which drawer, and whether what was in it at the end is what should have been. */
export function ShiftsPage() {
  const { api } = useOffice()
  const { till, outlet, from, to } = route.useSearch()
  const navigate = useNavigate({ from: '/shifts' })
  const currency = useCurrency()
  const filter = { tillId: till, outletId: outlet, from, to }
  const query = useInfiniteQuery(shiftsQuery(api, filter))
  const { rows, onEnd } = usePaged(query)
  const narrowed = [till, outlet, from, to].some((value) => value !== undefined)
  const all = () =>
    void navigate({ search: { outlet: undefined, till: undefined, from: undefined, to: undefined } })
  const money = (amount: number | null) => (amount === null ? null : plainMoneyText(amount, currency))
  return (
    <Page
      title="Shifts"
      filled
      filters={
        <>
          <StaleNote query={query} />
          {till !== undefined && (
            <Button
              variant="default"
              onClick={() => void navigate({ search: (old) => ({ ...old, till: undefined }) })}
            >
              {rows[0] === undefined ? 'One till' : rows[0].tillName} ×
            </Button>
          )}
          <OutletFilter />
          <RangeFilter
            from={from}
            to={to}
            onChange={(range) => void navigate({ search: (old) => ({ ...old, ...range }), replace: true })}
          />
        </>
      }
      action={
        <CsvButton
          page={(cursor) => api.shifts(filter, cursor)}
          fileName="shifts"
          header={[
            'outlet',
            'till',
            'business date',
            'opened',
            'opened by',
            'closed',
            'closed by',
            'state',
            'sales',
            `sales ${currency}`,
            'refunds',
            `refunds ${currency}`,
            `expected cash ${currency}`,
            `counted cash ${currency}`,
            `difference ${currency}`,
          ]}
          cells={(shift) => [
            shift.outletName,
            shift.tillName,
            shift.businessDate,
            shift.openedAt,
            shift.openedBy,
            shift.closedAt,
            shift.closedBy,
            shift.state,
            shift.sales,
            money(shift.salesTotal),
            shift.refunds,
            money(-shift.refundsTotal),
            money(shift.expected),
            money(shift.counted),
            money(shift.difference),
          ]}
        />
      }
    >
      <QueryState query={query} failed="The shifts did not load." skeleton={<TableSkeleton />}>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label="Shifts"
              columns={shiftColumns}
              rows={rows}
              rowId={(shift) => shift.shiftId}
              compact={(shift) => <ShiftCard shift={shift} />}
              onEnd={onEnd}
              footer={<ListFooter query={query} complete={`${countOf(rows.length, 'shift')} in all`} />}
            />
          ) : (
            <EmptyState
              icon={IconCashRegister}
              title={narrowed ? 'No shift matches.' : 'Shifts appear here when a cashier opens one.'}
              {...(narrowed && {
                action: (
                  <Button variant="default" onClick={all}>
                    Show all shifts
                  </Button>
                ),
              })}
            >
              {narrowed
                ? 'A shift stands on the business day it was opened on.'
                : 'At the till: Menu, Shift and drawer. What was counted at the close is compared with what was sold.'}
            </EmptyState>
          )
        }
      </QueryState>
    </Page>
  )
}
