import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { onScannerKeysTaken } from '../../devices/use-wedge-scanner.ts'
import { isTyping } from '../frame/use-shortcuts.ts'

/** The search as it was before a key that was meant for nothing went into it. */
interface Before {
  readonly at: number
  readonly focused: Element | null
  readonly text: string
}

/**
 * A letter or digit that no field, dialog or button wants is looked for: whoever has just tapped a tile, or closed a
 * dialog, types on. What turns out to be a scanner's is taken out again, and the focus is where it was.
 */
export function useTypingGoesToSearch(
  active: boolean,
  field: RefObject<HTMLInputElement | null>,
  onText: (text: string) => void,
): void {
  const before = useRef<Before>(undefined)
  const type = useEffectEvent((event: KeyboardEvent) => {
    const { current: search } = field
    if (!active || search === null || !isUnwanted(event)) return
    before.current = { at: event.timeStamp, focused: document.activeElement, text: search.value }
    focusWithoutKeys(search)
    // Out of sight, under what was paid, it takes no focus.
    if (document.activeElement !== search) return
    event.preventDefault()
    search.setRangeText(
      event.key,
      search.selectionStart ?? search.value.length,
      search.selectionEnd ?? search.value.length,
      'end',
    )
    search.dispatchEvent(new Event('input', { bubbles: true }))
  })
  const takeBack = useEffectEvent((since: number) => {
    const { current: then } = before
    if (then === undefined || then.at < since) return
    before.current = undefined
    onText(then.text)
    if (document.activeElement !== field.current) return
    if (then.focused instanceof HTMLElement && then.focused !== document.body)
      then.focused.focus({ preventScroll: true })
    else field.current?.blur()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => type(event)
    window.addEventListener('keydown', onKey)
    const stop = onScannerKeysTaken((since) => takeBack(since))
    return () => {
      window.removeEventListener('keydown', onKey)
      stop()
    }
  }, [])
}

/** Space presses a button, and `?` shows the map of the keys. */
function isUnwanted(event: KeyboardEvent): boolean {
  const { key, target, repeat, isComposing, defaultPrevented } = event
  if (event.ctrlKey || event.altKey || event.metaKey || repeat || isComposing || defaultPrevented)
    return false
  if ([...key].length !== 1 || key === ' ' || key === '?') return false
  if (isTyping(target) || target instanceof HTMLSelectElement) return false
  return document.querySelector('[role="dialog"],[role="menu"]') === null
}

/** Whoever types has keys: those of the screen stay away, until the field itself is touched. */
function focusWithoutKeys(search: HTMLInputElement): void {
  const bringBack = () => {
    search.removeAttribute('inputmode')
    search.removeEventListener('blur', bringBack)
    search.removeEventListener('pointerdown', bringBack)
  }
  search.inputMode = 'none'
  search.addEventListener('blur', bringBack)
  search.addEventListener('pointerdown', bringBack)
  search.focus({ preventScroll: true })
}
