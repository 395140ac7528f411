import { minor, thousandths } from '@evertill/shared/domain/money'
import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'
import { useTranslation } from 'react-i18next'
import { useFacts, useServices, useStaff } from '../till-context.tsx'

/** A receipt of nothing: it says so, has no tax number, and is recorded nowhere. */
export function useTestReceipt(): () => NamedReceipt {
  const { t } = useTranslation()
  const { till, catalogue } = useFacts()
  const { name } = useStaff()
  const { now } = useServices()
  const nothing = minor(0)
  const line = (name: string) => ({
    name,
    quantity: thousandths(1000),
    unitPrice: nothing,
    gross: nothing,
    discount: nothing,
    taxCode: '',
  })
  return () => ({
    context: {
      companyName: catalogue.company.name,
      outletName: catalogue.outlet.name,
      tillName: till.tillName,
      cashierName: name,
      at: now().toISOString(),
      timeZone: catalogue.outlet.timeZone,
      footer: t('This is a test page. Nothing was sold.'),
    },
    receiptNo: 'TEST',
    currency: catalogue.company.currency,
    taxInclusive: catalogue.company.taxInclusive,
    lines: [line(t('Test page')), line('中文'), line('தமிழ்')],
    gross: nothing,
    billDiscount: nothing,
    tax: nothing,
    taxRows: [],
    rounding: nothing,
    total: nothing,
    tenders: [],
    change: nothing,
    pointsEarned: 0,
  })
}
