import type { SaleKind } from '@evertill/shared/protocol/office/sales'
import { Button, NativeSelect } from '@mantine/core'
import { IconReceipt, IconReceiptOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useCurrency, useMoneyText } from '../../app/money.tsx'
import { salesQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { CsvButton } from '../parts/csv-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { OutletFilter } from '../parts/outlet-filter.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { RangeFilter } from '../parts/range-filter.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { salesWords } from '../words/count-words.ts'
import { plainMoneyText } from '../words/money-text.ts'
import { countKinds, SALE_KIND_WORDS } from '../words/sale-words.ts'
import { SaleCard, saleColumns } from './sale-columns.tsx'

const route = getRouteApi('/desk/sales')

const KINDS = [
  { value: '', label: 'All kinds' },
  { value: 'sale', label: `${SALE_KIND_WORDS.sale}s` },
  { value: 'refund', label: `${SALE_KIND_WORDS.refund}s` },
  { value: 'void', label: `${SALE_KIND_WORDS.void}s` },
]

export function SalesPage() {
  const { api } = useOffice()
  const { q, kind, outlet, from, to } = route.useSearch()
  const navigate = useNavigate({ from: '/sales' })
  const currency = useCurrency()
  const money = useMoneyText()
  const filter = { q, kind, outletId: outlet, from, to }
  const query = useInfiniteQuery(salesQuery(api, filter))
  const { rows, onEnd } = usePaged(query)
  const sums = countKinds(rows)
  const narrowed = [q, kind, outlet, from, to].some((value) => value !== undefined)

  return (
    <Page
      title="Sales"
      filled
      filters={
        <>
          <SearchField
            label="Search sales"
            placeholder="Receipt, customer, goods or amount"
            value={q}
            onSearch={(text) => void navigate({ search: (old) => ({ ...old, q: text }), replace: true })}
          />
          <NativeSelect
            aria-label="Kind"
            value={kind ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value as SaleKind | ''
              void navigate({ search: (old) => ({ ...old, kind: chosen || undefined }), replace: true })
            }}
            data={KINDS}
          />
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
          page={(cursor) => api.sales(filter, cursor)}
          fileName="sales"
          header={[
            'receipt',
            'kind',
            'takes back',
            'at',
            'business date',
            'outlet',
            'till',
            'cashier',
            'customer',
            'items',
            'tenders',
            `total ${currency}`,
          ]}
          cells={(sale) => [
            sale.receiptNo,
            sale.kind,
            sale.originalReceiptNo,
            sale.at,
            sale.businessDate,
            sale.outletName,
            sale.tillName,
            sale.staffName,
            sale.customerName,
            sale.items,
            sale.tenderCodes.join(' + '),
            plainMoneyText(sale.total, currency),
          ]}
        />
      }
    >
      <QueryState query={query} failed="The sales did not load." skeleton={<TableSkeleton />}>
        {() => {
          if (rows.length > 0) {
            return (
              <DataTable
                label="Sales"
                columns={saleColumns}
                rows={rows}
                rowId={(sale) => sale.saleId}
                compact={(sale) => <SaleCard sale={sale} />}
                onEnd={onEnd}
                footer={
                  <ListFooter query={query} complete={`${salesWords(sums)} in all: ${money(sums.net)}`} />
                }
              />
            )
          }
          if (narrowed) {
            return (
              <EmptyState
                icon={IconReceiptOff}
                title="Nothing matches."
                action={
                  <Button variant="default" onClick={() => void navigate({ search: { outlet: undefined } })}>
                    Show all sales
                  </Button>
                }
              >
                Search finds receipt numbers, customers by name, phone or code, goods by name or SKU, and
                totals.
              </EmptyState>
            )
          }
          return (
            <EmptyState icon={IconReceipt} title="Sales appear here as your tills send them.">
              Enrol a till under Tills, ring something up, and it is here within seconds.
            </EmptyState>
          )
        }}
      </QueryState>
    </Page>
  )
}
