import { writeStateIfChanged } from '../store/state.ts'
import { notePersisted } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { askStorage, estimateStorage } from './storage-kind.ts'
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
  const askAgain = setInterval(() => void keepStorage(options.db), STORAGE_EVERY_MS)
  const onVisible = () => {
    if (document.visibilityState === 'visible') sync.wake()
  }
  window.addEventListener('online', sync.online)
  window.addEventListener('offline', sync.wake)
  document.addEventListener('visibilitychange', onVisible)
  return {
    ...sync,
    stop: async () => {
      clearInterval(askAgain)
      window.removeEventListener('online', sync.online)
      window.removeEventListener('offline', sync.wake)
      document.removeEventListener('visibilitychange', onVisible)
      await sync.stop()
    },
  }
}

const STORAGE_EVERY_MS = 3_600_000

/** Asked anew at every start and now and then: the answer may have become yes, and space runs out. Head office sees it. */
async function keepStorage(db: TillDatabase): Promise<void> {
  try {
    const { persisted, ...storage } = await askStorage({
      persist: async () => (await navigator.storage?.persist?.()) ?? false,
      estimate: estimateStorage,
    })
    await notePersisted(db, persisted)
    await writeStateIfChanged(db, 'storage', storage)
  } catch {
    // A disk that takes nothing just now leaves what was found before.
  }
}

export const sleepFor = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
