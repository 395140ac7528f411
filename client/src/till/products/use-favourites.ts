import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState } from 'react'
import { firstScreenSettled } from '../../app/later.tsx'
import { readMostSold, refreshMostSold } from '../../store/most-sold.ts'
import { useServices } from '../till-context.tsx'
import type { ProductList } from './product-list.ts'

const SHOWN = 'evertill-favourites'
const MOST_SHOWN = 60
const NONE: readonly string[] = []
const REST_MS = 50

export interface Favourites {
  /** What this till sells most. */
  readonly own: readonly string[]
  /** What stood there the last time: where there was anything, it is what a cashier sees first. */
  readonly shownBefore: readonly string[]
}

export function useFavourites(): Favourites {
  const { db, now } = useServices()
  const own = useLiveQuery(() => readMostSold(db), [db], NONE)
  const [shownBefore] = useState(readShown)
  useEffect(() => {
    const rest = () => new Promise<void>((resolve) => setTimeout(resolve, REST_MS))
    // A month of sales is read when nobody waits for anything; what fails is counted tomorrow.
    void firstScreenSettled.then(() => refreshMostSold(db, now(), rest)).catch(() => undefined)
  }, [db, now])
  return { own, shownBefore }
}

/** Kept for the next start, when there is no index yet. */
export function noteShown(list: ProductList): void {
  const ids = Array.from({ length: Math.min(list.count, MOST_SHOWN) }, (_, i) => list.at(i)?.productId)
  try {
    localStorage.setItem(SHOWN, JSON.stringify(ids.filter((id) => id !== undefined)))
  } catch {
    // Then the till starts with all products.
  }
}

function readShown(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(SHOWN) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : NONE
  } catch {
    return NONE
  }
}
