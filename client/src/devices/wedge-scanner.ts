import { isGtin } from '@evertill/shared/domain/barcode'
import { readValueCode } from '@evertill/shared/domain/stored-value'

/*
 * A wedge scanner is a keyboard that types a code faster than any hand, and mostly Enter or Tab behind it. This
 * decides what was a scan, key by key:
 *
 *   typing ─▶ (fast, long and mostly digits) ─▶ scanning ─▶ Enter, Tab or a pause ─▶ scanned
 *      ▲                                            └──────▶ it was none after all ─▶ given back
 *
 * While scanning, no key reaches a field or a keypad, and what had reached one before is taken back. A code's keys come
 * FAST_MS apart: of that the middle one is asked, so that a device that holds back a few of them does no harm. A
 * scanner that was set to send a prefix is known by it, however slowly it types.
 */
export interface ScannerSettings {
  /** The key a scanner sends before every code: a character, or the name of a key such as `F13`. */
  readonly prefix?: string
  /** How a code ends. `any` finds it out: Enter, Tab or nothing. */
  readonly suffix: 'any' | 'Enter' | 'Tab' | 'none'
}

export const ANY_SCANNER: ScannerSettings = { suffix: 'any' }

interface Key {
  readonly key: string
  /** Milliseconds, by the clock of its event. */
  readonly at: number
}

export interface ScannerState {
  readonly keys: readonly Key[]
  /** From which of them on they are held; undefined while nobody knows that this is a scan. */
  readonly heldFrom?: number
  /** The last scan ended by a pause: an Enter that comes late is still its. */
  readonly pausedAt?: number
  /** This scanner sends something behind a code: no pause ends one. */
  readonly ends?: true
}

export const NO_SCAN: ScannerState = { keys: [] }

/** What becomes of a key. */
export type ScannerStep = {
  readonly state: ScannerState
} /** It goes on its way. With `giveBack`: what was held before it has to be typed after all. */ & (
  | { readonly act: 'pass'; readonly giveBack?: string }
  /** It is the scanner's; so were the keys since then that went on their way. */
  | { readonly act: 'hold'; readonly takeBackSince?: number }
  | { readonly act: 'scanned'; readonly code: string; readonly takeBackSince?: number }
)

/** No gap within a code is longer. */
const MOST_GAP_MS = 1000
/** A longer one may be that between a hand and a scanner. */
const LONG_GAP_MS = 300
const FAST_MS = 50
/** What a check digit proves whole may come this slowly: no hand keeps that up for so many keys. */
const FAST_CHECKED_MS = 70
const LEAST_LENGTH = 6
const LEAST_DIGITS = 4
const MOST_KEYS = 200
const LATE_SUFFIX_MS = 400
/** After so long without a key `afterScannerPause` is to be asked, and after GIVE_UP_MS `afterScannerSilence`. */
export const PAUSE_MS = 120
export const GIVE_UP_MS = MOST_GAP_MS

const SUFFIXES: ReadonlySet<string> = new Set(['Enter', 'Tab'])
// No point: that is what a person types into an amount.
const CODE_KEY = /^[0-9A-Za-z$%/+*-]$/

/** The scanner's state after a key, and what becomes of the key. Pure. */
export function afterScannerKey(
  state: ScannerState,
  key: string,
  at: number,
  settings: ScannerSettings = ANY_SCANNER,
): ScannerStep {
  const last = state.keys.at(-1)
  if (last !== undefined && at - last.at > MOST_GAP_MS) {
    const late = afterScannerKey(ended(state), key, at, settings)
    return late.act === 'pass' ? { ...late, ...givingBack(state) } : late
  }
  const { prefix } = settings
  if (prefix !== undefined && key === prefix)
    return { state: { ...ended(state), keys: [{ key: '', at }], heldFrom: 0 }, act: 'hold' }
  // Shift arrives before a capital letter and breaks nothing.
  if (key === 'Shift') return { state, act: 'pass' }
  if (SUFFIXES.has(key)) return afterSuffix(state, key, at, settings)
  const isHolding = state.heldFrom !== undefined
  const isOfCode = key.length === 1 && (prefix !== undefined && isHolding ? /\S/ : CODE_KEY).test(key)
  if (!isOfCode) return { state: ended(state), act: 'pass', ...givingBack(state) }

  const { pausedAt: _, ...rest } = state
  const keys = [...state.keys, { key, at }]
  if (isHolding) return { state: { ...rest, keys }, act: 'hold' }
  const typed = keys.slice(-MOST_KEYS)
  const start = prefix === undefined ? beginningIn(typed) : undefined
  if (start === undefined) return { state: { ...rest, keys: typed }, act: 'pass' }
  return {
    state: { ...rest, keys: typed, heldFrom: start },
    act: 'hold',
    takeBackSince: typed[start]?.at ?? at,
  }
}

function afterSuffix(state: ScannerState, key: string, at: number, settings: ScannerSettings): ScannerStep {
  const { pausedAt, ends: _, ...rest } = state
  if (state.keys.length === 0 && pausedAt !== undefined && at - pausedAt <= LATE_SUFFIX_MS)
    return { state: { ...rest, ends: true }, act: 'hold' }
  const wanted = settings.suffix === 'any' || settings.suffix === key
  const scan = wanted ? scanIn(state, settings) : undefined
  if (scan !== undefined) return { state: { ...NO_SCAN, ends: true }, act: 'scanned', ...scan }
  return { state: ended(state), act: 'pass', ...givingBack(state) }
}

/** What a pause of PAUSE_MS ends; undefined where it ends nothing. */
export function afterScannerPause(
  state: ScannerState,
  at: number,
  settings: ScannerSettings = ANY_SCANNER,
): ScannerStep | undefined {
  const { suffix, prefix } = settings
  const scan = scanIn(state, settings)
  if (scan === undefined) return undefined
  const isOver =
    prefix !== undefined
      ? suffix === 'none'
      : // Without anything to end it, only a right check digit tells a code from the first half of one.
        isChecked(scan.code) && (suffix === 'none' || (suffix === 'any' && state.ends === undefined))
  return isOver ? { state: { ...ended(state), pausedAt: at }, act: 'scanned', ...scan } : undefined
}

/** What GIVE_UP_MS without a key ends: what a prefix announced is a code, anything else was none. */
export function afterScannerSilence(
  state: ScannerState,
  settings: ScannerSettings = ANY_SCANNER,
): ScannerStep | undefined {
  if (state.heldFrom === undefined) return undefined
  const scan = settings.prefix === undefined ? undefined : scanIn(state, settings)
  if (scan !== undefined) return { state: ended(state), act: 'scanned', ...scan }
  return { state: ended(state), act: 'pass', ...givingBack(state) }
}

const ended = ({ ends }: ScannerState): ScannerState => (ends ? { ...NO_SCAN, ends } : NO_SCAN)

const textOf = (keys: readonly Key[]) => keys.map(({ key }) => key).join('')

function givingBack({ keys, heldFrom }: ScannerState): { readonly giveBack?: string } {
  const held = heldFrom === undefined ? '' : textOf(keys.slice(heldFrom))
  return held === '' ? {} : { giveBack: held }
}

/** Where in what was typed a scan has begun for certain. */
function beginningIn(keys: readonly Key[]): number | undefined {
  if (isWhole(keys)) return 0
  const start = startsIn(keys).at(-1) ?? 0
  return looksLikeCode(keys.slice(start)) ? start : undefined
}

/**
 * The code that was typed up to its end. A long gap is either where a hand stopped and a scanner began, or where a busy
 * device held back a key: a right check digit says which; else what is a code by itself begins behind the gap.
 */
function scanIn(
  { keys, heldFrom }: ScannerState,
  { prefix }: ScannerSettings,
): { readonly code: string; readonly takeBackSince?: number } | undefined {
  if (prefix !== undefined) {
    const code = heldFrom === undefined ? '' : textOf(keys)
    return code === '' ? undefined : { code }
  }
  const starts = startsIn(keys)
  const isCode = (start: number) => looksLikeCode(keys.slice(start))
  const start =
    starts.find((from) => isWhole(keys.slice(from))) ??
    (heldFrom !== undefined && isCode(heldFrom) ? heldFrom : starts.toReversed().find(isCode))
  if (start === undefined) return undefined
  const first = keys[start]
  const wentThrough = heldFrom === undefined || start < heldFrom
  return { code: textOf(keys.slice(start)), ...(wentThrough && first && { takeBackSince: first.at }) }
}

/** Where a code may begin: at the first key, and behind each long gap. */
const startsIn = (keys: readonly Key[]): number[] =>
  keys.flatMap(({ at }, i) => (i === 0 || at - (keys[i - 1]?.at ?? at) > LONG_GAP_MS ? [i] : []))

const isWhole = (keys: readonly Key[]): boolean => isChecked(textOf(keys)) && isFast(keys, FAST_CHECKED_MS)

/** It has a check digit, and that is right. A gift card's code may have hardly a digit besides. */
const isChecked = (code: string): boolean => isGtin(code) || readValueCode(code) !== undefined

function looksLikeCode(keys: readonly Key[]): boolean {
  const digits = keys.filter(({ key }) => /\d/.test(key)).length
  return keys.length >= LEAST_LENGTH && digits >= LEAST_DIGITS && isFast(keys, FAST_MS)
}

/** By the middle one of the gaps. */
function isFast(keys: readonly Key[], mostMs: number): boolean {
  const gaps = keys.slice(1).map(({ at }, i) => at - (keys[i]?.at ?? at))
  return (gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? Number.POSITIVE_INFINITY) <= mostMs
}
