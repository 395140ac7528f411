import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { ProductList } from './product-list.ts'
import { stepOf } from './use-arrow-keys.ts'

interface Roving {
  /** The place of the one tile that the Tab key stops at. */
  readonly stop: number
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onFocus: (event: FocusEvent) => void
}

/** A roving tab index over tiles of which only those in view exist. */
export function useRoving(
  list: ProductList,
  columns: number,
  inView: readonly { readonly place: number }[],
  scroller: RefObject<HTMLElement | null>,
  scrollToRow: (row: number) => void,
): Roving {
  const [at, setAt] = useState(0)
  const wanted = useRef<number>(undefined)
  const first = inView[0]?.place ?? 0
  // Scrolled away from, it would be out of reach.
  const stop = inView.some(({ place }) => place === at && place < list.count) ? at : first

  useEffect(() => {
    if (wanted.current === undefined) return
    const tile = scroller.current?.querySelector<HTMLElement>(`[data-place="${wanted.current}"]`)
    if (!tile) return
    wanted.current = undefined
    tile.focus({ preventScroll: true })
  })

  return {
    stop,
    onKeyDown: (event) => {
      const by = stepOf(event.key, columns)
      if (by === undefined) return
      event.preventDefault()
      const next = Math.max(0, Math.min(list.count - 1, stop + by))
      wanted.current = next
      setAt(next)
      scrollToRow(Math.floor(next / columns))
    },
    onFocus: ({ target }) => {
      const place = Number(target instanceof HTMLElement ? target.dataset.place : Number.NaN)
      if (Number.isInteger(place)) setAt(place)
    },
  }
}
