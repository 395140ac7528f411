import { useEffect } from 'react'
import type { CustomerPayNow } from './customer-view.ts'

let shown: CustomerPayNow | undefined
const listeners = new Set<() => void>()

export const payNowShown = (): CustomerPayNow | undefined => shown

export function onPayNowShown(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function show(next: CustomerPayNow | undefined): void {
  shown = next
  for (const listener of listeners) listener()
}

/** For as long as the cashier's side shows a code, the customer's side does. */
export function useShowPayNow({ text, amount, reference }: CustomerPayNow): void {
  useEffect(() => {
    show({ text, amount, reference })
    return () => show(undefined)
  }, [text, amount, reference])
}
