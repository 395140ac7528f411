import type { ReactNode } from 'react'
import { countText, quantityText } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { TextLink } from '../parts/links.tsx'
import { durationText } from '../words/time-words.ts'
import classes from './exception.module.css'
import type { Difference, Fact } from './exception-facts.ts'
import { ProductName } from './product-name.tsx'

interface FactListProps {
  readonly facts: readonly Fact[]
  readonly more: readonly { readonly label: string; readonly shown: ReactNode }[]
}

export function FactList({ facts, more }: FactListProps) {
  return (
    <dl className={classes.facts}>
      {[...facts.map((fact) => ({ label: fact.label, shown: shownFact(fact) })), ...more].map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>{row.shown}</dd>
        </div>
      ))}
    </dl>
  )
}

function shownFact(fact: Fact): ReactNode {
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
    case 'differences':
      return <Differences rows={fact.rows} />
  }
}

function Differences({ rows }: { rows: readonly Difference[] }) {
  const show = (row: Difference, value: number) => (row.money ? <Money amount={value} /> : countText(value))
  return (
    <table className={classes.differences}>
      <thead>
        <tr>
          <th scope="col">Amount</th>
          <th scope="col">Worked out</th>
          <th scope="col">On the receipt</th>
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
