import { EMAIL } from '@evertill/shared/domain/email'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { registerCustomer } from '../../store/record-customer.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { EmailField } from '../email/email-field.tsx'
import classes from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'

interface RegisterCustomerProps {
  /** What was searched for and not found. */
  readonly typed: string
  readonly onRegistered: (customer: EntryOf<'customer-registered'>['body']) => void
}

/** A new customer, standing at the till: a name is enough. */
export function RegisterCustomer({ typed, onRegistered }: RegisterCustomerProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { record, recording, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('customer.register')
  const isPhone = /^[+\d][\d\s-]*$/.test(typed)
  const [name, setName] = useState(isPhone ? '' : typed)
  const [phone, setPhone] = useState(isPhone ? typed : '')
  const [email, setEmail] = useState('')
  const [wrong, setWrong] = useState(false)
  const emailField = useRef<HTMLInputElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    if (email.trim() !== '' && !EMAIL.test(email.trim())) {
      setWrong(true)
      emailField.current?.focus()
      return
    }
    withApproval(
      (approval) =>
        record(
          (input) =>
            registerCustomer(db, {
              ...input,
              name: name.trim(),
              ...(phone.trim() !== '' && { phone: phone.trim() }),
              ...(email.trim() !== '' && { email: email.trim() }),
              ...(approval && { approval }),
            }),
          ({ entry }) => onRegistered(entry.body),
        ),
      t('Register {{name}}', { name: name.trim() }),
    )
  }
  return (
    <>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          size="lg"
          label={t('Name')}
          value={name}
          maxLength={200}
          autoComplete="off"
          autoFocus={name === ''}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          size="lg"
          type="tel"
          label={t('Phone (if they like)')}
          value={phone}
          maxLength={40}
          autoComplete="off"
          autoFocus={name !== ''}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <EmailField
          field={emailField}
          label={t('E-mail for receipts (if they like)')}
          value={email}
          wrong={wrong}
          onType={(text) => {
            setEmail(text)
            setWrong(false)
          }}
        />
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
        <Button type="submit" h={56} fz={18} loading={recording} disabled={name.trim() === ''}>
          {name.trim() === '' ? t('Register') : t('Register {{name}}', { name: name.trim() })}
        </Button>
      </form>
      {dialog}
    </>
  )
}
