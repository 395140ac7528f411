import { IconFileImport, IconPlus, IconScale, IconTag } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useNavigate } from '@tanstack/react-router'
import { EmptyState } from '../../app/empty-state.tsx'
import { useCurrency } from '../../app/money.tsx'
import { productsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { CsvButton } from '../parts/csv-button.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { ListFooter } from '../parts/list-footer.tsx'
import { Page } from '../parts/page.tsx'
import { usePaged } from '../parts/paged.ts'
import { QueryState } from '../parts/query-state.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { TableSkeleton } from '../parts/table-skeleton.tsx'
import { useMay } from '../session/use-session.ts'
import { countOf } from '../words/count-words.ts'
import { ProductCard, productColumns } from './product-columns.tsx'
import { PRODUCT_FILE_HEADER, productFileCells } from './product-file.ts'

const route = getRouteApi('/desk/products')

export function ProductsPage() {
  const { api } = useOffice()
  const { q } = route.useSearch()
  const navigate = useNavigate()
  const currency = useCurrency()
  const mayEdit = useMay('catalogue.edit')
  const query = useInfiniteQuery(productsQuery(api, q))
  const { rows, onEnd } = usePaged(query)

  const actions = mayEdit && (
    <>
      <ButtonLink variant="default" to="/products/settings" leftSection={<IconScale size={16} aria-hidden />}>
        Labels of scales
      </ButtonLink>
      <ButtonLink
        variant="default"
        to="/products/import"
        leftSection={<IconFileImport size={16} aria-hidden />}
      >
        Import
      </ButtonLink>
      <ButtonLink to="/products/new" leftSection={<IconPlus size={16} aria-hidden />}>
        New product
      </ButtonLink>
    </>
  )
  return (
    <Page
      title="Products"
      filled
      filters={
        <SearchField
          label="Search products"
          placeholder="Name, SKU or barcode"
          value={q}
          onSearch={(text) =>
            // Where one is: a panel may have been opened while the search waited for its pause.
            void navigate({ to: '.', search: (old) => ({ ...old, q: text }), replace: true })
          }
        />
      }
      action={
        <>
          <CsvButton
            page={(cursor) => api.products(q, cursor)}
            fileName="products"
            header={PRODUCT_FILE_HEADER}
            cells={(product) => productFileCells(product, currency)}
          />
          {actions}
        </>
      }
    >
      <QueryState query={query} failed="The products did not load." skeleton={<TableSkeleton />}>
        {() =>
          rows.length > 0 ? (
            <DataTable
              label="Products"
              columns={productColumns}
              rows={rows}
              rowId={(product) => product.productId}
              compact={(product) => <ProductCard product={product} />}
              onEnd={onEnd}
              footer={<ListFooter query={query} complete={`${countOf(rows.length, 'product')} in all`} />}
            />
          ) : q === undefined ? (
            <EmptyState icon={IconTag} title="Your products appear here, and on every till.">
              Add one, or import a file: our own columns, or what Shopify and WooCommerce export.
            </EmptyState>
          ) : (
            <EmptyState icon={IconTag} title={`No product matches “${q}”.`}>
              Search finds names, SKUs, categories and whole barcodes.
            </EmptyState>
          )
        }
      </QueryState>
      <Outlet />
    </Page>
  )
}
