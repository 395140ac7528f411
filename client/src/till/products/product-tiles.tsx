import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import { TEXT_SCALE } from '../../app/preferences.ts'
import { readStockOf } from '../../store/stock.ts'
import { usePreferenceStore, usePreferences } from '../settings/preferences.tsx'
import { useServices, useStaff } from '../till-context.tsx'
import { useCalmQuery } from '../use-calm-query.ts'
import type { ProductList } from './product-list.ts'
import { ProductTile } from './product-tile.tsx'
import classes from './products.module.css'
import { useRoving } from './use-roving.ts'

/** Thousandths: from here on down a tile says how many are left. */
const LOW_STOCK = 5000
const GAP = 8
const TILE_WIDTH = 136
/** What does not grow with the text, and what does at its usual size. */
const TILE_HEIGHT = { still: 40, text: 104 }
const ROW_HEIGHT = { still: 20, text: 48 }
/** Narrower than this the tiles become rows for a thumb. */
const PHONE_WIDTH = 560

const NO_STOCK: ReadonlyMap<string, number> = new Map()

export interface ProductTilesProps {
  readonly list: ProductList
  /** The result that Enter adds. */
  readonly chosen: number | undefined
  /** What comes into view, from one place to before another. */
  readonly onNeed: (from: number, to: number) => void
  /** A variant stands for all of its name. */
  readonly grouped: boolean
  readonly onProduct: (product: ProductRow) => void
}

/**
 * Only the rows in view exist, so that thousands of products scroll like ten. One tile is a stop of the Tab key, the
 * arrows go from it to the others.
 */
export function ProductTiles({ list, chosen, onNeed, grouped, onProduct }: ProductTilesProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const scroller = useRef<HTMLDivElement>(null)
  const { ref: sized, width } = useElementSize()
  const asRows = width > 0 && width < PHONE_WIDTH
  const columns = asRows || width === 0 ? 1 : Math.floor((width + GAP) / (TILE_WIDTH + GAP))
  const { textSize } = usePreferences(usePreferenceStore(), useStaff().staffId)
  const { still, text } = asRows ? ROW_HEIGHT : TILE_HEIGHT
  const height = still + Math.ceil(text * TEXT_SCALE[textSize])
  const virtual = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(list.count / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: 2,
  })

  // What lies out of sight has time until the others are shown.
  const listOfBefore = useDeferredValue(list)
  const rows = virtual.getVirtualItems().map((row) => {
    const inSight = virtual.range === null || row.index <= virtual.range.endIndex
    const shown = inSight ? list : listOfBefore
    const places = Array.from({ length: columns }, (_, i) => row.index * columns + i)
    return { ...row, products: places.map((place) => ({ place, product: shown.at(place) })) }
  })
  const inView = rows.flatMap((row) => row.products)
  const [from, to] = [inView[0]?.place ?? 0, Math.min(list.count, (inView.at(-1)?.place ?? -1) + 1)]
  useEffect(() => onNeed(from, to), [onNeed, from, to])
  const stock = useStockOf(inView.flatMap(({ product }) => product?.productId ?? []))
  const roving = useRoving(list, columns, inView, scroller, (row) => virtual.scrollToIndex(row))
  // Words are made here once, not by a translation hook in every tile.
  const leftWords = ({ productId, unit }: ProductRow) => {
    const left = stock.get(productId)
    return left === undefined || left > LOW_STOCK
      ? undefined
      : left < 0
        ? t('{{short}} short', { short: quantityText(-left, unit) })
        : t('{{left}} left', { left: quantityText(left, unit) })
  }

  const priceWords = ({ variantOf, openPrice, price }: ProductRow) =>
    grouped && variantOf !== undefined
      ? t('from {{price}}', { price: money(price) })
      : openPrice
        ? t('Open price')
        : undefined

  // Tiles get one handler for life: a scan must not render every tile again.
  const latest = useRef(onProduct)
  useLayoutEffect(() => {
    latest.current = onProduct
  })
  const add = useCallback((product: ProductRow) => latest.current(product), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows changed height
  useEffect(() => virtual.measure(), [virtual, height])
  const topic = JSON.stringify(list.query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at the top again
  useEffect(() => {
    // Asking the element where it stands would lay the page out once more.
    if (scroller.current !== null && (virtual.scrollOffset ?? 0) !== 0) scroller.current.scrollTop = 0
  }, [topic])
  useEffect(() => {
    if (chosen !== undefined && (chosen > 0 || (virtual.scrollOffset ?? 0) !== 0))
      virtual.scrollToIndex(Math.floor(chosen / columns))
  }, [virtual, chosen, columns])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows go between the buttons in it
    <div ref={scroller} className={classes.scroller} onKeyDown={roving.onKeyDown} onFocus={roving.onFocus}>
      <div ref={sized} style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {rows.map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              top: row.start,
              height,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {row.products.map(
              ({ place, product }) =>
                product !== undefined && (
                  <ProductTile
                    // By its place: another list writes other names into the tiles that stand there.
                    key={place}
                    product={product}
                    group={grouped ? product.variantOf : undefined}
                    priceWords={priceWords(product)}
                    place={place}
                    isStop={place === roving.stop}
                    left={priceWords(product) === undefined ? leftWords(product) : undefined}
                    gone={(stock.get(product.productId) ?? 1) <= 0}
                    chosen={chosen === place}
                    asRow={asRows}
                    onProduct={add}
                  />
                ),
            )}
          </div>
        ))}
      </div>
    </div>
  )
}

/** Of what is in view only: every sale changes some of the stock, and reading all of a big shop's takes long. */
function useStockOf(productIds: readonly string[]): ReadonlyMap<string, number> {
  const { db } = useServices()
  return useCalmQuery(() => readStockOf(db, productIds), [db, productIds.join()], NO_STOCK)
}
