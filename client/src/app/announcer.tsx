import { useSyncExternalStore } from 'react'
import { afterPaint } from './after-paint.ts'
import classes from './announcer.module.css'

/*
 * What happened, told to a screen reader and shown to nobody: one polite region for the whole till, there from the
 * start, because what is not yet on the page when its words change is not read out. Refusals are alerts where they
 * stand, next to what they are about.
 */

let said = ''
let stopTelling = () => {}
const listeners = new Set<() => void>()

/** The last thing said wins: while goods are scanned quickly, a total that is no longer true would only be in the way. */
export function announce(words: string): void {
  stopTelling()
  // What the eye sees comes first.
  stopTelling = afterPaint(() => {
    // The same words once more are news too: a region whose text does not change stays silent.
    said = said === words ? `${words}\u00a0` : words
    for (const listener of listeners) listener()
  })
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Announcer() {
  const words = useSyncExternalStore(subscribe, () => said)
  return (
    <p className={classes.spoken} role="status" aria-live="polite" data-announcer>
      {words}
    </p>
  )
}
