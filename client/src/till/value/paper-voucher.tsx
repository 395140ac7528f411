import { minor } from '@evertill/shared/domain/money'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { usePayment } from '../pay/use-payment.ts'
import { MoneyEntry } from '../recording/money-entry.tsx'
import forms from '../recording/recording.module.css'
import { useFacts } from '../till-context.tsx'

/** A voucher that somebody else has issued: taken at its face value, and kept in the drawer. */
export function PaperVoucher({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  const payment = usePayment()
  const [asked, setAsked] = useState(false)
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
    if (payment.take(method, amount, lost > 0 ? { forfeited: minor(lost) } : {})) onDone()
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
      <MoneyEntry
        placeholder={t('What it is worth')}
        idle={t('Type what it is worth')}
        action={(amount, text) =>
          amount > 0 && (losesRest || amount <= due)
            ? t('Take {{amount}} voucher', { amount: text })
            : undefined
        }
        onDone={use}
      />
    </>
  )
}
