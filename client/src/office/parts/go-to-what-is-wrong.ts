const WRONG = '[aria-invalid="true"]'

/** The server answers within this, or the person has gone on. */
const ANSWERED_MS = 10_000

/**
 * After a form was sent the focus goes to its first field that is wrong, whether the form itself says so or the server
 * does: below a long form its words are out of sight. Not any more once a hand does something else.
 * @returns stops it
 */
export function goToWhatIsWrong(root: HTMLElement): () => void {
  let stop: (() => void) | undefined
  const onSubmit = ({ target }: SubmitEvent) => {
    stop?.()
    if (target instanceof HTMLFormElement) stop = watch(target)
  }
  root.ownerDocument.addEventListener('submit', onSubmit)
  return () => {
    stop?.()
    root.ownerDocument.removeEventListener('submit', onSubmit)
  }
}

function watch(form: HTMLFormElement): () => void {
  const hands = new AbortController()
  const look = () => {
    const wrong = form.querySelector<HTMLElement>(WRONG)
    if (wrong === null) return
    stop()
    wrong.focus()
  }
  const observer = new MutationObserver(look)
  const timer = setTimeout(() => stop(), ANSWERED_MS)
  const frame = requestAnimationFrame(look)
  const stop = () => {
    observer.disconnect()
    hands.abort()
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
  observer.observe(form, { subtree: true, childList: true, attributeFilter: ['aria-invalid'] })
  for (const deed of ['pointerdown', 'keydown'] as const)
    form.ownerDocument.addEventListener(deed, stop, { signal: hands.signal })
  return stop
}
