import type { SaleDetail } from '@evertill/shared/protocol/office/sales'
import { Money } from '../../app/money.tsx'
import cards from '../parts/cards.module.css'
import { TextLink } from '../parts/links.tsx'
import classes from './sale.module.css'

/** From one half of an exchange to the other. */
export function ExchangedWith({ sale }: { sale: SaleDetail }) {
  if (sale.exchange === null) return null
  const { saleId, receiptNo, amount, arrived } = sale.exchange
  return (
    <section className={cards.card} aria-label="Exchange">
      <h2 className={cards.title}>
        Exchanged with{' '}
        {arrived ? (
          <TextLink to="/sales/$saleId" params={{ saleId }} inherit underline="always">
            {receiptNo}
          </TextLink>
        ) : (
          `${receiptNo}, which has not arrived here yet`
        )}
      </h2>
      <p className={classes.left}>
        Goods of <Money amount={amount} />{' '}
        {sale.kind === 'sale' ? 'came back and paid for these.' : 'paid for what was taken instead.'}
      </p>
    </section>
  )
}
