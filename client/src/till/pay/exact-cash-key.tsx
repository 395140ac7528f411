import { useEffect, useEffectEvent } from 'react'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useSelling } from '../selling.tsx'
import { useOpenSale } from '../till-context.tsx'
import { usePayment } from './use-payment.ts'
import { useUnansweredCode } from './use-unanswered-code.ts'

/** F12 on the selling screen: the customer put down exactly what is due. */
export function ExactCashKey() {
  const { cart } = useOpenSale()
  const { lock, refuse, settlement, startPaying, unallowedOff } = useSelling()
  const { cash, take, complete, refusal, forgetRefusal } = usePayment()
  const unanswered = useUnansweredCode()
  const ready = cart.lines.length > 0 && (lock === undefined || lock === 'payments-taken')
  useShortcuts({
    // Somebody is asked there first.
    F12: !ready
      ? undefined
      : unallowedOff !== undefined || unanswered !== undefined
        ? startPaying
        : settlement.complete
          ? complete
          : cash && (() => take(cash)),
  })

  const show = useEffectEvent((words: string) => {
    refuse(words)
    forgetRefusal()
  })
  useEffect(() => {
    if (refusal !== undefined) show(refusal)
  }, [refusal])
  return null
}
