import type { Buyer } from '../domain/buyer.ts'
import { EXCHANGE_METHOD } from '../domain/exchange.ts'
import { type Receipt, type ReceiptContext, receiptOf, refundReceiptOf } from '../domain/receipt.ts'
import type { Seller } from '../domain/seller.ts'
import type { EntryOf } from '../protocol/entry.ts'
import type { Logo } from '../protocol/logo.ts'
import { paperTime } from './paper-time.ts'
import type { Say } from './say.ts'

/** A receipt whose payment methods have their names. */
export interface NamedReceipt extends Receipt {
  readonly logo?: Logo
  readonly tenders: readonly (Receipt['tenders'][number] & { readonly methodName: string })[]
}

/** Names that stand on a receipt, as whoever writes it knows them. */
export interface ReceiptNames extends Omit<ReceiptContext, 'at'> {
  readonly paymentMethods: readonly { readonly code: string; readonly name: string }[]
}

/**
 * A recorded sale, refund or void as a receipt. A payment method that is not known is named by its code.
 * @param buyer whom it is made out to, where that was said after it was recorded
 */
export function namedReceipt(
  entry: EntryOf<'sale' | 'refund' | 'void'>,
  { paymentMethods, ...names }: ReceiptNames,
  t: Say,
  buyer?: Buyer,
): NamedReceipt {
  const context = { ...soldBy(names, entry.body.seller), at: paperTime(entry) }
  const receipt =
    entry.kind === 'sale' ? receiptOf(entry.body, context) : refundReceiptOf(entry.kind, entry.body, context)
  const tenders = receipt.tenders.map((tender) => {
    const method = paymentMethods.find(({ code }) => code === tender.methodCode)
    const goods = tender.methodCode === EXCHANGE_METHOD ? t('Exchange') : undefined
    return { ...tender, methodName: method?.name ?? goods ?? tender.methodCode }
  })
  return { ...receipt, ...(buyer && { buyer }), tenders }
}

/** The names of then where the paper has them: all that a tax invoice says of its seller, or none of it. */
function soldBy(names: Omit<ReceiptContext, 'at'>, seller: Seller | undefined): Omit<ReceiptContext, 'at'> {
  if (seller === undefined) return names
  const { address: _, phone: __, gstRegistrationNo: ___, ...rest } = names
  const { company, outlet, ...said } = seller
  return { ...rest, companyName: company, outletName: outlet, ...said }
}
