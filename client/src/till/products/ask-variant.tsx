import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { nameKey } from '../../store/product-index.ts'
import { readStockOf } from '../../store/stock.ts'
import type { RungUp } from '../goods/ask.ts'
import { useServices } from '../till-context.tsx'
import classes from './products.module.css'
import { useArrowKeys } from './use-arrow-keys.ts'

interface AskVariantProps {
  readonly product: ProductRow
  readonly onGiven: (given: RungUp) => void
}

/** Which size, which colour: each with its price, and how many are left. */
export function AskVariant({ product, onGiven }: AskVariantProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const variants = useLiveQuery(async () => {
    const rows = await db.product
      .where('variantOf')
      .equals(product.variantOf ?? '')
      .toArray()
    const stock = await readStockOf(
      db,
      rows.map(({ productId }) => productId),
    )
    return rows
      .map((row) => ({ row, left: stock.get(row.productId), words: optionWords(row) }))
      .sort((a, b) => (nameKey(a.words) < nameKey(b.words) ? -1 : 1))
  }, [db, product.variantOf])
  const keys = useArrowKeys(1)
  // They come after the dialog has looked for what to focus.
  const list = useRef<HTMLDivElement>(null)
  const isThere = variants !== undefined
  useEffect(() => {
    if (isThere) list.current?.querySelector('button')?.focus()
  }, [isThere])
  if (variants === undefined) return null
  return (
    <>
      <p className={classes.optionNames}>{product.options?.map(({ name }) => name).join(' · ')}</p>
      <div ref={list} className={classes.variants} {...keys}>
        {variants.map(({ row, left, words }) => (
          <button
            key={row.productId}
            type="button"
            className={classes.variant}
            onClick={() => onGiven({ product: row })}
          >
            <span className={classes.name}>{words}</span>
            {left !== undefined && (
              <span className={left <= 0 ? classes.gone : classes.quiet}>
                {left < 0
                  ? t('{{short}} short', { short: quantityText(-left, row.unit) })
                  : t('{{left}} left', { left: quantityText(left, row.unit) })}
              </span>
            )}
            <span className={classes.price}>
              <Money amount={row.price} />
              {row.unit === 'kg' && <span className={classes.unit}> / kg</span>}
            </span>
          </button>
        ))}
      </div>
    </>
  )
}

const optionWords = ({ options, name }: ProductRow): string =>
  options?.map(({ value }) => value).join(' · ') ?? name
