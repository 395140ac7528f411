import type { Buyer } from '@evertill/shared/domain/buyer'
import type { ReceiptContext } from '@evertill/shared/domain/receipt'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { OutletRow } from '@evertill/shared/protocol/pull'
import { type NamedReceipt, namedReceipt } from '@evertill/shared/receipt/named-receipt'
import { useCallback, useSyncExternalStore } from 'react'
import { staffName } from '../../store/catalogue.ts'
import type { Elsewhere } from '../../store/journal.ts'
import { keptLogo } from '../../store/logo.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { usePaperWords } from './use-paper-words.ts'

/**
 * A recorded sale, refund or void as a receipt, with the names this till knows.
 * @param elsewhere where it was made, @param buyer whom it was made out to after it was recorded
 */
export function useReceiptOf(): (
  entry: EntryOf<'sale' | 'refund' | 'void'>,
  elsewhere?: Elsewhere,
  buyer?: Buyer,
) => NamedReceipt {
  const { till, catalogue } = useFacts()
  const { t } = usePaperWords()
  const kept = keptLogo(useServices().db)
  const logo = useSyncExternalStore(kept.subscribe, kept.get)
  return useCallback(
    (entry, elsewhere, buyer) => {
      const { company, outlet, knownMethods } = catalogue
      const names = {
        companyName: company.name,
        ...(company.receiptHeader !== undefined && { header: company.receiptHeader }),
        outletName: elsewhere?.outletName ?? outlet.name,
        // Of another outlet's paper only its name is known here.
        ...(entry.outletId === outlet.outletId && addressOf(outlet)),
        ...(company.gstRegistrationNo !== null && { gstRegistrationNo: company.gstRegistrationNo }),
        tillName: elsewhere?.tillName ?? till.tillName,
        cashierName: staffName(catalogue, entry.staffId),
        timeZone: outlet.timeZone,
        ...(company.receiptFooter !== null && { footer: company.receiptFooter }),
        paymentMethods: knownMethods,
      }
      return { ...namedReceipt(entry, names, t, buyer), ...(logo !== undefined && { logo }) }
    },
    [till, catalogue, t, logo],
  )
}

const addressOf = ({ address, phone }: OutletRow): Pick<ReceiptContext, 'address' | 'phone'> => ({
  ...(address !== null && { address }),
  ...(phone !== undefined && { phone }),
})
