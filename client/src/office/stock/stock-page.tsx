import type { StockLine } from '@evertill/shared/protocol/office/stock'
import { IconAlertTriangle, IconPackages } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { quantityText } from '../../app/format.ts'
import { stockQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { CsvButton } from '../parts/csv-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { TextLink } from '../parts/links.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import marks from '../parts/marks.module.css'
import { OutletFilter } from '../parts/outlet-filter.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { columnsFor } from '../parts/table-parts.ts'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { countOf } from '../words/count-words.ts'

const route = getRouteApi('/desk/stock')
const column = columnsFor<StockLine>()

const columns = column.columns([
  column.accessor('name', {
    header: 'Product',
    cell: ({ row }) => <StockLink line={row.original} />,
    meta: { width: '36%' },
  }),
  column.accessor('sku', { header: 'SKU', meta: { width: '14%' } }),
  column.accessor((line) => line.categoryName ?? '', { id: 'category', header: 'Category' }),
  column.accessor('outletName', { header: 'Outlet' }),
  column.accessor('onHand', {
    header: 'On hand',
    cell: ({ row }) => <OnHand quantity={row.original.onHand} />,
    meta: { align: 'end', width: '168px' },
  }),
])

function StockLink({ line }: { line: StockLine }) {
  const main = useRowMain()
  return (
    <TextLink to="/products/$productId" params={{ productId: line.productId }} inherit {...main}>
      {line.name}
    </TextLink>
  )
}

function OnHand({ quantity }: { quantity: number }) {
  if (quantity >= 0) return quantityText(quantity)
  return (
    <span className={marks.bad}>
      <IconAlertTriangle size={16} aria-hidden /> below zero {quantityText(quantity)}
    </span>
  )
}

export function StockPage() {
  const { api } = useOffice()
  const { q, outlet } = route.useSearch()
  const navigate = useNavigate({ from: '/stock' })
  const filter = { q, outletId: outlet }
  const query = useInfiniteQuery(stockQuery(api, filter))
  const { rows, onEnd } = usePaged(query)
  return (
    <Page
      title="Stock"
      filled
      filters={
        <>
          <SearchField
            label="Search stock"
            placeholder="Name, SKU or barcode"
            value={q}
            onSearch={(text) => void navigate({ search: (old) => ({ ...old, q: text }), replace: true })}
          />
          <OutletFilter />
        </>
      }
      action={
        <CsvButton
          page={(cursor) => api.stock(filter, cursor)}
          fileName="stock"
          header={['sku', 'name', 'category', 'outlet', 'on hand']}
          cells={(line) => [line.sku, line.name, line.categoryName, line.outletName, line.onHand / 1000]}
        />
      }
    >
      <QueryState query={query} failed="The stock levels did not load." skeleton={<TableSkeleton />}>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label="Stock"
              columns={columns}
              rows={rows}
              rowId={(line) => `${line.outletId} ${line.productId}`}
              compact={(line) => (
                <RowCard
                  link={{ to: '/products/$productId', params: { productId: line.productId } }}
                  title={line.name}
                  quiet={`${line.sku} · ${line.outletName}`}
                  end={<OnHand quantity={line.onHand} />}
                />
              )}
              onEnd={onEnd}
              footer={<ListFooter query={query} complete={`${countOf(rows.length, 'level')} in all`} />}
            />
          ) : (
            <EmptyState
              icon={IconPackages}
              title={
                q === undefined ? 'What each outlet has on hand appears here.' : `Nothing matches “${q}”.`
              }
            >
              {q === undefined
                ? 'Add products, or import them with their opening stock; every sale counts down from there.'
                : 'Search finds names, SKUs, categories and whole barcodes.'}
            </EmptyState>
          )
        }
      </QueryState>
    </Page>
  )
}
