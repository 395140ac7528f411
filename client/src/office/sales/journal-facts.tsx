import type { SaleDetail } from '@evertill/shared/protocol/office'
import { IconLink } from '@tabler/icons-react'
import { countText } from '../../app/format.ts'
import { When } from '../parts/when.tsx'
import { longDateText } from '../words/dates.ts'
import { durationText } from '../words/time-words.ts'
import classes from './sale.module.css'

/** How this sale came here, and what proves that it is the one the till made. */
export function JournalFacts({ sale }: { sale: SaleDetail }) {
  const tookMs = new Date(sale.receivedAt).getTime() - new Date(sale.at).getTime()
  return (
    <section className={classes.card} aria-label="In the journal">
      <h2 className={classes.cardTitle}>In the journal</h2>
      <p className={classes.quiet}>
        The till numbered and sealed this sale when it was paid. Each seal contains the one before it, so a
        sale cannot be changed or left out unseen.
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>Entry</dt>
          <dd>
            {countText(sale.seq)} of {sale.tillName}, epoch {sale.epoch}
          </dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>
            <When at={sale.receivedAt} outletName={sale.outletName} />
            {tookMs >= 60_000 && `, ${durationText(tookMs)} after the sale`}
          </dd>
        </div>
        <div>
          <dt>Business day</dt>
          <dd>{longDateText(sale.businessDate)}</dd>
        </div>
        <div>
          <dt>Seal</dt>
          <dd className={classes.hash}>{sale.hash}</dd>
        </div>
        <div>
          <dt>
            <IconLink size={14} aria-hidden /> Seal before it
          </dt>
          <dd className={classes.hash}>{/^0+$/.test(sale.prev) ? 'None: the first entry' : sale.prev}</dd>
        </div>
        <div>
          <dt>Entry id</dt>
          <dd className={classes.hash}>{sale.saleId}</dd>
        </div>
      </dl>
    </section>
  )
}
