import { useTranslation } from 'react-i18next'
import { useFacts } from '../till-context.tsx'

export interface InvoiceWords {
  /** What a business asks for, on a button. */
  readonly ask: string
  /** The same over the dialog. */
  readonly title: string
  readonly save: string
}

/** A shop that is not registered for GST may call nothing a tax invoice. @param isSale what goes back has none either */
export function useInvoiceWords(isSale = true): InvoiceWords {
  const { t } = useTranslation()
  const { company } = useFacts().catalogue
  return isSale && company.gstRegistrationNo !== null
    ? {
        ask: t('Tax invoice for a business…'),
        title: t('Tax invoice for a business'),
        save: t('Put it on the tax invoice'),
      }
    : {
        ask: t('Receipt for a business…'),
        title: t('Receipt for a business'),
        save: t('Put it on the receipt'),
      }
}
