import { type Language, localeOf } from '../domain/language.ts'

/*
 * Money, quantities, rates and times as people read them. `Intl` knows the rest of every language, so only what must
 * be alike everywhere is said here: a real minus sign, the narrow currency sign, and the 24-hour clock.
 */

export const MINUS = '−'

/** Making a format takes longer than using it: one of each kind per language. */
export function perLanguage<Made>(make: (locale: string, kind: string) => Made) {
  const made = new Map<string, Made>()
  return (kind: string, language: Language): Made => {
    const key = `${language} ${kind}`
    const known = made.get(key) ?? make(localeOf(language), kind)
    made.set(key, known)
    return known
  }
}

const moneyFormat = perLanguage((locale, currency) => {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
  const scale = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)
  return { format, scale, known: new Map<number, MoneyParts>() }
})

/** Minor units of a currency's unit, as a power of ten: 100 for dollars, 1 for yen. */
export const minorPerUnit = (currency: string): number => moneyFormat(currency, 'en').scale

export interface MoneyParts {
  /** A real minus sign, or nothing. */
  readonly sign: string
  readonly symbol: string
  readonly number: string
}

/** A screen shows the same few amounts again and again. */
const MOST_KNOWN = 2000

/** An amount in minor units, taken apart so that a screen can show the currency sign small. */
export function moneyParts(amount: number, currency: string, language: Language): MoneyParts {
  const { format, scale, known } = moneyFormat(currency, language)
  const before = known.get(amount)
  if (before !== undefined) return before
  let symbol = ''
  let number = ''
  for (const part of format.formatToParts(Math.abs(amount) / scale)) {
    if (part.type === 'currency') symbol = part.value
    else if (part.type !== 'literal') number += part.value
  }
  const parts = { sign: amount < 0 ? MINUS : '', symbol, number }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(amount, parts)
  return parts
}

/** An amount in minor units as plain text: `$12.40`, `−$0.80`. */
export function moneyText(amount: number, currency: string, language: Language): string {
  const { sign, symbol, number } = moneyParts(amount, currency, language)
  return `${sign}${symbol}${number}`
}

const wholeFormat = perLanguage((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }))

/** A number with its thousands apart: `1,234`, `−0.345`. */
export const numberText = (value: number, language: Language): string =>
  `${value < 0 ? MINUS : ''}${wholeFormat('', language).format(Math.abs(value))}`

/** A quantity in thousandths: `2`, `1.25`, with its unit where it is weighed: `0.345 kg`. */
export function quantityText(quantity: number, unit: 'each' | 'kg', language: Language): string {
  const number = numberText(quantity / 1000, language)
  return unit === 'kg' ? `${number} kg` : number
}

/** A rate in parts per million as a percentage: `9 %`. */
export const rateText = (ratePpm: number, language: Language): string =>
  `${wholeFormat('', language).format(ratePpm / 10_000)} %`

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** Of the zone where one is named; without a name, of this device. */
const inZone = (timeZone: string) => (timeZone === '' ? {} : { timeZone })
const timeFormat = perLanguage(
  (locale, timeZone) => new Intl.DateTimeFormat(locale, { ...CLOCK, ...inZone(timeZone) }),
)
const dateTimeFormat = perLanguage(
  (locale, timeZone) => new Intl.DateTimeFormat(locale, { ...DAY, ...CLOCK, ...inZone(timeZone) }),
)

/** `14:32`, in a time zone where one is given. */
export const timeText = (at: Date, timeZone: string | undefined, language: Language): string =>
  timeFormat(timeZone ?? '', language).format(at)

/** `21 Nov 2025, 14:32`, in a time zone where one is given. */
export const dateTimeText = (at: Date, timeZone: string | undefined, language: Language): string =>
  dateTimeFormat(timeZone ?? '', language).format(at)
