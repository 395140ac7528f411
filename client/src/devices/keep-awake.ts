import { useEffect } from 'react'

/** Keeps the screen from dimming while something is shown on it to be read by another device, where that can be. */
export const useKeepAwake = (): void => useEffect(keepAwake, [])

/** @returns what ends it */
export function keepAwake(): () => void {
  let over = false
  let lock: WakeLockSentinel | undefined
  const hold = async () => {
    if (document.hidden) return
    const held = await navigator.wakeLock?.request('screen')
    if (over) await held?.release()
    else lock = held
  }
  const tryHold = () => void hold().catch(() => undefined)
  tryHold()
  // The browser lets go of it with the page.
  document.addEventListener('visibilitychange', tryHold)
  return () => {
    over = true
    document.removeEventListener('visibilitychange', tryHold)
    void lock?.release().catch(() => undefined)
  }
}
