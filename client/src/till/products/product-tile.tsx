import type { ProductRow } from '@evertill/shared/protocol/pull'
import { memo } from 'react'
import { Money } from '../../app/money.tsx'
import classes from './products.module.css'
import { hueOf, initialsOf } from './tile-look.ts'

export interface ProductTileProps {
  readonly product: ProductRow
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
      onClick={() => onProduct(product)}
    >
      <span className={classes.initials} style={{ '--hue': hueOf(product.name) }} aria-hidden>
        {initialsOf(product.name)}
      </span>
      <span className={classes.name}>{product.name}</span>
      <span className={classes.foot}>
        <span className={classes.price}>
          <Money amount={product.price} />
          {product.unit === 'kg' && <span className={classes.unit}> / kg</span>}
        </span>
        {left !== undefined && <span className={gone ? classes.gone : classes.low}>{left}</span>}
      </span>
    </button>
  )
})
