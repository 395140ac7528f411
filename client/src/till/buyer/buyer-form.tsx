import {
  type Buyer,
  buyerOf,
  MAX_BUYER_ADDRESS,
  MAX_BUYER_NAME,
  MAX_REGISTRATION_NO,
} from '@evertill/shared/domain/buyer'
import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import forms from '../recording/recording.module.css'

interface BuyerFormProps {
  readonly known: Partial<Buyer>
  readonly save: string
  readonly saving?: boolean
  readonly refusal?: string | undefined
  readonly onSave: (buyer: Buyer) => void
  /** Below the button. */
  readonly children?: ReactNode
}

/** Whom a receipt is made out to, as a customer reads it out or off a card. */
export function BuyerForm({ known, save, saving = false, refusal, onSave, children }: BuyerFormProps) {
  const { t } = useTranslation()
  const [name, setName] = useState(known.name ?? '')
  const [address, setAddress] = useState(known.address ?? '')
  const [registrationNo, setRegistrationNo] = useState(known.registrationNo ?? '')
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const buyer = buyerOf({ name, address, registrationNo })
    if (buyer !== undefined) return onSave(buyer)
    setTried(true)
    const missing = name.trim() === '' ? 'name' : 'address'
    form.current?.querySelector<HTMLElement>(`[name="${missing}"]`)?.focus()
  }
  // A name that is there needs no typing.
  const startsAtAddress = name !== '' && known.address === undefined
  const [first] = useState(startsAtAddress ? 'address' : 'name')
  const shared = { size: 'lg', autoComplete: 'off', spellCheck: false } as const
  return (
    <form ref={form} className={forms.form} onSubmit={submit} noValidate>
      <TextInput
        {...shared}
        name="name"
        label={t('Name of the business')}
        data-autofocus={first === 'name' || undefined}
        value={name}
        maxLength={MAX_BUYER_NAME}
        error={tried && name.trim() === '' && t('The invoice needs a name.')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        {...shared}
        name="address"
        label={t('Address')}
        data-autofocus={first === 'address' || undefined}
        rows={3}
        value={address}
        maxLength={MAX_BUYER_ADDRESS}
        error={tried && address.trim() === '' && t('The invoice needs an address.')}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        {...shared}
        name="registrationNo"
        label={t('UEN or GST number, if they want it on it')}
        autoCapitalize="characters"
        value={registrationNo}
        maxLength={MAX_REGISTRATION_NO}
        onChange={(event) => setRegistrationNo(event.currentTarget.value)}
      />
      <p className={forms.refusal} role="alert">
        {refusal}
      </p>
      <Button type="submit" h={56} fz={18} loading={saving}>
        {save}
      </Button>
      {children}
    </form>
  )
}
