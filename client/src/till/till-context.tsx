import type { StaffRow } from '@evertill/shared/protocol/pull'
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { OpenSale } from '../store/cart.ts'
import type { Catalogue } from '../store/catalogue.ts'
import type { RecordedSale } from '../store/record-entry.ts'
import type { Session } from '../store/session.ts'
import type { Till } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import type { Fetch } from '../sync/request.ts'
import type { StorageEstimated } from '../sync/storage-kind.ts'
import type { Sync } from '../sync/sync-loop.ts'
import type { OpenSaleStore } from './open-sale.ts'
import type { ShownProducts } from './products/product-list.ts'

/** What the screens need of the world outside, handed in so that nothing reaches for a global. */
export interface Services {
  readonly db: TillDatabase
  readonly sync: Sync
  readonly openSale: OpenSaleStore
  /** What can be tapped: all products, a category's, or what was searched for. */
  readonly shownProducts: ShownProducts
  readonly fetch: Fetch
  readonly now: () => Date
  readonly newId: () => string
  /** Asks the browser to keep this storage. */
  readonly persist: () => Promise<boolean>
  readonly estimate: () => Promise<StorageEstimated>
  /** What the database held when the page was opened: the first screen need not wait for it. */
  readonly first: {
    readonly till: Till | undefined
    readonly catalogue: Catalogue | undefined
    readonly session: Session | undefined
  }
  /** The sale this page recorded last: shown before the journal has been read. */
  readonly lastSale: { current: RecordedSale | undefined }
}

/** What a till knows once it is enrolled and has its first catalogue. */
export interface Facts {
  readonly till: Till
  readonly catalogue: Catalogue
}

export const ServicesContext = createContext<Services | undefined>(undefined)
export const FactsContext = createContext<Facts | undefined>(undefined)
export const StaffContext = createContext<StaffRow | undefined>(undefined)

function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`this screen was rendered without ${what}`)
  return value
}

export const useServices = (): Services => given(useContext(ServicesContext), 'services')
export const useFacts = (): Facts => given(useContext(FactsContext), 'a catalogue')
export const useStaff = (): StaffRow => given(useContext(StaffContext), 'anyone signed in')

export function useOpenSale(): OpenSale {
  const { openSale } = useServices()
  return useSyncExternalStore(openSale.subscribe, openSale.get)
}

/** The present, moving on every `everyMs`: on the minute, where that is a minute, of a clock that is `aheadMs` ahead. */
export function useNow(everyMs: number, aheadMs = 0): Date {
  const { now } = useServices()
  const [present, setPresent] = useState(now)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const untilNext = () => everyMs - ((now().getTime() + aheadMs) % everyMs)
    const tick = () => {
      setPresent(now())
      timer = setTimeout(tick, untilNext())
    }
    timer = setTimeout(tick, untilNext())
    return () => clearTimeout(timer)
  }, [now, everyMs, aheadMs])
  return present
}
