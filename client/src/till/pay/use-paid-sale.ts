import { useLocation } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { afterPaint, painted } from '../../app/after-paint.ts'
import { useIsHere } from '../../app/use-is-here.ts'
import { isPaid, useGo } from '../go.ts'

/** What can be done with the Paid screen: the same functions for the selling screen's life. */
export interface PaidActions {
  readonly isShown: () => boolean
  /** Says Paid. Resolves when a person can read it. */
  readonly show: (saleId: string) => Promise<void>
  readonly leave: () => void
}

/**
 * Which sale stands paid over the selling screen: the one that was recorded just now, before the router has heard of it,
 * or the one that the address names.
 */
export function usePaidSale(): { readonly saleId: string | undefined; readonly actions: PaidActions } {
  const { pathname } = useLocation()
  const go = useGo()
  const [shownId, setShownId] = useState<string>()
  const [leftId, setLeftId] = useState<string>()
  const [before, setBefore] = useState(pathname)
  // The address was left, by whatever way.
  if (pathname !== before) {
    setBefore(pathname)
    if (paidIn(before) !== undefined) {
      setShownId(undefined)
      setLeftId(undefined)
    }
  }
  const addressed = paidIn(pathname)
  const saleId = shownId ?? (addressed === leftId ? undefined : addressed)

  // So that a page that is loaded again shows it again.
  useEffect(() => {
    if (shownId !== undefined) return afterPaint(() => go(`/paid/${shownId}`))
  }, [shownId, go])

  const shown = useRef(saleId)
  shown.current = saleId
  const isHere = useIsHere()
  const actions = useMemo<PaidActions>(
    () => ({
      isShown: () => shown.current !== undefined,
      show: (id) => {
        // Whoever looked elsewhere while it was recorded is fetched back: the change is still to be given.
        if (!isHere.current) go(`/paid/${id}`)
        flushSync(() => setShownId(id))
        return painted()
      },
      leave: () => {
        setShownId(undefined)
        setLeftId((left) => shown.current ?? left)
        go('/')
      },
    }),
    [go, isHere],
  )
  return { saleId, actions }
}

const paidIn = (pathname: string): string | undefined =>
  isPaid(pathname) ? pathname.slice('/paid/'.length) : undefined
