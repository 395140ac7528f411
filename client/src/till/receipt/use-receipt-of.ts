import { EXCHANGE_METHOD } from '@evertill/shared/domain/exchange'
import { type Receipt, receiptOf, refundReceiptOf } from '@evertill/shared/domain/receipt'
import type { EntryOf, SaleEntry } from '@evertill/shared/protocol/entry'
import { useCallback } from 'react'
import { onPaper } from '../../app/i18n.ts'
import { useFacts } from '../till-context.tsx'

/** A receipt whose payment methods have their names. */
export interface NamedReceipt extends Receipt {
  readonly tenders: readonly (Receipt['tenders'][number] & { readonly methodName: string })[]
}

/** A recorded sale, refund or void as a receipt, with the names this till knows. */
export function useReceiptOf(): (entry: SaleEntry | EntryOf<'refund'> | EntryOf<'void'>) => NamedReceipt {
  const { till, catalogue } = useFacts()
  return useCallback(
    (entry) => {
      const { company, outlet, staff, paymentMethods } = catalogue
      const context = {
        companyName: company.name,
        outletName: outlet.name,
        ...(outlet.address !== null && { address: outlet.address }),
        ...(company.gstRegistrationNo !== null && { gstRegistrationNo: company.gstRegistrationNo }),
        tillName: till.tillName,
        cashierName: staff.find((person) => person.staffId === entry.staffId)?.name ?? '—',
        at: entry.at,
        timeZone: outlet.timeZone,
        ...(company.receiptFooter !== null && { footer: company.receiptFooter }),
      }
      const receipt =
        entry.kind === 'sale'
          ? receiptOf(entry.body, context)
          : refundReceiptOf(entry.kind, entry.body, context)
      const tenders = receipt.tenders.map((tender) => {
        const method = paymentMethods.find(({ code }) => code === tender.methodCode)
        const goods = tender.methodCode === EXCHANGE_METHOD ? onPaper('Exchange') : undefined
        return { ...tender, methodName: method?.name ?? goods ?? tender.methodCode }
      })
      return { ...receipt, tenders }
    },
    [till, catalogue],
  )
}
