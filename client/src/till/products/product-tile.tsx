import type { ProductRow } from '@evertill/shared/protocol/pull'
import { memo } from 'react'
import { wholeMeasures } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import classes from './products.module.css'
import { TilePicture } from './tile-picture.tsx'

export interface ProductTileProps {
  readonly product: ProductRow
  /** The name of all the variants it stands for. */
  readonly group: string | undefined
  /** Instead of the price. */
  readonly priceWords: string | undefined
  readonly place: number
  /** Where the Tab key stops. */
  readonly isStop: boolean
  /** How many are left, in words, where few are. */
  readonly left: string | undefined
  /** None is, or fewer than none. */
  readonly gone: boolean
  readonly chosen: boolean
  readonly asRow: boolean
  readonly onProduct: (product: ProductRow) => void
}

export const ProductTile = memo(function ProductTile({
  product,
  group,
  priceWords,
  place,
  isStop,
  left,
  gone,
  chosen,
  asRow,
  onProduct,
}: ProductTileProps) {
  return (
    <button
      type="button"
      className={asRow ? classes.listRow : classes.tile}
      data-chosen={chosen || undefined}
      data-place={place}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onProduct(product)}
    >
      <TilePicture name={group ?? product.name} picture={product.picture} />
      <span className={classes.name}>{wholeMeasures(group ?? product.name)}</span>
      <span className={classes.foot} data-left={left !== undefined || undefined}>
        <span className={classes.price}>
          {priceWords ?? <Money amount={product.price} />}
          {product.unit === 'kg' && <span className={classes.unit}> / kg</span>}
        </span>
        {left !== undefined && <span className={gone ? classes.gone : classes.low}>{left}</span>}
      </span>
    </button>
  )
})
