import type { ExceptionType } from '@evertill/shared/protocol/push'

export interface ExceptionWords {
  readonly title: string
  /** What happened, and what it means for the money. */
  readonly meaning: string
  /** What to do about it. */
  readonly advice: string
}

const WORDS: Record<ExceptionType, ExceptionWords> = {
  'stock-negative': {
    title: 'Stock below zero',
    meaning: 'More was sold than the stock shows. The sale stands and its money is right; the stock is not.',
    advice: 'Count this product, or enter the delivery that is missing.',
  },
  'price-differs': {
    title: 'Price differs',
    meaning:
      'The till sold at another price than head office had at the time. The price on the receipt stands.',
    advice: 'Check whether the price changed while the till was offline.',
  },
  'totals-differ': {
    title: 'Amounts do not add up',
    meaning:
      'Worked out again, this sale gives other amounts than the till recorded. The amounts on the receipt stand, and they are what your totals count.',
    advice: 'Compare the amounts below with the receipt. If it happens again, the till needs an update.',
  },
  'unknown-product': {
    title: 'Product not in the catalogue',
    meaning:
      'The till sold something that head office does not know, or had already deleted. The sale stands.',
    advice: 'Add the product if you still sell it; otherwise note why it was sold.',
  },
  'unknown-customer': {
    title: 'Customer not known',
    meaning: 'The sale names a customer that head office does not have. The sale stands, with its points.',
    advice: 'Find out who the customer is, and note it here.',
  },
  'unknown-staff': {
    title: 'Cashier not known',
    meaning: 'The sale was made by someone who is not on your staff list, or no longer. The sale stands.',
    advice: 'Find out who was at the till at that time.',
  },
  'points-overdrawn': {
    title: 'Points overdrawn',
    meaning: 'The customer redeemed points that had already been spent elsewhere. The sale stands.',
    advice: 'Decide whether to let the points go or to settle them with the customer.',
  },
  'over-refund': {
    title: 'More refunded than sold',
    meaning: 'More was given back on a sale than was left of it. The money has left the drawer.',
    advice: 'Compare the refunds of this receipt, and talk to the cashier.',
  },
  'late-after-close': {
    title: 'Arrived after the day was closed',
    meaning: 'A sale came in for a day that had been closed. It is counted on its own day.',
    advice: 'Look at that day again: its total has changed.',
  },
  'sequence-gap': {
    title: 'Entries are missing',
    meaning: 'The till has sent later entries but not these. Sales may be missing from your totals.',
    advice: 'Bring the till online. When the entries arrive, this closes by itself.',
  },
  'sequence-collision': {
    title: 'Two entries under one number',
    meaning: 'Two different entries carry the same number: this till’s browser was copied. Both are counted.',
    advice: 'Find the second browser and enrol it as a till of its own.',
  },
  'chain-broken': {
    title: 'Journal does not connect',
    meaning: 'An entry does not follow from the one before it, so the journal was changed or damaged.',
    advice: 'Compare the receipts around it with what arrived, and check who had access to the till.',
  },
  'clock-skew': {
    title: 'Clock far off',
    meaning: 'The till’s clock was far from the real time, so a sale may stand on the wrong day.',
    advice: 'Set the clock of that device, then check the dates of its sales.',
  },
  'id-reused': {
    title: 'Entry sent twice with different content',
    meaning: 'An entry came again under the same number with other content. Only the first one is counted.',
    advice: 'Compare both with the receipt; the second is kept as it came.',
  },
  unreadable: {
    title: 'Entry could not be read',
    meaning: 'Something the till sent could not be understood. It is kept as it came, and not counted yet.',
    advice: 'Find the receipt of that time, and update the till.',
  },
  'revoked-till': {
    title: 'Entries from a revoked till',
    meaning: 'A till you revoked has sent entries. They are kept for you to look at.',
    advice: 'Check whether these sales are genuine.',
  },
}

export const exceptionWords = (type: ExceptionType): ExceptionWords => WORDS[type]
