import { useEffect, useEffectEvent } from 'react'
import { afterScannerKey, NO_SCAN, type ScannerState } from './wedge-scanner.ts'

/**
 * Hears the scanner wherever the focus is. What it typed into a field meanwhile is taken out again, and its
 * Enter presses nothing.
 */
export function useWedgeScanner(onScan: (code: string) => void): void {
  const scanned = useEffectEvent(onScan)
  useEffect(() => {
    let state: ScannerState = NO_SCAN
    let field: HTMLInputElement | HTMLTextAreaElement | undefined
    let before = ''
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
        state = NO_SCAN
        return
      }
      const step = afterScannerKey(state, event.key, event.timeStamp)
      if (step.state.text.length === 1) {
        field = textFieldOf(event.target)
        before = field?.value ?? ''
      }
      state = step.state
      if (step.scanned === undefined) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (field !== undefined) setFieldValue(field, before)
      scanned(step.scanned)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}

const textFieldOf = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined

/** React listens to the native setter, not to an assignment. */
function setFieldValue(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
