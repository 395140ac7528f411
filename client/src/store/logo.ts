import type { LogoRow } from '@evertill/shared/protocol/logo'
import { liveQuery } from 'dexie'
import type { TillDatabase } from './till-database.ts'

/** The shop's logo, at hand whenever a receipt is made: one that is printed at once cannot wait for it. */
export interface KeptLogo {
  readonly get: () => LogoRow | undefined
  readonly subscribe: (changed: () => void) => () => void
}

const kept = new WeakMap<TillDatabase, KeptLogo>()

/** Read once and then whenever it changes; from the first call on, until the page goes. */
export function keptLogo(db: TillDatabase): KeptLogo {
  const known = kept.get(db)
  if (known !== undefined) return known
  let logo: LogoRow | undefined
  const listeners = new Set<() => void>()
  liveQuery(() => db.logo.toCollection().first()).subscribe({
    next: (row) => {
      logo = row
      for (const changed of listeners) changed()
    },
    // A receipt is one without a logo, too.
    error: () => undefined,
  })
  const made: KeptLogo = {
    get: () => logo,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
  kept.set(db, made)
  return made
}
