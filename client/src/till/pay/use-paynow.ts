import { businessDate } from '@evertill/shared/domain/business-day'
import { minor } from '@evertill/shared/domain/money'
import {
  type PayNowProxy,
  payNowProxyOf,
  payNowQrText,
  payNowReference,
} from '@evertill/shared/domain/paynow'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { nextReceiptNo } from '../../store/record-entry.ts'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'
import type { Payment } from './use-payment.ts'

/** A code the customer is looking at. It never changes: the customer may be paying it. */
export interface PayNowAsked {
  readonly method: PaymentMethodRow
  readonly amount: number
  readonly reference: string
  readonly proxy: PayNowProxy
  /** What the code says. */
  readonly text: string
}

export interface PayNow {
  readonly asked: PayNowAsked | undefined
  /** Shows a code, or says why not; false when the method has nobody to pay and is taken as it stands. */
  readonly ask: (method: PaymentMethodRow, amount: number) => boolean
  readonly received: () => void
  readonly stop: () => void
}

const DAY_MS = 86_400_000

export function usePayNow(payment: Payment): PayNow {
  const { t } = useTranslation()
  const { db, now } = useServices()
  const { company, outlet } = useFacts().catalogue
  const { tenders } = useOpenSale()
  const { settlement } = useSelling()
  const [asked, setAsked] = useState<PayNowAsked>()

  const show = async (method: PaymentMethodRow, proxy: PayNowProxy, amount: number) => {
    // The number of the receipt it will be on: what the bank writes then names the sale.
    const receiptNo = await nextReceiptNo(db).catch(() => undefined)
    const leg = tenders.filter((tender) => tender.kind === 'paynow').length + 1
    const reference = payNowReference(receiptNo ?? '', leg)
    const text = payNowQrText({
      proxy,
      amount: minor(amount),
      reference,
      merchantName: company.name,
      // Tomorrow: a customer in the queue at midnight can still pay.
      expires: businessDate(new Date(now().getTime() + DAY_MS), outlet.timeZone, 0),
    })
    setAsked({ method, amount, reference, proxy, text })
  }

  const outdated = useEffectEvent(() => {
    if (asked === undefined || payment.recording) return
    setAsked(undefined)
    payment.refuse(
      t('The sale has changed, so that code no longer fits it. Choose {{name}} again.', {
        name: asked.method.name,
      }),
    )
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of what is left is the signal
  useEffect(() => outdated(), [settlement.remaining])

  return {
    asked,
    ask(method, amount) {
      const proxy = payNowProxyOf(method.payNowProxy ?? '')
      // A bank knows cents of Singapore dollars alone.
      if (method.kind !== 'paynow' || proxy === undefined || company.currency !== 'SGD') return false
      if (payment.allows(method, amount)) void show(method, proxy, amount)
      return true
    },
    received() {
      if (asked === undefined) return
      payment.take(asked.method, asked.amount, asked.reference === '' ? {} : { reference: asked.reference })
      setAsked(undefined)
    },
    stop: () => setAsked(undefined),
  }
}
