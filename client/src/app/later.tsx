import { type ComponentType, type FunctionComponent, useEffect, useState } from 'react'
import { nextTask } from './next-task.ts'

/*
 * Parts of a screen that have files of their own and come after the first screen stands. All of them are fetched
 * once the page has nothing better to do, so that what a key opens is there before anyone presses it; offline they
 * come from the service worker like everything else.
 */

const parts = new Set<() => Promise<unknown>>()
let asked = false
let preloading = false

/**
 * A component that is fetched when it is first shown or by `preloadParts`, whichever comes first. Once it is there
 * it renders at once: React's `lazy` would show a fallback for a moment even then.
 * @param Meanwhile what stands in its place until it has come; nothing, if not given
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile?: ComponentType,
): FunctionComponent<Props> {
  let loaded: ComponentType<Props> | undefined
  const fetched = whenSettled(async () => {
    loaded = await load()
    return loaded
  })

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
export function whenSettled<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  const fetched = () => {
    loading ??= load().catch((error: unknown) => {
      // The next one to need it tries again.
      loading = undefined
      throw error
    })
    return loading
  }
  parts.add(fetched)
  if (preloading) void fetched().catch(() => undefined)
  return fetched
}

/** Fetches every part when the page is next idle. To be called once the first screen stands. */
export function preloadParts(): void {
  if (asked) return
  asked = true
  whenIdle(() => {
    preloading = true
    // What was asked for before this is what a first load costs: see client/bench.
    performance.mark('evertill-first-screen')
    void askForParts()
  })
}

async function askForParts(): Promise<void> {
  for (const fetched of parts) {
    void fetched().catch(() => undefined)
    // To ask for one takes a slow tablet milliseconds, and somebody may have begun to type.
    await nextTask()
  }
  settle?.()
}

const LONGEST_WAIT_MS = 2000

function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: LONGEST_WAIT_MS })
  else setTimeout(work, 200)
}
