import { createContext, useContext, useEffect, useState } from 'react'
import type { OfficeApi } from './api/office-api.ts'
import type { SessionEnd } from './session/session-end.ts'

/** What the screens need from the world outside, handed in so that nothing reaches for a global. */
export interface Office {
  readonly api: OfficeApi
  readonly sessionEnd: SessionEnd
  readonly now: () => Date
  readonly newId: () => string
}

export const OfficeContext = createContext<Office | undefined>(undefined)

export function useOffice(): Office {
  const office = useContext(OfficeContext)
  if (office === undefined) throw new Error('a head office screen was rendered outside mountOffice')
  return office
}

/** The present, moving on every `everyMs`, for words such as “3 min ago”. */
export function useNow(everyMs = 15_000): Date {
  const { now } = useOffice()
  const [present, setPresent] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setPresent(now()), everyMs)
    return () => clearInterval(timer)
  }, [now, everyMs])
  return present
}
