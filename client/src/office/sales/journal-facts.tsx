import type { SaleDetail } from '@evertill/shared/protocol/office/sales'
import { IconLink } from '@tabler/icons-react'
import { countText } from '../../app/format.ts'
import cards from '../parts/cards.module.css'
import { TextLink } from '../parts/links.tsx'
import { When } from '../parts/when.tsx'
import { longDateText } from '../words/dates.ts'
import { SALE_KIND_WORDS } from '../words/sale-words.ts'
import { durationText } from '../words/time-words.ts'
import classes from './sale.module.css'

/** How this sale came here, and what proves that it is the one the till made. */
export function JournalFacts({ sale }: { sale: SaleDetail }) {
  const tookMs = new Date(sale.receivedAt).getTime() - new Date(sale.at).getTime()
  return (
    <section className={cards.card} aria-label="In the journal">
      <h2 className={cards.title}>In the journal</h2>
      <p className={cards.quiet}>
        The till numbered and sealed this {SALE_KIND_WORDS[sale.kind].toLowerCase()} when it was made. Each
        seal contains the one before it, so nothing can be changed or left out unseen.
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>Entry</dt>
          <dd>
            <TextLink to="/tills/$tillId/journal" params={{ tillId: sale.tillId }} inherit underline="always">
              {countText(sale.seq)} of {sale.tillName}
            </TextLink>
            , epoch {sale.epoch}
          </dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>
            <When at={sale.receivedAt} outletName={sale.outletName} />
            {tookMs >= 60_000 && `, ${durationText(tookMs)} later`}
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
