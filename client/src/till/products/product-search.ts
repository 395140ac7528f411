import type { ProductRow } from '@evertill/shared/protocol/pull'

export interface ProductSearch {
  /** Products for what was typed, best first. An exact SKU or barcode always comes first. */
  find(text: string, limit: number): ProductRow[]
  /** The product with exactly this SKU or barcode, whatever the case. */
  exact(code: string): ProductRow | undefined
}

const CHUNK = 1000

/** Builds the index in slices, so that a big catalogue does not freeze a till that is selling. */
export async function buildProductSearch(products: readonly ProductRow[]): Promise<ProductSearch> {
  const { default: MiniSearch } = await import('minisearch')
  const index = new MiniSearch<ProductRow>({
    idField: 'productId',
    fields: ['name', 'sku', 'barcodes'],
    extractField: (product, field) =>
      field === 'barcodes' ? product.barcodes.join(' ') : String(product[field as keyof ProductRow]),
    searchOptions: {
      prefix: true,
      combineWith: 'AND',
      boost: { sku: 3, barcodes: 3 },
      // One wrong letter in five is forgiven in words, never in numbers: a near barcode is another product.
      fuzzy: (term) => (term.length > 3 && !/\d/.test(term) ? 0.2 : false),
    },
  })
  await index.addAllAsync(products, { chunkSize: CHUNK })
  const byId = new Map(products.map((product) => [product.productId, product]))
  const byCode = new Map<string, ProductRow>()
  for (const product of products) byCode.set(product.sku.toLowerCase(), product)
  // A code that is one product's SKU and another's barcode was more likely scanned than typed.
  for (const product of products)
    for (const barcode of product.barcodes) byCode.set(barcode.toLowerCase(), product)
  const exact = (code: string) => byCode.get(code.trim().toLowerCase())
  return {
    exact,
    find(text, limit) {
      const first = exact(text)
      const rest = index
        .search(text)
        .map((result) => byId.get(String(result.id)))
        .filter((product) => product !== undefined && product !== first)
      return [first, ...rest].filter((product) => product !== undefined).slice(0, limit)
    },
  }
}
