import { z } from 'zod'
import { LANGUAGES, type Language } from './locale.ts'

/** How somebody likes the till. It changes what is seen and heard, and never what is sold. */
export interface Preferences {
  readonly language: Language
  readonly theme: 'auto' | 'light' | 'dark'
  readonly textSize: 'normal' | 'large' | 'largest'
  /** The side the cart is on: that of the hand which does most. */
  readonly hand: 'right' | 'left'
  readonly sounds: boolean
}

/** As base.css has it: for what is as high as its text and has to be reckoned before it is drawn. */
export const TEXT_SCALE = { normal: 1, large: 1.125, largest: 1.25 } as const

const zChosen = z.object({
  language: z.enum(LANGUAGES).exactOptional(),
  theme: z.enum(['auto', 'light', 'dark']).exactOptional(),
  textSize: z.enum(['normal', 'large', 'largest']).exactOptional(),
  hand: z.enum(['right', 'left']).exactOptional(),
  sounds: z.boolean().exactOptional(),
})

const zStored = z.object({
  till: zChosen.catch({}).default({}),
  staff: z.record(z.string(), zChosen.catch({})).catch({}).default({}),
})
type Stored = z.infer<typeof zStored>

const KEY = 'evertill-preferences'

const DEFAULTS: Preferences = {
  language: 'en',
  theme: 'auto',
  textSize: 'normal',
  hand: 'right',
  sounds: true,
}

/**
 * Kept in this browser, for the till and for each cashier. What a cashier did not choose is as the till has it.
 * Beside the journal and not in it: it can be read before anything is drawn, and losing it costs nobody money.
 */
export interface PreferenceStore {
  /** @param staffId nobody's: the till's own. The same object as long as nothing changed. */
  of(staffId: string | undefined): Preferences
  change(staffId: string | undefined, chosen: Partial<Preferences>): void
  subscribe(listener: () => void): () => void
}

/** @param storage undefined where the browser refuses it: choices then last as long as the page */
export function createPreferences(
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined,
): PreferenceStore {
  let text: string | null = null
  let stored: Stored = { till: {}, staff: {} }
  let known = new Map<string | undefined, Preferences>()
  const listeners = new Set<() => void>()

  const read = () => {
    const next = attempt(() => storage?.getItem(KEY)) ?? null
    if (next === text || next === null) return
    text = next
    stored = zStored.catch({ till: {}, staff: {} }).parse(attempt(() => JSON.parse(next)))
    known = new Map()
  }

  return {
    of(staffId) {
      read()
      const found = known.get(staffId) ?? {
        ...DEFAULTS,
        ...stored.till,
        ...(staffId !== undefined && stored.staff[staffId]),
      }
      known.set(staffId, found)
      return found
    },
    change(staffId, chosen) {
      read()
      stored =
        staffId === undefined
          ? { ...stored, till: { ...stored.till, ...chosen } }
          : { ...stored, staff: { ...stored.staff, [staffId]: { ...stored.staff[staffId], ...chosen } } }
      known = new Map()
      text = JSON.stringify(stored)
      const writing = text
      attempt(() => storage?.setItem(KEY, writing))
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      // Another tab of the same till.
      const onStorage = (event: StorageEvent) => event.key === KEY && listener()
      globalThis.window?.addEventListener('storage', onStorage)
      return () => {
        listeners.delete(listener)
        globalThis.window?.removeEventListener('storage', onStorage)
      }
    },
  }
}

/** Storage may be full or forbidden; nobody is stopped from selling by that. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
