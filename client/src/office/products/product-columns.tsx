import type { ProductDetail } from '@evertill/shared/protocol/office/products'
import { Money } from '../../app/money.tsx'
import { TextLink } from '../parts/links.tsx'
import { RowCard } from '../parts/row-card.tsx'
import { useRowMain } from '../parts/row-main.tsx'
import { columnsFor } from '../parts/table-parts.ts'

const column = columnsFor<ProductDetail>()

export const productColumns = column.columns([
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <ProductLink product={row.original} />,
    meta: { width: '34%' },
  }),
  column.accessor('sku', { header: 'SKU', meta: { width: '14%' } }),
  column.accessor((product) => product.categoryName ?? '', { id: 'category', header: 'Category' }),
  column.accessor('taxCode', { header: 'Tax code', meta: { width: '88px' } }),
  column.accessor((product) => barcodesText(product.barcodes), { id: 'barcodes', header: 'Barcode' }),
  column.accessor('price', {
    header: 'Price',
    cell: ({ row }) => <Price product={row.original} />,
    meta: { align: 'end', width: '116px' },
  }),
])

const barcodesText = ([first, ...others]: readonly string[]): string =>
  first === undefined ? '' : others.length === 0 ? first : `${first} +${others.length}`

function Price({ product }: { product: ProductDetail }) {
  return (
    <>
      <Money amount={product.price} />
      {product.unit === 'kg' && ' / kg'}
    </>
  )
}

function ProductLink({ product }: { product: ProductDetail }) {
  const main = useRowMain()
  return (
    <TextLink
      to="/products/$productId"
      params={{ productId: product.productId }}
      search={true}
      inherit
      {...main}
    >
      {product.name}
    </TextLink>
  )
}

export function ProductCard({ product }: { product: ProductDetail }) {
  return (
    <RowCard
      link={{ to: '/products/$productId', params: { productId: product.productId }, search: true }}
      title={product.name}
      quiet={[product.sku, product.categoryName].filter((part) => part !== null).join(' · ')}
      end={<Price product={product} />}
    />
  )
}
