import { type PointerEvent, useRef } from 'react'

const AWAY_PX = 96
const START_PX = 12

export interface SwipeHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void
}

/** A finger pulls a row to the left and lets go: away with it. Every button does the same without a swipe. */
export function useSwipeAway(onAway: (() => void) | undefined): SwipeHandlers {
  const start = useRef<number>(undefined)
  const by = (event: PointerEvent) => (start.current === undefined ? 0 : event.clientX - start.current)
  const move = (element: HTMLElement, px: number) => {
    element.style.transform = px === 0 ? '' : `translateX(${px}px)`
  }
  const end = (event: PointerEvent<HTMLElement>) => {
    const away = by(event) < -AWAY_PX && event.type === 'pointerup'
    start.current = undefined
    move(event.currentTarget, 0)
    if (away) onAway?.()
  }
  return {
    onPointerDown: (event) => {
      if (event.pointerType === 'touch' && onAway !== undefined) start.current = event.clientX
    },
    onPointerMove: (event) => {
      const px = by(event)
      if (px < -START_PX) {
        // From here on it is a swipe, and the button under the finger is not pressed.
        event.currentTarget.setPointerCapture(event.pointerId)
        move(event.currentTarget, px)
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}
