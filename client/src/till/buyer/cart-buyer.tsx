import { IconFileInvoice } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from '../cart/cart.module.css'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import { useInvoiceWords } from './use-invoice-words.ts'

/** Beside the customer: whom the receipt is made out to, or where to say so. */
export function CartBuyer() {
  const { t } = useTranslation()
  const { buyer } = useOpenSale().cart
  const { lock, openDialog } = useSelling()
  const { ask } = useInvoiceWords()
  const label = buyer === undefined ? ask : t('Bill to {{name}}: change', { name: buyer.name })
  return (
    <button
      type="button"
      className={classes.buyer}
      disabled={lock === 'revoked' || lock === 'not-allowed'}
      aria-label={label}
      title={label}
      onClick={() => openDialog({ kind: 'buyer' })}
    >
      <IconFileInvoice aria-hidden size={22} />
      {buyer !== undefined && <span className={classes.customerName}>{buyer.name}</span>}
    </button>
  )
}
