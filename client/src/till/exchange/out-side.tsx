import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { ChosenCustomer } from '../cart/customer-row.tsx'
import refund from '../receipts/refund.module.css'
import classes from './exchange.module.css'
import { Stepper } from './stepper.tsx'
import type { Exchange } from './use-exchange.ts'

/** What goes out, at what it costs now, and to whom: their tier's prices, and their points. */
export function OutSide({ exchange, onCustomer }: { exchange: Exchange; onCustomer: () => void }) {
  const { t } = useTranslation()
  const { cart } = exchange.open
  const lines = exchange.priced.code === 'priced' ? exchange.priced.priced.lines : []
  return (
    <section className={classes.card} aria-labelledby="out">
      <h2 id="out" className={classes.head}>
        <span>{t('Goes out')}</span>
        <Money amount={exchange.out} />
      </h2>
      <div className={classes.customer}>
        <ChosenCustomer
          customer={cart.customer}
          disabled={exchange.pointsOf !== undefined}
          onChoose={onCustomer}
          onRemove={() => exchange.setCustomer(undefined)}
        />
      </div>
      {exchange.pointsOf !== undefined && (
        <p className={classes.quiet}>
          {t('Points of {{name}} paid for it, so what goes out is theirs too.', {
            name: exchange.pointsOf.name,
          })}
        </p>
      )}
      {cart.lines.length === 0 ? (
        <p className={classes.quiet}>
          {t('Scan what the customer takes instead. Without anything, the money goes back.')}
        </p>
      ) : (
        <ul className={refund.lines}>
          {cart.lines.map((line, i) => (
            <li key={line.lineId}>
              <div className={refund.line}>
                <span>
                  {line.name}
                  <br />
                  <small>
                    <Money amount={lines[i]?.net ?? 0} />
                  </small>
                </span>
                <Stepper
                  name={line.name}
                  quantity={line.quantity}
                  unit={line.unit ?? 'each'}
                  onChange={(quantity) => exchange.changeOut(line.lineId, quantity)}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
