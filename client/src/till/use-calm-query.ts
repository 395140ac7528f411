import { useEffect, useState } from 'react'
import { afterPaint } from '../app/after-paint.ts'
import { followCalmly } from '../store/follow.ts'

const REST_MS = 150

/**
 * `useLiveQuery` for what nobody waits for: neither asking nor asking anew may hold up what a cashier does. See
 * `followCalmly`.
 * @returns `initial` until the first answer; while `dependencies` change, the answer before
 */
export function useCalmQuery<T>(
  query: () => T | PromiseLike<T>,
  dependencies: readonly unknown[],
): T | undefined
export function useCalmQuery<T>(
  query: () => T | PromiseLike<T>,
  dependencies: readonly unknown[],
  initial: T,
): T
export function useCalmQuery<T>(
  query: () => T | PromiseLike<T>,
  dependencies: readonly unknown[],
  initial?: T,
): T | undefined {
  const [answer, setAnswer] = useState(initial)
  useEffect(() => {
    let stop = () => {}
    const forget = afterPaint(() => {
      stop = followCalmly(query, REST_MS, {
        next: (value) => setAnswer(() => value),
        // To the error boundary, as any part that breaks.
        error: (error) =>
          setAnswer(() => {
            throw error
          }),
      })
    })
    return () => {
      forget()
      stop()
    }
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names them
  }, dependencies)
  return answer
}
