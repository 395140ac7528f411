import { minor } from '@evertill/shared/domain/money'
import { cleanReference, MAX_REFERENCE } from '@evertill/shared/domain/tender'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { MoneyEntry } from '../recording/money-entry.tsx'
import forms from '../recording/recording.module.css'
import { useFacts } from '../till-context.tsx'
import type { ValuePayment } from './value-payment.ts'

/** A voucher that somebody else has issued: taken at its face value, and kept in the drawer. */
export function PaperVoucher({ payment, onDone }: { payment: ValuePayment; onDone: () => void }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  const [asked, setAsked] = useState(false)
  const [number, setNumber] = useState('')
  const method = catalogue.paymentMethods.find(({ kind }) => kind === 'voucher')
  if (method === undefined) return null
  const due = payment.leftBy(method)
  const losesRest = method.rest === 'forfeited'
  if (!asked)
    return (
      <Button h={48} variant="default" onClick={() => setAsked(true)}>
        {t('A paper voucher without a code…')}
      </Button>
    )
  const use = (face: number) => {
    const amount = Math.min(face, due)
    const lost = face - amount
    const reference = cleanReference(number)
    const more = {
      ...(lost > 0 && { forfeited: minor(lost) }),
      ...(reference !== undefined && { reference }),
    }
    if (payment.take(method, amount, more)) onDone()
  }
  return (
    <>
      <p className={forms.quiet}>
        {losesRest
          ? t('No change is given: what it is worth beyond {{due}} is lost.', { due: money(due) })
          : t('It can pay {{due}} at most, because no change is given.', { due: money(due) })}
      </p>
      <p className={forms.refusal} role="alert">
        {payment.refusal}
      </p>
      <TextInput
        size="lg"
        label={t('Number on it, if it has one')}
        value={number}
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_REFERENCE}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <MoneyEntry
        placeholder={t('What it is worth')}
        idle={t('Type what it is worth')}
        action={(amount, text) =>
          amount > 0 && (losesRest || amount <= due)
            ? t('Take {{amount}} voucher', { amount: text })
            : undefined
        }
        why={(amount) => (amount > due ? t('At most {{most}}', { most: money(due) }) : undefined)}
        onDone={use}
      />
    </>
  )
}
