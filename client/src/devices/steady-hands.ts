/*
 * What a hand did not mean. A key that lies under an elbow repeats, and a tap that bounces comes twice: neither may
 * press what has come to stand where it was meant for something else.
 */

/** Two taps of a hand that means both are further apart, or the first is still there. */
const BOUNCE_MS = 400
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
  page.addEventListener(
    'click',
    (event) => {
      const { target, timeStamp: at, clientX: x, clientY: y, detail } = event
      if (!(target instanceof Element)) return
      // Of a mouse the system itself says that it was a double click; a finger is told by time and place alone.
      const isFirst = (event as PointerEvent).pointerType === 'mouse' && detail < 2
      const bounced = !isFirst && last !== undefined && isBounce(last, { target, at, x, y })
      // A key presses without a finger.
      last = detail === 0 ? undefined : { target, at, x, y }
      if (bounced) drop(event)
    },
    { capture: true },
  )
}

/** Nobody reads what has just come so fast: Enter was meant for what was there before. */
const READ_MS = 500

/** Whether a button that has the focus by itself was pressed by a key before anyone could have read what it is for. */
export const isHasty = ({ detail }: { readonly detail: number }, shownAt: number): boolean =>
  detail === 0 && performance.now() - shownAt < READ_MS

/** What was pressed is gone or hidden, and something else has come under the finger. */
const isBounce = (first: Tap, second: Tap): boolean =>
  !isShown(first.target) &&
  second.at - first.at < BOUNCE_MS &&
  Math.hypot(second.x - first.x, second.y - first.y) < BOUNCE_PX

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
