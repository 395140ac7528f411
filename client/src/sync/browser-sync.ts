import { notePersisted } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { type Sync, startSync } from './sync-loop.ts'

/** `startSync` with everything taken from the browser, woken by `online`, `offline` and by the page coming into view. */
export function startBrowserSync(options: { readonly db: TillDatabase; readonly appVersion: string }): Sync {
  const sync = startSync({
    ...options,
    fetch: (path, init) => fetch(path, init),
    now: () => new Date(),
    random: Math.random,
    locks: navigator.locks,
    sleep: sleepFor,
    isOnline: () => navigator.onLine,
    isVisible: () => document.visibilityState === 'visible',
  })
  void keepStorage(options.db)
  const onVisible = () => {
    if (document.visibilityState === 'visible') sync.wake()
  }
  window.addEventListener('online', sync.online)
  window.addEventListener('offline', sync.wake)
  document.addEventListener('visibilitychange', onVisible)
  return {
    ...sync,
    stop: async () => {
      window.removeEventListener('online', sync.online)
      window.removeEventListener('offline', sync.wake)
      document.removeEventListener('visibilitychange', onVisible)
      await sync.stop()
    },
  }
}

/** Asked anew at every start: the answer may have become yes, and head office sees it with the next push. */
async function keepStorage(db: TillDatabase): Promise<void> {
  try {
    await notePersisted(db, (await navigator.storage?.persist?.()) ?? false)
  } catch {
    // A browser that cannot answer leaves what enrolment found.
  }
}

const sleepFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
