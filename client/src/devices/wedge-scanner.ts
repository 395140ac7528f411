/*
 * A wedge scanner is a keyboard that types a code and Enter, faster than any hand. This decides what was a
 * scan: at least six characters, at least four of them digits, none further than MOST_GAP_MS from the last.
 */
export interface ScannerState {
  readonly text: string
  /** Milliseconds of the last key, by the clock of its event. */
  readonly at: number
}

export const NO_SCAN: ScannerState = { text: '', at: Number.NEGATIVE_INFINITY }

const MOST_GAP_MS = 50
const LEAST_LENGTH = 6
const LEAST_DIGITS = 4

export interface ScannerStep {
  readonly state: ScannerState
  /** A complete code: the Enter belongs to the scanner, not to whatever has the focus. */
  readonly scanned?: string
}

/** The scanner's state after a key. Pure. */
export function afterScannerKey(state: ScannerState, key: string, at: number): ScannerStep {
  const inTime = at - state.at <= MOST_GAP_MS
  if (key === 'Enter' || key === 'Tab') {
    const digits = state.text.replace(/\D/g, '').length
    const isScan = inTime && state.text.length >= LEAST_LENGTH && digits >= LEAST_DIGITS
    return isScan && key === 'Enter' ? { state: NO_SCAN, scanned: state.text } : { state: NO_SCAN }
  }
  // Shift arrives before a capital letter and breaks nothing.
  if (key === 'Shift') return { state: inTime ? { ...state, at } : state }
  // A point is what a person types into an amount.
  if (!/^[0-9A-Za-z$%/+*-]$/.test(key)) return { state: NO_SCAN }
  return { state: { text: inTime ? state.text + key : key, at } }
}
