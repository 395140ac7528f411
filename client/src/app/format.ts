import { currentLanguage, type Language, localeOf } from './locale.ts'

const MINUS = '−'

/** Making a format takes longer than using it: one of each kind per language. */
function perLanguage<Made>(make: (locale: string, kind: string) => Made) {
  const made = new Map<string, Made>()
  return (kind = '', language: Language = currentLanguage()): Made => {
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
  return { format, scale: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) }
})

/** Minor units of a currency's unit, as a power of ten: 100 for dollars, 1 for yen. */
export const minorPerUnit = (currency: string): number => moneyFormat(currency).scale

export interface MoneyParts {
  /** A real minus sign, or nothing. */
  readonly sign: string
  readonly symbol: string
  readonly number: string
}

/** An amount in minor units, taken apart so that a screen can show the currency sign small. */
export function moneyParts(amount: number, currency: string): MoneyParts {
  const { format, scale } = moneyFormat(currency)
  let symbol = ''
  let number = ''
  for (const part of format.formatToParts(Math.abs(amount) / scale)) {
    if (part.type === 'currency') symbol = part.value
    else if (part.type !== 'literal') number += part.value
  }
  return { sign: amount < 0 ? MINUS : '', symbol, number }
}

/** An amount in minor units as plain text: `$12.40`, `−$0.80`. */
export function moneyText(amount: number, currency: string): string {
  const { sign, symbol, number } = moneyParts(amount, currency)
  return `${sign}${symbol}${number}`
}

/** The same with a plus sign where it adds: `+$0.02`. */
export const signedMoneyText = (amount: number, currency: string): string =>
  amount > 0 ? `+${moneyText(amount, currency)}` : moneyText(amount, currency)

const wholeFormat = perLanguage((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }))

/** A quantity in thousandths: `2`, `1.25`, with its unit where it is weighed: `0.345 kg`. */
export function quantityText(quantity: number, unit: 'each' | 'kg' = 'each'): string {
  const number = `${quantity < 0 ? MINUS : ''}${wholeFormat().format(Math.abs(quantity) / 1000)}`
  return unit === 'kg' ? `${number} kg` : number
}

/** A count of things: `1,234`. */
export const countText = (count: number): string =>
  `${count < 0 ? MINUS : ''}${wholeFormat().format(Math.abs(count))}`

/** A rate in parts per million as a percentage: `9 %`. */
export const rateText = (ratePpm: number): string => `${wholeFormat().format(ratePpm / 10_000)} %`

const timeOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const zoned = (timeZone?: string) => (timeZone === undefined ? {} : { timeZone })

/** `14:32`, in the shop's time zone where one is given. */
export const timeText = (at: Date, timeZone?: string): string =>
  new Intl.DateTimeFormat(localeOf(currentLanguage()), { ...timeOptions, ...zoned(timeZone) }).format(at)

/** `21 Nov 2025, 14:32`; in the language of the page, unless another is given. */
export const dateTimeText = (at: Date, timeZone?: string, language = currentLanguage()): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...timeOptions,
    ...zoned(timeZone),
  }).format(at)

/** How long ago, in the largest unit that says it: `just now`, `5 min ago`, `3 days ago`. */
export function agoText(at: Date, now: Date): string {
  const locale = localeOf(currentLanguage())
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000)
  if (Math.abs(seconds) < 45)
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'short' })
  const minutes = Math.round(seconds / 60)
  if (Math.abs(minutes) < 60) return relative.format(-minutes, 'minute')
  const hours = Math.round(minutes / 60)
  if (Math.abs(hours) < 48) return relative.format(-hours, 'hour')
  return relative.format(-Math.round(hours / 24), 'day')
}

/** Bytes for a person: `12 MB`. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const format = new Intl.NumberFormat(localeOf(currentLanguage()), { maximumSignificantDigits: 3 })
  return `${format.format(bytes / 1000 ** power)} ${units[power]}`
}
