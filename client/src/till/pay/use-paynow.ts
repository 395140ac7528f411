import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CodeShown } from '../../store/cart.ts'
import { useSelling } from '../selling.tsx'
import { useOpenSale, useServices } from '../till-context.tsx'
import type { Payment } from './use-payment.ts'
import { type PayNowAsked, referenceOf, usePayNowCode } from './use-paynow-code.ts'
import { type UnansweredCode, useUnansweredCode } from './use-unanswered-code.ts'

export interface PayNow {
  readonly asked: PayNowAsked | undefined
  /** A code that was shown before this screen was: somebody has to say whether its money came. */
  readonly unanswered: UnansweredCode | undefined
  /** Shows a code, or says why not; one that has nobody to pay is taken as it stands. */
  readonly ask: (method: PaymentMethodRow, amount: number) => 'shown' | 'refused' | 'no-code'
  /** Of the code that is shown, or of the one that was. */
  readonly received: () => void
  /** The same: nobody waits for its money any more. */
  readonly stop: () => void
}

/** The code of the sale that is being paid. On disk from when it is shown: the customer may have paid it meanwhile. */
export function usePayNow(payment: Payment): PayNow {
  const { t } = useTranslation()
  const { openSale } = useServices()
  const { tenders } = useOpenSale()
  const { settlement } = useSelling()
  const { asked, show, stop: hide, canShow } = usePayNowCode()
  // While the sale is recorded that it settles, it is on disk still.
  const [answered, setAnswered] = useState<CodeShown>()
  const open = useUnansweredCode()
  const unanswered = asked === undefined && open?.code !== answered ? open : undefined

  const outdated = useEffectEvent(() => {
    if (asked === undefined || payment.recording) return
    hide()
    payment.refuse(
      t('The sale has changed, so that code no longer fits it. Choose {{name}} again.', {
        name: asked.method.name,
      }),
    )
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of what is left is the signal
  useEffect(() => outdated(), [settlement.remaining])

  useEffect(() => {
    if (asked === undefined) return
    const { method, amount, reference } = asked
    openSale.setCodeShown({ methodCode: method.code, amount, reference })
  }, [asked, openSale])

  return {
    asked,
    unanswered,
    ask(method, amount) {
      if (!canShow(method)) return 'no-code'
      const leg = tenders.filter((tender) => tender.kind === 'paynow').length + 1
      if (!payment.allows(method, amount)) return 'refused'
      show(method, amount, { leg })
      return 'shown'
    },
    received() {
      const paid = asked ?? (unanswered && { method: unanswered.method, ...unanswered.code })
      if (paid === undefined) return
      const { codeShown } = openSale.get()
      if (payment.take(paid.method, paid.amount, referenceOf(paid))) {
        setAnswered(codeShown)
        openSale.setCodeShown(undefined)
      }
      hide()
    },
    stop() {
      hide()
      openSale.setCodeShown(undefined)
    },
  }
}
