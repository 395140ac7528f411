import type { CartCustomer } from '@evertill/shared/domain/cart'
import type { CustomerRow } from '@evertill/shared/protocol/pull'
import { Button, Modal, TextInput } from '@mantine/core'
import { IconFileInvoice, IconSearch, IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { useLiveQuery } from 'dexie-react-hooks'
import { type KeyboardEvent, lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { countText } from '../../app/format.ts'
import { searchCustomers } from '../../store/catalogue.ts'
import { useInvoiceWords } from '../buyer/use-invoice-words.ts'
import { useFacts, useServices } from '../till-context.tsx'
import classes from './cart.module.css'
import { cartCustomer, SINGLE_PPM } from './cart-customer.ts'

// Seldom needed: the first load of the till does not carry it.
const RegisterCustomer = lazy(() =>
  import('./register-customer.tsx').then((module) => ({ default: module.RegisterCustomer })),
)

const MOST_FOUND = 20

export function CustomerDialog({
  onChoose,
  onBuyer,
  onClose,
}: {
  onChoose: (customer: CartCustomer) => void
  /** Where the receipt can be made out to a business. */
  onBuyer?: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue } = useFacts()
  const { ask } = useInvoiceWords()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const [registering, setRegistering] = useState(false)
  const search = useLiveQuery(
    () => searchCustomers(db, text, MOST_FOUND).then((rows) => ({ text, rows })),
    [db, text],
  )
  const found = search?.rows
  // Enter may come faster than what it means: a scanned card types and enters in one go.
  const [entered, setEntered] = useState<string>()

  const tierOf = (customer: CustomerRow) => catalogue.tiers.find((tier) => tier.tierId === customer.tierId)
  const attach = (customer: CustomerRow) => {
    onChoose(cartCustomer(customer, catalogue.tiers))
    onClose()
  }
  const awaited = entered !== undefined && entered === text && search?.text === text
  const attachAwaited = useEffectEvent(() => {
    setEntered(undefined)
    const customer = found?.[chosen]
    if (customer !== undefined) attach(customer)
  })
  useEffect(() => {
    if (awaited) attachAwaited()
  }, [awaited])

  const revoked = catalogue.tillState === 'revoked'
  if (registering)
    return (
      <Modal
        opened
        onClose={onClose}
        size={480}
        title={t('New customer')}
        closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
      >
        <Suspense>
          <RegisterCustomer
            typed={text.trim()}
            onRegistered={({ customerId, name }) => {
              onChoose({ customerId, name, multiplierPpm: SINGLE_PPM })
              onClose()
            }}
            onKnown={attach}
          />
        </Suspense>
      </Modal>
    )

  const onKeyDown = (event: KeyboardEvent) => {
    const last = (found?.length ?? 0) - 1
    if (event.key === 'ArrowDown') setChosen(Math.min(last, chosen + 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, chosen - 1))
    else if (event.key === 'Enter') setEntered(text)
    else return
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
      {!revoked && (
        <Button
          variant="default"
          h={48}
          mt={12}
          fullWidth
          leftSection={<IconUserPlus aria-hidden size={20} />}
          onClick={() => setRegistering(true)}
        >
          {t('Register a new customer')}
        </Button>
      )}
      {onBuyer !== undefined && (
        <Button
          variant="default"
          h={48}
          mt={12}
          fullWidth
          leftSection={<IconFileInvoice aria-hidden size={20} />}
          onClick={onBuyer}
        >
          {ask}
        </Button>
      )}
    </Modal>
  )
}
