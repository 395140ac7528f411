import { startTransition, useEffect, useState } from 'react'

/** A page that is not in view paints nothing. */
const LONGEST_WAIT_MS = 200

/**
 * Runs what can wait until all that is rendered now is on screen.
 * @returns puts it off for good
 */
export function afterPaint(work: () => void): () => void {
  let behind: ReturnType<typeof setTimeout> | undefined
  const unseen = setTimeout(() => {
    cancelAnimationFrame(frame)
    work()
  }, LONGEST_WAIT_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(unseen)
    // A task of its own: the frame's callbacks come before its painting.
    behind = setTimeout(work)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(unseen)
    clearTimeout(behind)
  }
}

export const painted = (): Promise<void> => new Promise((resolve) => afterPaint(resolve))

/** The value, once what it brought with it is on screen; until then nothing, and never one of before. */
export function useAfterPaint<T>(value: T | undefined): T | undefined {
  const [behind, setBehind] = useState<T>()
  useEffect(() => {
    if (value !== undefined) return afterPaint(() => startTransition(() => setBehind(() => value)))
  }, [value])
  return behind === value ? behind : undefined
}
