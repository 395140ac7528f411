import { type ComponentType, type FunctionComponent, useEffect, useState } from 'react'

/*
 * Parts of a screen that have files of their own and come after the first screen stands. They are fetched one after
 * the other whenever the page has nothing better to do, so that what a key opens is there before anyone presses it,
 * and no key waits for all of them; offline they come from the service worker like everything else.
 */

const waiting: (() => Promise<unknown>)[] = []
let asked = false
let isSettled = false
let takesTurns = false

interface Turn {
  /** Before all others: the next screen cannot do without it. */
  readonly soon?: boolean
}

/**
 * A component that is fetched when it is first shown or by `preloadParts`, whichever comes first. Once it is there
 * it renders at once: React's `lazy` would show a fallback for a moment even then.
 * @param Meanwhile what stands in its place until it has come; nothing, if not given
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { Meanwhile, ...turn }: Turn & { readonly Meanwhile?: ComponentType } = {},
): FunctionComponent<Props> {
  let loaded: ComponentType<Props> | undefined
  const fetched = whenSettled(async () => {
    loaded = await load()
    return loaded
  }, turn)

  return function Later(props: Props) {
    const [Part, setPart] = useState(() => loaded)
    const [trouble, setTrouble] = useState<{ readonly error: unknown }>()
    useEffect(() => {
      let shown = true
      if (loaded === undefined)
        fetched().then(
          (part) => shown && setPart(() => part),
          (error: unknown) => shown && setTrouble({ error }),
        )
      return () => {
        shown = false
      }
    }, [])
    // To the error boundary, as any part that breaks.
    if (trouble !== undefined) throw trouble.error
    if (Part !== undefined) return <Part {...props} />
    return Meanwhile === undefined ? null : <Meanwhile />
  }
}

let settle: (() => void) | undefined
/** Resolves when the first screen stands and the page has time. */
export const firstScreenSettled = new Promise<void>((resolve) => {
  settle = resolve
})

/** The same for what is no component: fetched when it is first asked for, or with the parts. */
export function whenSettled<T>(load: () => Promise<T>, { soon = false }: Turn = {}): () => Promise<T> {
  let loading: Promise<T> | undefined
  const fetched = () => {
    loading ??= load().catch((error: unknown) => {
      // The next one to need it tries again.
      loading = undefined
      throw error
    })
    return loading
  }
  if (soon) waiting.unshift(fetched)
  else waiting.push(fetched)
  if (isSettled) void fetchInTurn()
  return fetched
}

/** Fetches every part while the page is idle. To be called once the first screen stands. */
export function preloadParts(): void {
  if (asked) return
  asked = true
  void idle().then(() => {
    // What was asked for before this is what a first load costs: see client/bench.
    performance.mark('evertill-first-screen')
    settle?.()
    isSettled = true
    return fetchInTurn()
  })
}

/** A part that comes may bring parts of its own: they wait behind the others. */
async function fetchInTurn(): Promise<void> {
  if (takesTurns) return
  takesTurns = true
  while (waiting.length > 0) {
    await idle()
    // Whoever needs it will hear why it did not come.
    await waiting
      .shift()?.()
      .catch(() => undefined)
  }
  takesTurns = false
}

const LONGEST_WAIT_MS = 2000

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function')
      requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_MS })
    else setTimeout(resolve, 200)
  })
