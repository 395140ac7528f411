import type { Sync } from '../sync/sync-loop.ts'

export interface LateSync extends Sync {
  /** Fetches it and lets it run. */
  start(): void
}

/** Sending and fetching with all they need, fetched once the first screen stands: until then nothing is to be sent. */
export function createLateSync(open: () => Promise<Sync>): LateSync {
  let opening: Promise<Sync> | undefined
  let sync: Sync | undefined
  return {
    start() {
      opening ??= open().then(
        (opened) => {
          sync = opened
          return opened
        },
        (error: unknown) => {
          // A file that did not come is asked for with the next sale.
          opening = undefined
          throw error
        },
      )
      void opening.catch(() => undefined)
    },
    wake() {
      // It looks by itself when it begins.
      if (sync === undefined) this.start()
      else sync.wake()
    },
    online() {
      if (sync === undefined) this.start()
      else sync.online()
    },
    stop: async () => (await opening?.catch(() => undefined))?.stop(),
  }
}
