/*
 * A wedge scanner is a keyboard that types a code and Enter, faster than any hand. This decides what was a
 * scan: at least six characters, at least four of them digits, MEAN_GAP_MS apart on average and no two further
 * than MOST_GAP_MS: a busy tablet may hold back one key, a hand is slow at every one.
 */
export interface ScannerState {
  readonly text: string
  /** Milliseconds of the first key, by the clock of its event. */
  readonly since: number
  /** Of the last key. */
  readonly at: number
}

export const NO_SCAN: ScannerState = { text: '', since: 0, at: Number.NEGATIVE_INFINITY }

const MOST_GAP_MS = 300
const MEAN_GAP_MS = 50
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
    const fast = (at - state.since) / state.text.length <= MEAN_GAP_MS
    const isScan = inTime && fast && state.text.length >= LEAST_LENGTH && digits >= LEAST_DIGITS
    return isScan && key === 'Enter' ? { state: NO_SCAN, scanned: state.text } : { state: NO_SCAN }
  }
  // Shift arrives before a capital letter and breaks nothing.
  if (key === 'Shift') return { state: inTime ? { ...state, at } : state }
  // A point is what a person types into an amount.
  if (!/^[0-9A-Za-z$%/+*-]$/.test(key)) return { state: NO_SCAN }
  const { text, since } = inTime && state.text !== '' ? state : { text: '', since: at }
  return { state: { text: text + key, since, at } }
}
