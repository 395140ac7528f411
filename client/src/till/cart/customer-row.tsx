import type { CartCustomer } from '@evertill/shared/domain/cart'
import { ActionIcon } from '@mantine/core'
import { IconUser, IconUserPlus, IconX } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { countText } from '../../app/format.ts'
import { findCustomer } from '../../store/catalogue.ts'
import { readPoints } from '../../store/points.ts'
import { CartBuyer } from '../buyer/cart-buyer.tsx'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'
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
        <span className={classes.customerWords}>
          <span className={classes.customerName}>{customer?.name ?? t('Add customer')}</span>
          {customer !== undefined && <Standing customerId={customer.customerId} />}
        </span>
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

/** Which of those of that name it is, and what they have: as this till knows it. */
function Standing({ customerId }: { customerId: string }) {
  const { t } = useTranslation()
  const { db, now } = useServices()
  const { tiers } = useFacts().catalogue
  const known = useLiveQuery(
    async () => ({
      customer: await findCustomer(db, customerId),
      points: await readPoints(db, customerId, now()),
    }),
    [db, customerId, now],
  )
  const { customer, points } = known ?? {}
  const about = [
    tiers.find(({ tierId }) => tierId === customer?.tierId)?.name,
    points && t('{{points}} points', { points: countText(points.balance) }),
    customer?.phone,
  ]
  // The line is there from the start: nothing below it moves once this is known.
  return <small className={classes.standing}>{about.filter(Boolean).join(' · ') || '\u00a0'}</small>
}
