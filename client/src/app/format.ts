import * as formats from '@evertill/shared/receipt/formats'
import { currentLanguage, localeOf } from './locale.ts'

/** Minor units of a currency's unit, as a power of ten: 100 for dollars, 1 for yen. */
export const minorPerUnit = (currency: string): number => formats.minorPerUnit(currency)

/** An amount in minor units, taken apart so that a screen can show the currency sign small. */
export const moneyParts = (amount: number, currency: string): formats.MoneyParts =>
  formats.moneyParts(amount, currency, currentLanguage())

/** An amount in minor units as plain text: `$12.40`, `−$0.80`. */
export const moneyText = (amount: number, currency: string): string =>
  formats.moneyText(amount, currency, currentLanguage())

/** The same with a plus sign where it adds: `+$0.02`. */
export const signedMoneyText = (amount: number, currency: string): string =>
  amount > 0 ? `+${moneyText(amount, currency)}` : moneyText(amount, currency)

/** A quantity in thousandths: `2`, `1.25`, with its unit where it is weighed: `0.345 kg`. */
export const quantityText = (quantity: number, unit: 'each' | 'kg' = 'each'): string =>
  formats.quantityText(quantity, unit, currentLanguage()).replace(' ', '\u00a0')

/** A name whose measures stay on one line: `425 g` in it, `1.5 L`, `24 × 330 ml`. */
export const wholeMeasures = (name: string): string =>
  name
    .replaceAll(/ × (?=\d)/g, '\u00a0×\u00a0')
    .replaceAll(/(?<=\d) (?=(?:[km]?g|[mc]?[lL]|[cm]?m|s|pcs?)(?!\p{L}))/gu, '\u00a0')

/** A count of things: `1,234`. */
export const countText = (count: number): string => formats.numberText(count, currentLanguage())

/** A rate in parts per million as a percentage: `9 %`. */
export const rateText = (ratePpm: number): string => formats.rateText(ratePpm, currentLanguage())

/** `14:32`, in the shop's time zone where one is given. */
export const timeText = (at: Date, timeZone?: string): string =>
  formats.timeText(at, timeZone, currentLanguage())

/** `21 Nov 2025, 14:32`, in the shop's time zone where one is given. */
export const dateTimeText = (at: Date, timeZone?: string): string =>
  formats.dateTimeText(at, timeZone, currentLanguage())

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
