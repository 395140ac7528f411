import type { ExceptionRow } from '@evertill/shared/protocol/office'
import { quantityText } from '../../app/format.ts'
import { countOf } from '../words/count-words.ts'
import { durationText } from '../words/time-words.ts'
import { exceptionFacts, type Fact } from './exception-facts.ts'
import { ProductName } from './product-name.tsx'

/** What an exception is about, in half a line. */
export function ExceptionSummary({ row }: { row: ExceptionRow }) {
  const facts = exceptionFacts(row.detail)
  const named = facts.find((fact) => fact.label === 'Sold as')
  const product = facts.find((fact): fact is Fact & { kind: 'product' } => fact.kind === 'product')
  const onHand = facts.find((fact): fact is Fact & { kind: 'quantity' } => fact.kind === 'quantity')
  const clock = facts.find((fact): fact is Fact & { kind: 'duration' } => fact.kind === 'duration')
  const reason = facts.find((fact) => fact.label === 'Reason')
  const differing = facts.find((fact): fact is Fact & { kind: 'differences' } => fact.kind === 'differences')
  return (
    <>
      {named?.kind === 'text' ? named.text : product && <ProductName productId={product.productId} />}
      {onHand && ` (${quantityText(onHand.quantity)})`}
      {clock && durationText(clock.ms)}
      {reason?.kind === 'text' && reason.text}
      {differing && countOf(differing.rows.length, 'amount')}
    </>
  )
}
