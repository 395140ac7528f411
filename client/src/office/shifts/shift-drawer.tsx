import type { ShiftDetail } from '@evertill/shared/protocol/office/shifts'
import { IconHourglass } from '@tabler/icons-react'
import { Money } from '../../app/money.tsx'
import cards from '../parts/cards.module.css'
import { Difference } from '../parts/difference.tsx'
import { useMethodName } from '../parts/use-method-name.ts'
import { countOf } from '../words/count-words.ts'
import classes from './shift.module.css'

type Tender = ShiftDetail['tenders'][number]

/** What each method should have come to, and what was counted of it. */
export function ShiftDrawer({ shift }: { shift: ShiftDetail }) {
  const methodName = useMethodName()
  const provisional = shift.state === 'provisional'
  const [cash] = shift.tenders
  const taken = (cash?.expected ?? 0) - (shift.float ?? 0) - shift.cashMoved
  const expectedOf = (tender: Tender) =>
    provisional ? (tender.tillExpected ?? tender.expected) : tender.expected
  return (
    <section className={cards.card} aria-label="Expected and counted">
      <h2 className={classes.cardTitle}>Expected and counted</h2>
      {provisional && (
        <p className={classes.provisional}>
          <IconHourglass size={16} aria-hidden />
          <span>
            Provisional: {missingText(shift.missing)} from before the close{' '}
            {shift.missing === 1 ? 'has' : 'have'} not arrived. Until then this is what the till itself
            reckoned.
          </span>
        </p>
      )}
      <table className={classes.tenders}>
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Expected</th>
            <th scope="col">Counted</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {shift.tenders.map((tender) => {
            const expected = expectedOf(tender)
            const differs = tender.tillExpected !== null && tender.tillExpected !== tender.expected
            return (
              <tr key={`${tender.kind} ${tender.methodCode}`}>
                <th scope="row">
                  {methodName(tender.methodCode)}
                  {differs && (
                    <span className={classes.quiet}>
                      {provisional ? 'arrived so far ' : 'by the till’s books '}
                      <Money amount={provisional ? tender.expected : (tender.tillExpected ?? 0)} />
                    </span>
                  )}
                </th>
                <td>
                  <Money amount={expected} />
                </td>
                <td>{tender.counted === null ? '–' : <Money amount={tender.counted} />}</td>
                <td>
                  <Difference amount={tender.counted === null ? null : tender.counted - expected} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <h3 className={classes.made}>What the cash is made of{provisional && ', as far as it has arrived'}</h3>
      <dl className={classes.sum}>
        <div>
          <dt>Float</dt>
          <dd>{shift.float === null ? 'not arrived yet' : <Money amount={shift.float} />}</dd>
        </div>
        <div>
          <dt>Taken, less change and refunds</dt>
          <dd>
            <Money amount={taken} />
          </dd>
        </div>
        <div>
          <dt>Put in, less taken out</dt>
          <dd>
            <Money amount={shift.cashMoved} />
          </dd>
        </div>
        <div data-strong>
          <dt>Should be in the drawer</dt>
          <dd>
            <Money amount={cash?.expected ?? 0} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

const missingText = (missing: number): string =>
  missing === 0 ? 'some entries' : countOf(missing, 'entry', 'entries')
