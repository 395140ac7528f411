import type { CustomerRow } from '@evertill/shared/protocol/pull'
import { Modal, TextInput } from '@mantine/core'
import { IconSearch, IconUserSearch } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { countText } from '../../app/format.ts'
import { searchCustomers } from '../../store/catalogue.ts'
import { useSelling } from '../selling.tsx'
import { useFacts, useServices } from '../till-context.tsx'
import classes from './cart.module.css'

const MOST_FOUND = 20
const SINGLE_PPM = 1_000_000

export function CustomerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const { changeCart } = useSelling()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = useLiveQuery(() => searchCustomers(db, text, MOST_FOUND), [db, text])

  const tierOf = (customer: CustomerRow) => catalogue.tiers.find((tier) => tier.tierId === customer.tierId)
  const attach = (customer: CustomerRow) => {
    const { customerId, name } = customer
    const multiplierPpm = tierOf(customer)?.multiplierPpm ?? SINGLE_PPM
    changeCart({ type: 'customer-set', customer: { customerId, name, multiplierPpm } })
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = (found?.length ?? 0) - 1
    if (event.key === 'ArrowDown') setChosen(Math.min(last, chosen + 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, chosen - 1))
    else if (event.key === 'Enter') {
      const customer = found?.[chosen]
      if (customer !== undefined) attach(customer)
    } else return
    event.preventDefault()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t('Customer')}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <TextInput
        type="search"
        size="lg"
        data-autofocus
        aria-label={t('Name, phone or code')}
        placeholder={t('Name, phone or code')}
        leftSection={<IconSearch aria-hidden size={22} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
      />
      <ul className={classes.customers} aria-label={t('Customers found')}>
        {found?.map((customer, i) => (
          <li key={customer.customerId}>
            <button type="button" data-chosen={i === chosen} onClick={() => attach(customer)}>
              <span>
                {customer.name}
                <br />
                <small>{[customer.phone, customer.code].filter(Boolean).join(' · ')}</small>
              </span>
              <small>
                {[tierOf(customer)?.name, t('{{points}} points', { points: countText(customer.points) })]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </button>
          </li>
        ))}
        {found?.length === 0 && (
          <li>
            {text.trim() === '' ? (
              <EmptyState icon={IconUserSearch} title={t('Who is buying?')}>
                {t('Type the beginning of a name, a phone number or a member code.')}
              </EmptyState>
            ) : (
              <EmptyState icon={IconUserSearch} title={t('No customer found')}>
                {t('Check the spelling, or try the last digits of the phone number.')}
              </EmptyState>
            )}
          </li>
        )}
      </ul>
    </Modal>
  )
}
