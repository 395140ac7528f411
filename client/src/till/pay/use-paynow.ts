import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import type { Payment } from './use-payment.ts'
import { type PayNowAsked, referenceOf, usePayNowCode } from './use-paynow-code.ts'

export interface PayNow {
  readonly asked: PayNowAsked | undefined
  /** Shows a code, or says why not; one that has nobody to pay is taken as it stands. */
  readonly ask: (method: PaymentMethodRow, amount: number) => 'shown' | 'refused' | 'no-code'
  readonly received: () => void
  readonly stop: () => void
}

/** The code of the sale that is being paid. */
export function usePayNow(payment: Payment): PayNow {
  const { t } = useTranslation()
  const { tenders } = useOpenSale()
  const { settlement } = useSelling()
  const { asked, show, stop, canShow } = usePayNowCode()

  const outdated = useEffectEvent(() => {
    if (asked === undefined || payment.recording) return
    stop()
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
      if (!canShow(method)) return 'no-code'
      const leg = tenders.filter((tender) => tender.kind === 'paynow').length + 1
      if (!payment.allows(method, amount)) return 'refused'
      show(method, amount, { leg })
      return 'shown'
    },
    received() {
      if (asked === undefined) return
      payment.take(asked.method, asked.amount, referenceOf(asked))
      stop()
    },
    stop,
  }
}
