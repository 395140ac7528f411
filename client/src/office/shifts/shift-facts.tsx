import type { ShiftDetail } from '@evertill/shared/protocol/office/shifts'
import { Money } from '../../app/money.tsx'
import cards from '../parts/cards.module.css'
import { Fact, Facts } from '../parts/facts.tsx'
import { TextLink } from '../parts/links.tsx'
import { When } from '../parts/when.tsx'
import { countOf } from '../words/count-words.ts'
import { longDateText } from '../words/dates.ts'
import classes from './shift.module.css'
import { ShiftState } from './shift-state.tsx'

/** Who had the drawer when, and what was sold meanwhile. */
export function ShiftFacts({ shift }: { shift: ShiftDetail }) {
  const at = (instant: string | null, by: string | null, missing: string) =>
    instant === null ? (
      missing
    ) : (
      <>
        <When at={instant} outletName={shift.outletName} />
        {by !== null && `, ${by}`}
      </>
    )
  return (
    <section className={cards.card} aria-label="The shift">
      <h2 className={classes.cardTitle}>The shift</h2>
      <Facts labels={112} className={classes.facts}>
        <Fact label="State">
          <ShiftState state={shift.state} />
        </Fact>
        <Fact label="Where">
          {shift.outletName} ·{' '}
          <TextLink to="/tills/$tillId/journal" params={{ tillId: shift.tillId }} inherit underline="always">
            {shift.tillName}
          </TextLink>
        </Fact>
        {shift.businessDate !== null && <Fact label="Business day">{longDateText(shift.businessDate)}</Fact>}
        <Fact label="Opened">{at(shift.openedAt, shift.openedBy, 'This entry has not arrived yet')}</Fact>
        <Fact label="Closed">{at(shift.closedAt, shift.closedBy, 'Not yet')}</Fact>
        <Fact label="Sold">
          {countOf(shift.sales, 'sale')}, <Money amount={shift.salesTotal} />
        </Fact>
        {shift.refunds > 0 && (
          <Fact label="Taken back">
            {countOf(shift.refunds, 'refund')}, <Money amount={-shift.refundsTotal} />
          </Fact>
        )}
        {shift.note !== null && <Fact label="Note">{shift.note}</Fact>}
      </Facts>
    </section>
  )
}
