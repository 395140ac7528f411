import { type ReactNode, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import classes from './frame.module.css'

let place: HTMLElement | null = null
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const setPlace = (next: HTMLElement | null) => {
  place = next
  for (const listener of listeners) listener()
}

/** Where the selling screen has room for what can wait: below the products, where nothing moves when it comes or goes. */
export const OfferPlace = () => <div ref={setPlace} className={classes.offers} />

/** Who offers it is the frame, and outlives the screen: what was called off there stays so. */
export function Offer({ words, children }: { words: string; children: ReactNode }) {
  const at = useSyncExternalStore(subscribe, () => place)
  if (at === null) return null
  return createPortal(
    <div className={classes.offer} role="status">
      <p>{words}</p>
      <div className={classes.offerButtons}>{children}</div>
    </div>,
    at,
  )
}
