import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
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
    advice:
      'A till hears of a new price at its next contact. If this one was online, look at its health page; if it was not, nothing is wrong.',
  },
  'totals-differ': {
    title: 'Amounts do not add up',
    meaning:
      'Worked out again, this receipt gives other amounts than the till recorded. The amounts on the receipt stand, and they are what your totals count.',
    advice: 'Compare the amounts below with the receipt. If it happens again, the till needs an update.',
  },
  'unknown-product': {
    title: 'Product not in the catalogue',
    meaning:
      'The till sold or counted something that head office does not know, or had already deleted. What was recorded stands.',
    advice: 'Add the product if you still sell it; otherwise note why it was there.',
  },
  'unknown-customer': {
    title: 'Customer not known',
    meaning: 'The sale names a customer that head office does not have. The sale stands, with its points.',
    advice: 'Find out who the customer is, and note it here.',
  },
  'unknown-staff': {
    title: 'Cashier not known',
    meaning:
      'This was done by someone who is not on your staff list, or no longer. What was recorded stands.',
    advice: 'Find out who was at the till at that time.',
  },
  'points-overdrawn': {
    title: 'Points overdrawn',
    meaning: 'The customer redeemed points that had already been spent elsewhere. The sale stands.',
    advice: 'Decide whether to let the points go or to settle them with the customer.',
  },
  'value-overdrawn': {
    title: 'Gift card overdrawn',
    meaning:
      'More was spent of a gift card, a voucher or store credit than was on it: it was used at another till too. The sale stands.',
    advice: 'Ask at which tills the code was used, and decide whether to let the difference go.',
  },
  'over-refund': {
    title: 'More refunded than sold',
    meaning:
      'More was given back on a sale than it had, all its refunds taken together. The money has left the drawer, and your totals count it.',
    advice: 'Compare the refunds of this receipt, and talk to whoever made them.',
  },
  'late-after-close': {
    title: 'Rung up after the shift was closed',
    meaning:
      'The till wrote this in a shift that it had already closed, so the count at the close did not include it. It counts, on its own day.',
    advice: 'Look at that shift: the cash of this entry was in the drawer, or left it, after the count.',
  },
  'sequence-gap': {
    title: 'Entries are missing',
    meaning: 'The till has sent later entries but not these. Sales may be missing from your totals.',
    advice: 'Bring the till online. When the entries arrive, this closes by itself.',
  },
  'sequence-collision': {
    title: 'Two entries under one number',
    meaning:
      'Different entries carry the same numbers: this till’s browser was copied, or an old backup of it was put back. All of them are counted, and the copy goes on under numbers of its own.',
    advice: 'Find the second browser and enrol it as a till of its own.',
  },
  'chain-broken': {
    title: 'Journal does not connect',
    meaning:
      'An entry does not go on from the one before it, so the journal was changed or damaged. What arrived is counted as it stands.',
    advice: 'Compare the receipts around it with what arrived, and check who had access to the till.',
  },
  'clock-skew': {
    title: 'Clock far off',
    meaning:
      'The till’s clock was far from the real time, so what it sold may stand on the wrong day. The amounts are right.',
    advice: 'Set the clock of that device, then check the dates of its sales.',
  },
  'id-reused': {
    title: 'Entry sent twice with different content',
    meaning:
      'Entries came again under ids already used, with other content. Only the first of each is counted.',
    advice: 'Compare them with the receipts; what came second is kept as it came.',
  },
  unreadable: {
    title: 'Entries could not be read',
    meaning:
      'The till sent something that could not be understood. It is kept as it came, and not counted yet.',
    advice: 'Update the server or the till, then replay what is kept. It counts once, however often you try.',
  },
  'email-not-sent': {
    title: 'Receipt not e-mailed',
    meaning:
      'A customer asked for a receipt by e-mail and it could not be sent. The sale is not affected. Its address is shown only in part.',
    advice:
      'If the mail server is at fault, mend it and send again. If the address was wrong, ask the customer and send it anew from the till.',
  },
  'revoked-till': {
    title: 'Entries from a revoked till',
    meaning:
      'A till you revoked has sent entries. They are kept and do not count until you accept them: they may be the last sales of a till you trusted, or the doing of whoever has the device now.',
    advice: 'Compare them with the receipts and the cash of that till, then accept them or leave them out.',
  },
}

const SHIFT_TOTALS: ExceptionWords = {
  title: 'Shift does not add up',
  meaning:
    'What the till reckoned at the close differs from the entries it sent. Your totals count the entries.',
  advice: 'Compare both below. If the till’s figure is right, something it did is missing from its journal.',
}

export const exceptionWords = ({ type, detail }: Pick<ExceptionRow, 'type' | 'detail'>): ExceptionWords =>
  type === 'totals-differ' && typeof detail.shiftId === 'string' ? SHIFT_TOTALS : WORDS[type]
