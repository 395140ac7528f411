import { MOST_MONEY, minor } from '@evertill/shared/domain/money'
import { mostValue, type ValueKnown, valueTaken } from '@evertill/shared/domain/stored-value'
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { isHasty } from '../../devices/steady-hands.ts'
import { MoneyEntry } from '../recording/money-entry.tsx'
import forms from '../recording/recording.module.css'
import { useFacts } from '../till-context.tsx'
import type { ValuePayment } from './value-payment.ts'

interface UseValueProps {
  readonly code: string
  readonly known: ValueKnown
  readonly payment: ValuePayment
  /** Whether nobody is typing any more: Enter uses it. */
  readonly isAsked: boolean
  readonly onDone: () => void
}

/** Pays with what is on a code: all that is due of it, or less. */
export function UseValue({ code, known, payment, isAsked, onDone }: UseValueProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  const [less, setLess] = useState(false)
  const useIt = useRef<HTMLButtonElement>(null)
  const focusedAt = useRef(0)
  useEffect(() => {
    if (!isAsked) return
    useIt.current?.focus()
    focusedAt.current = performance.now()
  }, [isAsked])
  const method = catalogue.paymentMethods.find(({ kind }) => kind === known.kind)
  if (method === undefined)
    return <p className={forms.refusal}>{t('This shop does not take these any more.')}</p>

  const limit = catalogue.company.valueOfflineLimit ?? 0
  const taken = valueTaken(code, payment.tenders)
  const left = known.balance - taken.paid - taken.forfeited
  const onIt = mostValue(known, limit, MOST_MONEY, taken)
  const most = mostValue(known, limit, minor(payment.leftBy(method)), taken)
  // What this till may not take yet is not lost: it stays on it.
  const lost = method.rest === 'forfeited' && most === payment.leftBy(method) ? left - most : 0
  const use = (amount: number) => {
    const isTaken = payment.take(method, amount, {
      code,
      ...(lost > 0 && amount === most && { forfeited: minor(lost) }),
    })
    if (isTaken) onDone()
  }

  if (most === 0)
    return (
      <p className={forms.refusal}>
        {left > 0 && onIt === 0
          ? t('This till may take no more of it before it has been online. Ask for another way to pay.')
          : t('There is nothing to pay with it.')}
      </p>
    )
  return (
    <>
      {onIt < left && lost === 0 && (
        <p className={forms.quiet}>
          {t('Until this till has been online, it may take {{amount}} of it.', { amount: money(onIt) })}
        </p>
      )}
      {lost > 0 && !less && (
        <p className={forms.quiet}>
          {t('It can be used once only: the {{rest}} that is left on it is lost.', { rest: money(lost) })}
        </p>
      )}
      <p className={forms.refusal} role="alert">
        {payment.refusal}
      </p>
      {less ? (
        <MoneyEntry
          placeholder={money(most)}
          idle={t('Type the amount')}
          action={(amount, text) =>
            amount > 0 && amount <= most ? t('Use {{amount}}', { amount: text }) : undefined
          }
          why={(amount) => (amount > most ? t('At most {{most}}', { most: money(most) }) : undefined)}
          onDone={use}
        />
      ) : (
        <>
          <Button
            ref={useIt}
            data-autofocus={isAsked || undefined}
            h={64}
            fz={20}
            loading={payment.recording}
            onClick={(event) => {
              // What it will pay is read first.
              if (!isHasty(event, focusedAt.current)) use(most)
            }}
          >
            {t('Use {{amount}}', { amount: money(most) })}
          </Button>
          {method.rest !== 'forfeited' && (
            <Button h={48} variant="default" onClick={() => setLess(true)}>
              {t('Use less…')}
            </Button>
          )}
        </>
      )}
    </>
  )
}
