import { liveQuery } from 'dexie'

export interface Follower<T> {
  readonly next: (value: T) => void
  readonly error: (error: unknown) => void
}

const LATER = Symbol('later')
const LONGEST_WAIT_MS = 500

/**
 * Asks, and asks again when what was read has changed, here or in another tab: not at once, as a live query does, but
 * after a rest and when the page has nothing better to do. Until then a change costs no reading, however many come.
 * @param query no async function itself (see `readFormerTills`), but it may call one
 * @returns stops it
 */
export function followCalmly<T>(
  query: () => T | PromiseLike<T>,
  restMs: number,
  { next, error }: Follower<T>,
): () => void {
  let stop = () => {}
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  const ask = () => {
    timer = undefined
    if (isOver) return
    let asked = false
    const subscription = liveQuery<T | typeof LATER>(() => {
      if (!asked) {
        asked = true
        return query() as T | Promise<T>
      }
      timer ??= setTimeout(() => whenIdle(askAnew), restMs)
      // It has read nothing, and so hears of nothing more.
      return LATER
    }).subscribe((value) => value !== LATER && next(value as T), error)
    stop = () => subscription.unsubscribe()
  }
  const askAnew = () => {
    stop()
    ask()
  }

  ask()
  return () => {
    isOver = true
    clearTimeout(timer)
    stop()
  }
}

/** Runs what can wait, when nothing else is to be done. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LONGEST_WAIT_MS })
  else work()
}
