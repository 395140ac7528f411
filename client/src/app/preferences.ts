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

type Chosen = Partial<Preferences>

interface Stored {
  readonly till: Chosen
  readonly staff: { readonly [staffId: string]: Chosen }
}

const NOTHING: Stored = { till: {}, staff: {} }

const CHOICES: { readonly [K in keyof Preferences]: readonly Preferences[K][] } = {
  language: LANGUAGES,
  theme: ['auto', 'light', 'dark'],
  textSize: ['normal', 'large', 'largest'],
  hand: ['right', 'left'],
  sounds: [true, false],
}

// By hand: this is read before the first screen, which does not wait for zod.
function storedIn(value: unknown): Stored {
  const { till, staff } = membersOf(value)
  const people = Object.entries(membersOf(staff)).map(([staffId, chosen]) => [staffId, chosenIn(chosen)])
  return { till: chosenIn(till), staff: Object.fromEntries(people) }
}

/** What an earlier or a later version chose that this one does not know is as if nobody had. */
const chosenIn = (value: unknown): Chosen =>
  Object.fromEntries(
    Object.entries(membersOf(value)).filter(([name, choice]) =>
      (CHOICES as Record<string, readonly unknown[] | undefined>)[name]?.includes(choice),
    ),
  )

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

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
  let stored = NOTHING
  let known = new Map<string | undefined, Preferences>()
  const listeners = new Set<() => void>()

  const read = () => {
    const next = attempt(() => storage?.getItem(KEY)) ?? null
    if (next === text || next === null) return
    text = next
    stored = storedIn(attempt(() => JSON.parse(next)))
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
