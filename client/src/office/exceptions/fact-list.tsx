import type { ReactNode } from 'react'
import { countText, quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { TextLink } from '../parts/links.tsx'
import { When } from '../parts/when.tsx'
import { durationText } from '../words/time-words.ts'
import classes from './exception.module.css'
import type { Difference, Fact as KnownFact, Refunded } from './exception-facts.ts'
import { ProductName } from './product-name.tsx'

interface FactListProps {
  readonly facts: readonly KnownFact[]
  /** By whose clock times are told. */
  readonly outletName: string | null
  readonly more: readonly { readonly label: string; readonly shown: ReactNode }[]
}

export function FactList({ facts, more, outletName }: FactListProps) {
  return (
    <Facts labels={128}>
      {[...facts.map((fact) => ({ label: fact.label, shown: shownFact(fact, outletName) })), ...more].map(
        (row) => (
          <Fact key={row.label} label={row.label}>
            {row.shown}
          </Fact>
        ),
      )}
    </Facts>
  )
}

function shownFact(fact: KnownFact, outletName: string | null): ReactNode {
  switch (fact.kind) {
    case 'text':
      return fact.text
    case 'code':
      return <span className={classes.code}>{fact.text}</span>
    case 'money':
      return <Money amount={fact.amount} />
    case 'quantity':
      return quantityText(fact.quantity)
    case 'duration':
      return durationText(fact.ms)
    case 'product':
      return (
        <TextLink to="/products/$productId" params={{ productId: fact.productId }} inherit>
          <ProductName productId={fact.productId} />
        </TextLink>
      )
    case 'instant':
      return <When at={fact.at} outletName={outletName} />
    case 'sale':
      return (
        <TextLink to="/sales/$saleId" params={{ saleId: fact.saleId }} inherit>
          {fact.receiptNo}
        </TextLink>
      )
    case 'shift':
      return (
        <TextLink to="/shifts/$shiftId" params={{ shiftId: fact.shiftId }} inherit>
          Open the shift
        </TextLink>
      )
    case 'differences':
      return <Differences rows={fact.rows} ofShift={fact.ofShift} />
    case 'refunded':
      return <RefundedLines rows={fact.rows} />
  }
}

function Differences({ rows, ofShift }: { rows: readonly Difference[]; ofShift: boolean }) {
  const show = (row: Difference, value: number) => (row.money ? <Money amount={value} /> : countText(value))
  return (
    <table className={classes.differences}>
      <thead>
        <tr>
          <th scope="col">Amount</th>
          <th scope="col">{ofShift ? 'By its entries' : 'Worked out'}</th>
          <th scope="col">{ofShift ? 'By the till' : 'On the receipt'}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            <td>{show(row, row.expected)}</td>
            <td>{show(row, row.actual)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RefundedLines({ rows }: { rows: readonly Refunded[] }) {
  return (
    <table className={classes.differences}>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Sold</th>
          <th scope="col">Came back</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.productId} ${row.name}`}>
            <th scope="row">{row.name}</th>
            <td>
              {quantityText(row.sold)} for <Money amount={row.paid} />
            </td>
            <td>
              {quantityText(row.refunded)} for <Money amount={row.paidBack} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
