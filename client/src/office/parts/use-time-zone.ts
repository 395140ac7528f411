import { useQuery } from '@tanstack/react-query'
import { outletsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Whose clock a time is told by: the outlet's own; for the company as a whole its first outlet's. */
export function useTimeZone(): (outletName?: string | null) => string {
  const { api } = useOffice()
  const { data: outlets = [] } = useQuery(outletsQuery(api))
  return (outletName) =>
    (outlets.find((outlet) => outlet.name === outletName) ?? outlets[0])?.timeZone ?? browserZone
}
