import type { ShiftDetail, ShiftFigures } from '@evertill/shared/protocol/office/shifts'
import { IconHistory } from '@tabler/icons-react'
import { countText, rateText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import cards from '../parts/cards.module.css'
import { countOf } from '../words/count-words.ts'
import classes from './shift.module.css'

interface Row {
  readonly label: string
  readonly count?: number
  readonly amount: number
}

/** What the till's Z report said, and beside it what the ledgers make of the shift now where that is another thing. */
export function ShiftReport({ shift }: { shift: ShiftDetail }) {
  const { atClose, byLedger, restated, zNo } = shift
  const provisional = shift.state === 'provisional' && atClose !== null
  // Of a shift that has not arrived whole only the till's own figures say anything.
  const shown = provisional ? atClose : byLedger
  const before = restated && atClose !== null ? rowsOf(atClose) : undefined
  const rows = rowsOf(shown)
  const labels = [...new Set([...rows, ...(before ?? [])].map(({ label }) => label))]
  const find = (among: readonly Row[], label: string) => among.find((row) => row.label === label)
  return (
    <section className={cards.card} aria-label="Report">
      <h2 className={classes.cardTitle}>
        {shift.state === 'open' ? 'Report so far' : zNo === null ? 'Z report' : `Z report No. ${zNo}`}
      </h2>
      {restated && (
        <p className={classes.provisional}>
          <IconHistory size={16} aria-hidden />
          <span>
            Restated: this shift is not what its till printed at the close. Both are shown, and the exceptions
            say why.
          </span>
        </p>
      )}
      <table className={classes.tenders}>
        <thead>
          <tr>
            <th scope="col">What</th>
            {before !== undefined && (
              <>
                <th scope="col">Count</th>
                <th scope="col">At the close</th>
              </>
            )}
            <th scope="col">Count</th>
            <th scope="col">{before === undefined ? 'Amount' : 'Now'}</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => {
            const was = before && find(before, label)
            const is = find(rows, label)
            const differs = before !== undefined && (was?.amount !== is?.amount || was?.count !== is?.count)
            return (
              <tr key={label} data-differs={differs || undefined}>
                <th scope="row">{label}</th>
                {before !== undefined && <Cells row={was} />}
                <Cells row={is} />
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className={classes.quiet}>
        {shown.noSales === 0
          ? 'The drawer was never opened without a sale.'
          : `The drawer was opened ${countOf(shown.noSales, 'time')} without a sale.`}
      </p>
      <Counted title="Float, as it was counted" counts={shift.floatCounts} />
      <Counted title="Cash at the close, as it was counted" counts={shift.counts} />
      {shift.earlierCounts.length > 0 && (
        <p className={classes.quiet}>
          Counted again after the difference was shown. Before:{' '}
          {shift.earlierCounts.map((amount, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: counts never change their places
            <span key={i}>
              {i > 0 && ', '}
              <Money amount={amount} />
            </span>
          ))}
        </p>
      )}
    </section>
  )
}

/** How many, and how much: two columns, lest one reads as times the other. */
function Cells({ row }: { row: Row | undefined }) {
  return (
    <>
      <td className={classes.count}>{row?.count !== undefined && countText(row.count)}</td>
      <td>{row === undefined ? '–' : <Money amount={row.amount} />}</td>
    </>
  )
}

function rowsOf(figures: ShiftFigures): Row[] {
  const { sales, refunds, voids, movedIn, movedOut } = figures
  return [
    { label: 'Sales', count: sales.count, amount: sales.total },
    { label: 'Refunds and voids', count: refunds.count, amount: -refunds.total },
    { label: 'Of these, voids', count: voids.count, amount: -voids.total },
    ...(figures.issued === 0
      ? []
      : [{ label: 'Of sales, put on gift cards and vouchers', amount: figures.issued }]),
    { label: 'Discounts given', amount: -figures.discounts },
    { label: 'Rounding', amount: figures.rounding },
    ...figures.taxes.map(({ taxCode, ratePpm, tax }) => ({
      label: `GST ${taxCode} ${rateText(ratePpm)}`,
      amount: tax,
    })),
    ...figures.taxes.map(({ taxCode, ratePpm, taxable }) => ({
      label: `Sold at ${taxCode} ${rateText(ratePpm)}, without GST`,
      amount: taxable,
    })),
    ...figures.staff.flatMap(({ staffId, name, sales, refunds }): Row[] => {
      const who = name ?? staffId
      return [
        { label: `Sold by ${who}`, count: sales.count, amount: sales.total },
        ...(refunds.count === 0
          ? []
          : [{ label: `Taken back by ${who}`, count: refunds.count, amount: -refunds.total }]),
      ]
    }),
    { label: 'Cash put in', count: movedIn.count, amount: movedIn.total },
    { label: 'Cash taken out', count: movedOut.count, amount: -movedOut.total },
  ]
}

function Counted({ title, counts }: { title: string; counts: ShiftDetail['counts'] }) {
  if (counts === null || counts.length === 0) return null
  return (
    <>
      <h3 className={classes.made}>{title}</h3>
      <dl className={classes.sum}>
        {counts.map(({ denomination, count }) => (
          <div key={denomination}>
            <dt>
              <Money amount={denomination} /> × {count}
            </dt>
            <dd>
              <Money amount={denomination * count} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
