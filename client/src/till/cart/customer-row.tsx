import { ActionIcon } from '@mantine/core'
import { IconUser, IconUserPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'

export function CustomerRow() {
  const { t } = useTranslation()
  const { cart } = useOpenSale()
  const { lock, openDialog, changeCart } = useSelling()
  const { customer } = cart
  return (
    <div className={classes.customer}>
      <button
        type="button"
        disabled={lock !== undefined}
        aria-keyshortcuts="F4"
        onClick={() => openDialog({ kind: 'customer' })}
      >
        {customer === undefined ? <IconUserPlus aria-hidden size={22} /> : <IconUser aria-hidden size={22} />}
        <span className={classes.customerName}>{customer?.name ?? t('Add customer')}</span>
      </button>
      {customer !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size={48}
          disabled={lock !== undefined}
          aria-label={t('Remove {{name}} from the sale', { name: customer.name })}
          onClick={() => changeCart({ type: 'customer-set', customer: undefined })}
        >
          <IconX aria-hidden size={20} />
        </ActionIcon>
      )}
    </div>
  )
}
