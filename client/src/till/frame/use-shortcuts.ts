import { useEffect, useEffectEvent } from 'react'

const SHORTCUTS = ['F2', 'F4', 'F6', 'F8', 'F9', 'F12', 'Escape', '?', 'ArrowLeft', 'ArrowRight'] as const
export type ShortcutKey = (typeof SHORTCUTS)[number]

// A dialog that Escape closes may be gone before the screen hears of the same key: whether one was open is asked
// first, by a listener older than any component's.
let openAtKeyDown = false
const escapes: (() => void)[] = []
const KEYS: ReadonlySet<string> = new Set(SHORTCUTS)
globalThis.window?.addEventListener(
  'keydown',
  (event) => {
    // A scanner's keys are many and want none of it.
    if (!KEYS.has(event.key)) return
    openAtKeyDown = document.querySelector('[role="dialog"],[role="menu"]') !== null
    const first = escapes.at(-1)
    if (event.key !== 'Escape' || first === undefined) return
    event.preventDefault()
    event.stopImmediatePropagation()
    first()
  },
  { capture: true },
)

/** For a dialog that stands on another: of several that are open Mantine would close them all with one Escape. */
export function useEscapeFirst(onEscape: () => void): void {
  const close = useEffectEvent(onEscape)
  useEffect(() => {
    const first = () => close()
    escapes.push(first)
    return () => {
      escapes.splice(escapes.lastIndexOf(first), 1)
    }
  }, [])
}

/** Keys of the till's own; never with Ctrl, Alt or ⌘. A dialog on top keeps them to itself. */
export function useShortcuts(shortcuts: { readonly [K in ShortcutKey]?: (() => void) | undefined }): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
    const action = shortcuts[event.key as ShortcutKey]
    if (action === undefined || openAtKeyDown) return
    if (event.key === '?' && isTyping(event.target) && event.target.value !== '') return
    event.preventDefault()
    if (!event.repeat) action()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => handle(event)
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Whether a dialog stands over the screen. */
export const isDialogOpen = (): boolean => document.querySelector('[role="dialog"]') !== null

/** Whether a dialog holds what a person typed, other than to search: a scan must not throw it away. */
export const isTypedIntoDialog = (): boolean =>
  [
    ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      '[role="dialog"] :is(input, textarea)',
    ),
  ].some((field) => isTyping(field) && field.type !== 'search' && field.value !== '')

/** Whether a dialog holds a number of its keypad that nobody has confirmed. */
export const isKeyedIntoDialog = (): boolean =>
  document.querySelector('[role="dialog"] output[data-placeholder="false"]') !== null

/** A radio button is an input too, but nothing is typed into it. */
export const isTyping = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
  (target instanceof HTMLInputElement && target.type !== 'radio') || target instanceof HTMLTextAreaElement
