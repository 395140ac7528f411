import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { productOptionsQuery, productToEditQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { ProductEditor } from './product-editor.tsx'

const route = getRouteApi('/desk/products/$productId')

export const NewProduct = () => <ProductDrawer />
export const EditProduct = () => <ProductDrawer productId={route.useParams().productId} />

/** One product over the list: to change, or without an id to add. */
function ProductDrawer({ productId }: { productId?: string }) {
  const { api } = useOffice()
  const navigate = useNavigate()
  const options = useQuery(productOptionsQuery(api))
  const product = useQuery({
    ...productToEditQuery(api, productId ?? ''),
    enabled: productId !== undefined,
  })
  const close = () => navigate({ to: '/products', search: true })
  const title = productId === undefined ? 'New product' : (product.data?.name ?? 'Product')

  return (
    <SidePanel opened={true} onClose={() => void close()} title={title}>
      <QueryState
        query={options}
        failed="The categories and tax codes did not load."
        skeleton={<FormSkeleton />}
      >
        {(choices) =>
          productId === undefined ? (
            <ProductEditor choices={choices} onDone={close} />
          ) : (
            <QueryState query={product} failed="This product did not load." skeleton={<FormSkeleton />}>
              {(data) => (
                <ProductEditor
                  key={`${productId} ${data.version}`}
                  product={data}
                  choices={choices}
                  onDone={close}
                />
              )}
            </QueryState>
          )
        }
      </QueryState>
    </SidePanel>
  )
}

function FormSkeleton() {
  return (
    <Stack gap="lg" aria-busy="true">
      {['name', 'sku', 'price', 'tax', 'barcodes'].map((field) => (
        <Skeleton key={field} height={62} />
      ))}
    </Stack>
  )
}
