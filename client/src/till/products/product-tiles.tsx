import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { readStockOf } from '../../store/stock.ts'
import { useServices } from '../till-context.tsx'
import { ProductTile } from './product-tile.tsx'
import classes from './products.module.css'

/** Thousandths: from here on down a tile says how many are left. */
const LOW_STOCK = 5000
const GAP = 8
const TILE = { width: 136, height: 136 }
const ROW_HEIGHT = 68
/** Narrower than this the tiles become rows for a thumb. */
const PHONE_WIDTH = 560

const NO_STOCK: ReadonlyMap<string, number> = new Map()

export interface ProductTilesProps {
  /** Another topic starts at the top again. */
  readonly topic: string
  readonly products: readonly ProductRow[]
  /** The result that Enter adds. */
  readonly chosen: number | undefined
  readonly onProduct: (product: ProductRow) => void
}

/** Only the rows in view exist, so that thousands of products scroll like ten. */
export function ProductTiles({ topic, products, chosen, onProduct }: ProductTilesProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize()
  const asRows = width > 0 && width < PHONE_WIDTH
  const columns = asRows || width === 0 ? 1 : Math.floor((width + GAP) / (TILE.width + GAP))
  const height = asRows ? ROW_HEIGHT : TILE.height
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(products.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: 2,
  })

  const rows = virtual
    .getVirtualItems()
    .map((row) => ({ ...row, products: products.slice(row.index * columns, (row.index + 1) * columns) }))
  const stock = useStockOf(rows.flatMap((row) => row.products.map(({ productId }) => productId)))
  // Words are made here once, not by a translation hook in every tile.
  const leftWords = ({ productId, unit }: ProductRow) => {
    const left = stock.get(productId)
    return left === undefined || left > LOW_STOCK
      ? undefined
      : t('{{left}} left', { left: quantityText(left, unit) })
  }

  // Tiles get one handler for life: a scan must not render every tile again.
  const latest = useRef(onProduct)
  useLayoutEffect(() => {
    latest.current = onProduct
  })
  const add = useCallback((product: ProductRow) => latest.current(product), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows changed height
  useEffect(() => virtual.measure(), [virtual, height])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the topic is the signal
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }, [topic])
  useEffect(() => {
    if (chosen !== undefined) virtual.scrollToIndex(Math.floor(chosen / columns))
  }, [virtual, chosen, columns])

  return (
    <div ref={scroller} className={classes.scroller}>
      <div ref={sized} style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              transform: `translateY(${row.start}px)`,
              height,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {row.products.map((product, i) => (
              <ProductTile
                key={product.productId}
                product={product}
                left={leftWords(product)}
                gone={(stock.get(product.productId) ?? 1) <= 0}
                chosen={chosen === row.index * columns + i}
                asRow={asRows}
                onProduct={add}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

/** Of what is in view only: every sale changes some of the stock, and reading all of a big shop's takes long. */
function useStockOf(productIds: readonly string[]): ReadonlyMap<string, number> {
  const { db } = useServices()
  return useLiveQuery(() => readStockOf(db, productIds), [db, productIds.join()], NO_STOCK)
}
