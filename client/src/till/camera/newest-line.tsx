import { ONE_UNIT, thousandths } from '@evertill/shared/domain/money'
import { promotionOff } from '@evertill/shared/domain/promotion'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { useNewest } from '../cart/use-newest.ts'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './camera.module.css'

/** What the last scan has made of the cart, over the picture: the eyes are there. */
export function NewestLine() {
  const { t } = useTranslation()
  const { cart } = useOpenSale()
  const { priced, lock, changeCart } = useSelling()
  const newest = useNewest(cart.lines)
  const line =
    priced.code === 'priced' ? priced.priced.lines.find(({ lineId }) => lineId === newest) : undefined
  if (line === undefined) return <p className={classes.hint}>{t('Hold a barcode before the camera')}</p>
  const { lineId, name, quantity, unit, value } = line
  return (
    <div className={classes.newest} key={`${lineId} ${quantity}`}>
      <span className={classes.newestName}>
        {quantityText(quantity, unit)} × {name}
      </span>
      <Money amount={line.gross - line.lineDiscount - promotionOff(line.promotions)} />
      {unit !== 'kg' && value === undefined && (
        <button
          type="button"
          disabled={lock !== undefined}
          aria-label={t('One more {{name}}', { name })}
          onClick={() =>
            changeCart({ type: 'quantity-set', lineId, quantity: thousandths(quantity + ONE_UNIT) })
          }
        >
          +1
        </button>
      )}
    </div>
  )
}
