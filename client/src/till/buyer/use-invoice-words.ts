import type { EntryOf } from '@evertill/shared/protocol/entry'
import { useTranslation } from 'react-i18next'
import { useFacts } from '../till-context.tsx'

export interface InvoiceWords {
  /** What a business asks for, on a button. */
  readonly ask: string
  /** The same over the dialog. */
  readonly title: string
  readonly save: string
}

/**
 * A shop that is not registered for GST may call nothing a tax invoice, and what goes back is a credit note.
 * @param entry the paper, once it is recorded: it is what it was then, whatever the shop is now
 */
export function useInvoiceWords(entry?: EntryOf<'sale' | 'refund' | 'void'>): InvoiceWords {
  const { t } = useTranslation()
  const { company } = useFacts().catalogue
  const registrationNo = entry?.body.seller ? entry.body.seller.gstRegistrationNo : company.gstRegistrationNo
  if (registrationNo === null || registrationNo === undefined)
    return {
      ask: t('Receipt for a business…'),
      title: t('Receipt for a business'),
      save: t('Put it on the receipt'),
    }
  return entry === undefined || entry.kind === 'sale'
    ? {
        ask: t('Tax invoice for a business…'),
        title: t('Tax invoice for a business'),
        save: t('Put it on the tax invoice'),
      }
    : {
        ask: t('Credit note for a business…'),
        title: t('Credit note for a business'),
        save: t('Put it on the credit note'),
      }
}
