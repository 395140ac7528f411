import { EMAIL } from '@evertill/shared/domain/email'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { CustomerRow } from '@evertill/shared/protocol/pull'
import { Button, TextInput } from '@mantine/core'
import { useLiveQuery } from 'dexie-react-hooks'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { registerCustomer } from '../../store/record-customer.ts'
import { useApproval } from '../approval/use-approval.tsx'
import { EmailField } from '../email/email-field.tsx'
import { isTyping } from '../frame/use-shortcuts.ts'
import classes from '../recording/recording.module.css'
import { useRecorder } from '../recording/use-recorder.ts'
import { useServices } from '../till-context.tsx'
import { AlreadyMember } from './already-member.tsx'
import { isPhone, knownMembers } from './known-members.ts'

interface RegisterCustomerProps {
  /** What was searched for and not found. */
  readonly typed: string
  readonly onRegistered: (customer: EntryOf<'customer-registered'>['body']) => void
  /** They are somebody whom this till knows. */
  readonly onKnown: (customer: CustomerRow) => void
}

/** A new customer, standing at the till: a name is enough. Whoever has their phone or address already is offered first. */
export function RegisterCustomer({ typed, onRegistered, onKnown }: RegisterCustomerProps) {
  const { t } = useTranslation()
  const { db } = useServices()
  const { record, recording, refusal } = useRecorder()
  const { withApproval, dialog } = useApproval('customer.register')
  const wasPhone = /^[+\d][\d\s-]*$/.test(typed)
  const [name, setName] = useState(wasPhone ? '' : typed)
  const [phone, setPhone] = useState(wasPhone ? typed : '')
  const [email, setEmail] = useState('')
  const [wrong, setWrong] = useState<'phone' | 'email'>()
  const phoneField = useRef<HTMLInputElement>(null)
  const emailField = useRef<HTMLInputElement>(null)
  // An address is looked for when it is whole, and not with every letter.
  const [wholeEmail, setWholeEmail] = useState('')
  const members =
    useLiveQuery(() => knownMembers(db, { name, phone, email: wholeEmail }), [db, name, phone, wholeEmail]) ??
    []
  const known = useRef<{ focus: () => void }>(null)
  const [isAsking, setAsking] = useState(false)
  const isKnown = members.length > 0
  useEffect(() => {
    if (!isAsking || !isKnown) return
    setAsking(false)
    known.current?.focus()
  }, [isAsking, isKnown])

  const isRight = (): boolean => {
    if (phone.trim() !== '' && !isPhone(phone)) {
      setWrong('phone')
      phoneField.current?.focus()
      return false
    }
    if (email.trim() !== '' && !EMAIL.test(email.trim())) {
      setWrong('email')
      emailField.current?.focus()
      return false
    }
    return true
  }
  const register = () =>
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
  const looking = useRef(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '' || looking.current || !isRight()) return
    looking.current = true
    // Where the till cannot look, it cannot record either, and says so.
    const found = await knownMembers(db, { name, phone, email }).catch(() => [])
    looking.current = false
    if (found.length === 0) return register()
    setWholeEmail(email)
    setAsking(true)
  }
  // Enter goes to who is known already, and the next one chooses them.
  const toKnown = (event: KeyboardEvent) => {
    if (!isKnown || event.key !== 'Enter' || !isTyping(event.target)) return
    event.preventDefault()
    known.current?.focus()
  }
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => void submit(event)}
        onBlur={() => setWholeEmail(email)}
        onKeyDown={toKnown}
        noValidate
      >
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
          ref={phoneField}
          size="lg"
          type="tel"
          label={t('Phone (if they like)')}
          value={phone}
          maxLength={40}
          autoComplete="off"
          autoFocus={name !== ''}
          error={
            wrong === 'phone' &&
            t('A phone number has 6 digits or more, and no letters. Check it with the customer.')
          }
          onChange={(event) => {
            setPhone(event.currentTarget.value)
            setWrong(undefined)
          }}
        />
        <EmailField
          field={emailField}
          label={t('E-mail for receipts (if they like)')}
          value={email}
          wrong={wrong === 'email'}
          onType={(text) => {
            setEmail(text)
            setWholeEmail('')
            setWrong(undefined)
          }}
        />
        {isKnown && <AlreadyMember ref={known} members={members} onUse={onKnown} />}
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
        {/* Two buttons, for a press that has begun on one must not end on the other. */}
        {isKnown ? (
          <Button
            key="another"
            variant="default"
            h={48}
            loading={recording}
            disabled={name.trim() === ''}
            onClick={() => isRight() && register()}
          >
            {t('Register another all the same')}
          </Button>
        ) : (
          <Button
            key="register"
            type="submit"
            h={56}
            fz={18}
            loading={recording}
            disabled={name.trim() === ''}
          >
            {name.trim() === '' ? t('Register') : t('Register {{name}}', { name: name.trim() })}
          </Button>
        )}
      </form>
      {dialog}
    </>
  )
}
