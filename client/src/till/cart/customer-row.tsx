import type { CartCustomer } from '@evertill/shared/domain/cart'
import { ActionIcon } from '@mantine/core'
import { IconUser, IconUserPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CartBuyer } from '../buyer/cart-buyer.tsx'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'

export function CustomerRow() {
  const { cart } = useOpenSale()
  const { lock, openDialog, changeCart } = useSelling()
  return (
    <ChosenCustomer
      customer={cart.customer}
      disabled={lock !== undefined}
      onChoose={() => openDialog({ kind: 'customer' })}
      onRemove={() => changeCart({ type: 'customer-set', customer: undefined })}
    >
      <CartBuyer />
    </ChosenCustomer>
  )
}

export interface ChosenCustomerProps {
  readonly customer: CartCustomer | undefined
  readonly disabled?: boolean
  readonly onChoose: () => void
  readonly onRemove: () => void
  /** At the end of the row. */
  readonly children?: ReactNode
}

/** Whose the goods are: F4 chooses. */
export function ChosenCustomer({
  customer,
  disabled = false,
  onChoose,
  onRemove,
  children,
}: ChosenCustomerProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.customer}>
      <button type="button" disabled={disabled} aria-keyshortcuts="F4" onClick={onChoose}>
        {customer === undefined ? <IconUserPlus aria-hidden size={22} /> : <IconUser aria-hidden size={22} />}
        <span className={classes.customerName}>{customer?.name ?? t('Add customer')}</span>
      </button>
      {customer !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size={48}
          disabled={disabled}
          aria-label={t('Remove {{name}} from the sale', { name: customer.name })}
          onClick={onRemove}
        >
          <IconX aria-hidden size={20} />
        </ActionIcon>
      )}
      {children}
    </div>
  )
}
