/** What a keypad or a keyboard can do to a number being typed. */
export const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

export interface NumberShape {
  /** Decimals a person may type. */
  readonly decimals: number
  /** Digits before the point. */
  readonly whole: number
}

/**
 * The text after one more key: a digit, `.`, `Backspace` or `Delete`. A key that makes no sense changes nothing.
 * The text stays what a person reads: `12.4`, never `012.40`.
 */
export function textAfterKey(text: string, key: string, shape: NumberShape): string {
  if (key === 'Backspace') return text.slice(0, -1)
  if (key === 'Delete') return ''
  const [whole = '', fraction] = text.split('.')
  if (key === '.' || key === ',') {
    if (shape.decimals === 0 || fraction !== undefined) return text
    return `${whole === '' ? '0' : whole}.`
  }
  if (!/^\d$/.test(key)) return text
  if (fraction !== undefined) return fraction.length < shape.decimals ? text + key : text
  if (whole === '0') return key
  return whole.length < shape.whole ? text + key : text
}

/**
 * The typed text as a whole number of its smallest parts, without passing through a float.
 * @param places decimal places of the result: 2 for cents, 3 for thousandths, 4 turns a percentage into ppm
 * @returns undefined when nothing was typed
 */
export function typedNumber(text: string, places: number): number | undefined {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  return Number(whole + fraction.padEnd(places, '0').slice(0, places))
}

/** The text for a number of smallest parts, as short as it can be typed: 1250 with 3 places is `1.25`. */
export function numberToTyped(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const at = digits.length - places
  const fraction = digits.slice(at).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, at) : `${digits.slice(0, at)}.${fraction}`
}
