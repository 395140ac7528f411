import { useLiveQuery } from 'dexie-react-hooks'
import { useCallback, useEffect } from 'react'
import { firstScreenSettled } from '../../app/later.tsx'
import { readMostSold, refreshMostSold } from '../../store/most-sold.ts'
import { useServices } from '../till-context.tsx'

const THERE_ARE = 'evertill-favourites'
const NONE: readonly string[] = []
const REST_MS = 50

interface Favourites {
  /** What this till sells most. */
  readonly own: readonly string[]
  /** Whether there were any when they were last looked at: then they are what a cashier sees first. */
  readonly startsThere: boolean
  readonly noteThereAre: (there: boolean) => void
}

export function useFavourites(): Favourites {
  const { db, now } = useServices()
  const own = useLiveQuery(() => readMostSold(db), [db], NONE)
  useEffect(() => {
    const rest = () => new Promise<void>((resolve) => setTimeout(resolve, REST_MS))
    // A month of sales is read when nobody waits for anything; what fails is counted tomorrow.
    void firstScreenSettled.then(() => refreshMostSold(db, now(), rest)).catch(() => undefined)
  }, [db, now])
  const noteThereAre = useCallback((there: boolean) => {
    try {
      if (there) localStorage.setItem(THERE_ARE, 'yes')
      else localStorage.removeItem(THERE_ARE)
    } catch {
      // Then the till starts with all products.
    }
  }, [])
  return { own, startsThere: thereWere(), noteThereAre }
}

function thereWere(): boolean {
  try {
    return localStorage.getItem(THERE_ARE) !== null
  } catch {
    return false
  }
}
