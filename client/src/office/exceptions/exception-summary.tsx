import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { quantityText } from '../../app/format.ts'
import { countOf } from '../words/count-words.ts'
import { durationText } from '../words/time-words.ts'
import { type Fact, factsOf } from './exception-facts.ts'
import { ProductName } from './product-name.tsx'

type OfKind<K extends Fact['kind']> = Fact & { readonly kind: K }

/** What an exception is about, in half a line. */
export function ExceptionSummary({ row }: { row: ExceptionRow }) {
  const facts = factsOf(row)
  const first = <K extends Fact['kind']>(kind: K) =>
    facts.find((fact): fact is OfKind<K> => fact.kind === kind)
  const text = (label: string) =>
    facts.find((fact): fact is OfKind<'text'> => fact.label === label && fact.kind === 'text')?.text
  if (row.held > 0) {
    return [`${countOf(row.held, 'entry', 'entries')} not counted`, text('Reason')].filter(Boolean).join(': ')
  }
  switch (row.type) {
    case 'sequence-gap':
      return `No. ${text('Numbers') ?? ''}`
    case 'sequence-collision':
      return countOf(Number(row.detail.entries), 'entry', 'entries')
    case 'chain-broken':
    case 'late-after-close':
      return `Entry ${text('Entry number') ?? ''}`
    case 'clock-skew':
      return text('Clock off by') ?? ''
    case 'over-refund':
      return first('sale')?.receiptNo ?? text('Refund of') ?? ''
    default: {
      const named = text('Sold as')
      const [product, onHand, clock] = [first('product'), first('quantity'), first('duration')]
      const differing = first('differences')
      return (
        <>
          {named ?? (product && <ProductName productId={product.productId} />)}
          {onHand && ` (${quantityText(onHand.quantity)})`}
          {clock && durationText(clock.ms)}
          {text('Reason')}
          {differing && countOf(differing.rows.length, 'amount')}
        </>
      )
    }
  }
}
