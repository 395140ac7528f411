/*
 * What a hand did not mean. A key that lies under an elbow repeats, and a tap that bounces comes twice: neither may
 * press what has come to stand where it was meant for something else.
 */

/** Two taps of a hand that means both are further apart, or the first is still there. */
const BOUNCE_MS = 600
const BOUNCE_PX = 24

interface Tap {
  readonly target: Element
  readonly at: number
  readonly x: number
  readonly y: number
}

/** Keeps a held Enter and the second half of a bounced tap from everything on this page. To be called before all else. */
export function steadyHands(page: Window): void {
  page.addEventListener('keydown', dropHeldPress, { capture: true })
  let last: Tap | undefined
  const bouncedFrom = (event: MouseEvent): boolean => {
    const tap = tapOf(event)
    // Of a mouse the system itself says that it was a double click; a finger is told by time and place alone.
    const isMouse = event.type === 'mousedown' || (event as PointerEvent).pointerType === 'mouse'
    const isFirst = isMouse && event.detail < 2
    return !isFirst && tap !== undefined && last !== undefined && isBounce(last, tap)
  }
  // What has come under a mouse takes no focus either: the next Enter would press it.
  page.addEventListener('mousedown', (event) => bouncedFrom(event) && event.preventDefault(), {
    capture: true,
  })
  page.addEventListener(
    'click',
    (event) => {
      const bounced = bouncedFrom(event)
      // A key presses without a finger.
      last = event.detail === 0 ? undefined : tapOf(event)
      if (bounced) drop(event)
    },
    { capture: true },
  )
}

const tapOf = ({ target, timeStamp: at, clientX: x, clientY: y }: MouseEvent): Tap | undefined =>
  target instanceof Element ? { target, at, x, y } : undefined

/** Nobody reads what has just come so fast: Enter was meant for what was there before. */
const READ_MS = 500

/** Whether a button that has the focus by itself was pressed by a key before anyone could have read what it is for. */
export const isHasty = ({ detail }: { readonly detail: number }, shownAt: number): boolean =>
  detail === 0 && performance.now() - shownAt < READ_MS

/** What was pressed is gone, hidden or covered, and something else has come under the finger. */
const isBounce = (first: Tap, second: Tap): boolean =>
  second.at - first.at < BOUNCE_MS &&
  Math.hypot(second.x - first.x, second.y - first.y) < BOUNCE_PX &&
  (!isShown(first.target) || isCovered(first.target, second))

/** It still stands there, and the finger met what lies over it. */
function isCovered(element: Element, { target, x, y }: Tap): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const isThere = left <= x && x <= right && top <= y && y <= bottom
  // The second click of a label is the browser's own, for what it labels.
  if (element.closest('label')?.control === target) return false
  return isThere && !element.contains(target) && !target.contains(element)
}

/** A screen that waits for its turn is there and hidden. */
const isShown = (element: Element): boolean =>
  element.isConnected &&
  (!('checkVisibility' in element) || element.checkVisibility({ visibilityProperty: true }))

/** Arrows, Backspace and letters may repeat; what presses or confirms may not. */
function dropHeldPress(event: KeyboardEvent): void {
  if (!event.repeat) return
  const { key, target } = event
  const isText =
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox')
  const presses = key === 'Enter' ? !(target instanceof HTMLTextAreaElement) : key === ' ' && !isText
  if (presses) drop(event)
}

function drop(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}
