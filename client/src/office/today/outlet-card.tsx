import type { Today } from '@evertill/shared/protocol/office/today'
import { countText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { TextLink } from '../parts/links.tsx'
import { useMethodName } from '../parts/use-method-name.ts'
import { salesWords } from '../words/count-words.ts'
import { TillState } from './till-state.tsx'
import classes from './today.module.css'

type OutletDay = Today['outlets'][number]

/** One outlet's day: what it took, in what, and at which till. */
export function OutletCard({ outlet, date }: { outlet: OutletDay; date: string }) {
  const methodName = useMethodName()
  return (
    <section className={classes.card} aria-label={outlet.name}>
      <header className={classes.cardHead}>
        <h3 className={classes.cardTitle}>{outlet.name}</h3>
        <TextLink
          to="/sales"
          search={{ outlet: outlet.outletId, from: date, to: date }}
          className={classes.cardTotal}
        >
          <Money amount={outlet.total} />
        </TextLink>
      </header>
      <p className={classes.quiet}>
        {salesWords(outlet)}
        {outlet.discount > 0 && (
          <>
            {' · '}
            <Money amount={outlet.discount} /> given in discounts
          </>
        )}
        {outlet.issued !== 0 && (
          <>
            {' · '}
            <Money amount={outlet.issued} /> put on gift cards and vouchers
          </>
        )}
      </p>
      {outlet.tenders.length > 0 && (
        <table className={classes.rows}>
          <caption>How it was paid</caption>
          <tbody>
            {outlet.tenders.map((tender) => (
              <tr key={tender.methodCode}>
                <th scope="row">{methodName(tender.methodCode)}</th>
                <td>
                  <Money amount={tender.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <table className={classes.rows}>
        <caption>Tills</caption>
        <tbody>
          {outlet.tills.map((till) => (
            <tr key={till.tillId}>
              <th scope="row">
                <TextLink to="/tills" search={{ till: till.tillId }} inherit>
                  {till.name}
                </TextLink>
                {till.drawers.map(({ shiftId, difference }) => (
                  <TextLink
                    key={shiftId}
                    to="/shifts/$shiftId"
                    params={{ shiftId }}
                    className={classes.drawer}
                  >
                    <Money amount={Math.abs(difference)} /> {difference < 0 ? 'short' : 'over'} in the drawer
                  </TextLink>
                ))}
                {till.unshifted.papers > 0 && <Unshifted till={till} />}
              </th>
              <td>
                <TillState waiting={till.waiting} lastContactAt={till.lastContactAt} gap={till.gap} />
              </td>
              <td className={classes.count}>{salesWords(till)}</td>
              <td>
                <Money amount={till.total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What no drawer was counted for. */
function Unshifted({ till: { unshifted, sales, refunds } }: { till: OutletDay['tills'][number] }) {
  return (
    <span className={classes.unshifted}>
      {unshifted.papers === sales + refunds ? 'In no shift' : `${countText(unshifted.papers)} in no shift`}:{' '}
      <Money amount={unshifted.total} />
    </span>
  )
}
