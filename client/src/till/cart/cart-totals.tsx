import { useTranslation } from 'react-i18next'
import { rateText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { chargesTax } from '../../store/price-sale.ts'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'
import { piecesIn } from './pieces-in.ts'

/** Rows that keep their place whatever the sale. */
export function CartTotals() {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  const { priced, lock, changeCart } = useSelling()
  const { cart } = useOpenSale()
  const totals = priced.code === 'priced' ? priced.priced : { gross: 0, discount: 0, tax: 0 }
  const pieces = piecesIn(cart)
  const bill = cart.billDiscount
  const billOff =
    priced.code === 'priced' ? priced.priced.lines.reduce((sum, { billShare }) => sum + billShare, 0) : 0
  return (
    <dl className={classes.totals}>
      <div>
        <dt>
          {t('Subtotal')} · {t('{{count}} items', { count: pieces })}
        </dt>
        <dd>
          <Money amount={totals.gross} />
        </dd>
      </div>
      <div>
        <dt>
          {t('Discount')}
          {bill?.kind === 'percent' && ` · ${t('bill {{rate}}', { rate: rateText(bill.ratePpm) })}`}
          {bill?.kind === 'amount' && ` · ${t('bill')}`}
          {/* The sum beside it is of more than that. */}
          {billOff > 0 && billOff !== totals.discount && (
            <>
              {' '}
              <Money amount={-billOff} />
            </>
          )}
          {bill !== undefined && lock === undefined && (
            <button
              type="button"
              className={classes.inlineButton}
              onClick={() => changeCart({ type: 'bill-discounted', discount: undefined })}
            >
              {t('Remove')}
            </button>
          )}
        </dt>
        <dd>
          <Money amount={-totals.discount} />
        </dd>
      </div>
      {chargesTax(catalogue.company) && (
        <div>
          <dt>{catalogue.company.taxInclusive ? t('GST included') : t('GST')}</dt>
          <dd>
            <Money amount={totals.tax} />
          </dd>
        </div>
      )}
    </dl>
  )
}
