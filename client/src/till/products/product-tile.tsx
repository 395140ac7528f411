import type { ProductRow } from '@evertill/shared/protocol/pull'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import classes from './products.module.css'
import { hueOf, initialsOf } from './tile-look.ts'

/** Thousandths: from here on down the tile says how many are left. */
const LOW_STOCK = 5000

export interface ProductTileProps {
  readonly product: ProductRow
  readonly stock: number | undefined
  readonly chosen: boolean
  readonly asRow: boolean
  readonly onProduct: (product: ProductRow) => void
}

export const ProductTile = memo(function ProductTile({
  product,
  stock,
  chosen,
  asRow,
  onProduct,
}: ProductTileProps) {
  const { t } = useTranslation()
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
        {stock !== undefined && stock <= LOW_STOCK && (
          <span className={stock <= 0 ? classes.gone : classes.low}>
            {t('{{left}} left', { left: quantityText(stock, product.unit) })}
          </span>
        )}
      </span>
    </button>
  )
})
