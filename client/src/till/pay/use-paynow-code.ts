import { businessDate } from '@evertill/shared/domain/business-day'
import { minor } from '@evertill/shared/domain/money'
import {
  type PayNowProxy,
  payNowProxyOf,
  payNowQrText,
  payNowReference,
} from '@evertill/shared/domain/paynow'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useRef, useState } from 'react'
import { nextReceiptNo } from '../../store/record-entry.ts'
import { timeAt } from '../../store/till-clock.ts'
import { useFacts, useServices } from '../till-context.tsx'

/** A code the customer is looking at. It never changes: the customer may be paying it. */
export interface PayNowAsked {
  readonly method: PaymentMethodRow
  readonly amount: number
  readonly reference: string
  readonly proxy: PayNowProxy
  /** What the code says. */
  readonly text: string
}

/** Which sale the code pays: what the bank writes then names it. */
export interface PaidByCode {
  /** How many numbers other papers take before the sale's. */
  readonly papersBefore?: number
  /** From 1: of several codes that pay one sale. */
  readonly leg: number
}

export interface PayNowCode {
  readonly asked: PayNowAsked | undefined
  /** False when the method has nobody to pay and is taken as it stands. */
  readonly canShow: (method: PaymentMethodRow) => boolean
  readonly show: (method: PaymentMethodRow, amount: number, paid: PaidByCode) => void
  readonly stop: () => void
}

const DAY_MS = 86_400_000

export function usePayNowCode(): PayNowCode {
  const { db, now } = useServices()
  const { company, outlet, pricing } = useFacts().catalogue
  const [asked, setAsked] = useState<PayNowAsked>()
  // Whoever went on before a code was made does not see it afterwards.
  const wanted = useRef(0)

  // A bank knows cents of Singapore dollars alone.
  const proxyOf = ({ kind, payNowProxy = '' }: PaymentMethodRow) =>
    kind === 'paynow' && company.currency === 'SGD' ? payNowProxyOf(payNowProxy) : undefined
  const make = async (
    method: PaymentMethodRow,
    proxy: PayNowProxy,
    amount: number,
    { papersBefore = 0, leg }: PaidByCode,
  ) => {
    const receiptNo = await nextReceiptNo(db, papersBefore).catch(() => undefined)
    const reference = payNowReference(receiptNo ?? '', leg)
    const text = payNowQrText({
      proxy,
      amount: minor(amount),
      reference,
      merchantName: company.name,
      // Tomorrow: a customer in the queue at midnight can still pay.
      expires: businessDate(new Date(timeAt(now(), pricing).getTime() + DAY_MS), outlet.timeZone, 0),
    })
    return { method, amount, reference, proxy, text }
  }

  return {
    asked,
    canShow: (method) => proxyOf(method) !== undefined,
    show: (method, amount, paid) => {
      const proxy = proxyOf(method)
      if (proxy === undefined) return
      wanted.current += 1
      const mine = wanted.current
      void make(method, proxy, amount, paid).then((made) => wanted.current === mine && setAsked(made))
    },
    stop: () => {
      wanted.current += 1
      setAsked(undefined)
    },
  }
}

/** What the leg carries that was paid by the code. */
export const referenceOf = ({ reference }: Pick<PayNowAsked, 'reference'>): { reference?: string } =>
  reference === '' ? {} : { reference }
