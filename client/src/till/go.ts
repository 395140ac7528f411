import { useLocation, useParams, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** The till's places. The project's one registered router type is head office's, so they are named here. */
export type Place =
  | '/'
  | '/drawer'
  | '/enrol'
  | '/exchange'
  | '/gift-cards'
  | '/health'
  | '/pay'
  | '/printer'
  | '/printing'
  | '/scanner'
  | '/receipts'
  | `/exchange/${string}`
  | `/paid/${string}`
  | `/receipts/${string}`

export function useGo(): (place: Place) => void {
  const { history } = useRouter()
  return useCallback(
    (place) => {
      // Going where one is costs a round through the router, and every scan asks for it.
      if (history.location.href !== place) history.push(place)
    },
    [history],
  )
}

/** Whether this is where one is. Who asks so is not rendered for every other change of place. */
export const useIsAt = (isIt: (pathname: string) => boolean): boolean =>
  useLocation({ select: ({ pathname }) => isIt(pathname) })

export const isProducts = (pathname: string): boolean => pathname === '/'
export const isPay = (pathname: string): boolean => pathname === '/pay'
export const isPaid = (pathname: string): boolean => pathname.startsWith('/paid/')

/** @param paper its entry's id, or its number */
export const receiptPlace = (paper: string): Place => `/receipts/${encodeURIComponent(paper)}`

/** @param saleId whose goods come back; none without a receipt */
export const exchangePlace = (saleId: string | undefined): Place =>
  saleId === undefined ? '/exchange' : `/exchange/${saleId}`

export function useSaleId(): string {
  const { saleId }: { saleId?: string } = useParams({ strict: false })
  return saleId ?? ''
}
