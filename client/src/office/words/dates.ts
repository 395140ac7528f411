/*
 * Business dates are `YYYY-MM-DD` texts and stay so: arithmetic goes through UTC noon, so no time zone
 * can move a date by one.
 */

const asUtc = (date: string): Date => new Date(`${date}T12:00:00.000Z`)

export function addDays(date: string, days: number): string {
  const moved = asUtc(date)
  moved.setUTCDate(moved.getUTCDate() + days)
  return moved.toISOString().slice(0, 10)
}

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
const short = format({ weekday: 'short', day: 'numeric', month: 'short' })
const withYear = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const weekday = format({ weekday: 'long' })

const plain = (text: string) => text.replace(',', '')

/** `Thu 13 Nov`. */
export const dateText = (date: string): string => plain(short.format(asUtc(date)))
/** `Thu 13 Nov 2025`. */
export const longDateText = (date: string): string => plain(withYear.format(asUtc(date)))
/** `Thursday`. */
export const weekdayText = (date: string): string => weekday.format(asUtc(date))

/** The calendar date an instant falls on in a time zone. */
export const dateIn = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

export interface Instants {
  /** `14:32` */
  readonly time: string
  /** `Thu 13 Nov, 14:32`; with the year when it is not this one */
  readonly short: string
  /** `Thu 13 Nov 2025, 14:32:07 (Asia/Singapore)` */
  readonly full: string
}

/** An instant in words, by the clock on an outlet's wall. */
export function instantText(at: string, timeZone: string, now: Date): Instants {
  const instant = new Date(at)
  const date = dateIn(instant, timeZone)
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' }).format(instant)
  const time = clock.slice(0, 5)
  const sameYear = date.slice(0, 4) === dateIn(now, timeZone).slice(0, 4)
  return {
    time,
    short: `${sameYear ? dateText(date) : longDateText(date)}, ${time}`,
    full: `${longDateText(date)}, ${clock} (${timeZone})`,
  }
}
