import type { EntryOf } from '@evertill/shared/protocol/entry'
import { type NamedReceipt, namedReceipt } from '@evertill/shared/receipt/named-receipt'
import { useCallback, useSyncExternalStore } from 'react'
import type { Elsewhere } from '../../store/journal.ts'
import { keptLogo } from '../../store/logo.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { usePaperWords } from './use-paper-words.ts'

/** A recorded sale, refund or void as a receipt, with the names this till knows. @param elsewhere where it was made */
export function useReceiptOf(): (
  entry: EntryOf<'sale' | 'refund' | 'void'>,
  elsewhere?: Elsewhere,
) => NamedReceipt {
  const { till, catalogue } = useFacts()
  const { t } = usePaperWords()
  const kept = keptLogo(useServices().db)
  const logo = useSyncExternalStore(kept.subscribe, kept.get)
  return useCallback(
    (entry, elsewhere) => {
      const { company, outlet, staff, knownMethods } = catalogue
      const names = {
        companyName: company.name,
        ...(company.receiptHeader !== undefined && { header: company.receiptHeader }),
        outletName: elsewhere?.outletName ?? outlet.name,
        ...(outlet.address !== null && entry.outletId === outlet.outletId && { address: outlet.address }),
        ...(company.gstRegistrationNo !== null && { gstRegistrationNo: company.gstRegistrationNo }),
        tillName: elsewhere?.tillName ?? till.tillName,
        cashierName: staff.find((person) => person.staffId === entry.staffId)?.name ?? '—',
        timeZone: outlet.timeZone,
        ...(company.receiptFooter !== null && { footer: company.receiptFooter }),
        paymentMethods: knownMethods,
      }
      return { ...namedReceipt(entry, names, t), ...(logo !== undefined && { logo }) }
    },
    [till, catalogue, t, logo],
  )
}
