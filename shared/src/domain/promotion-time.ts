import type { Promotion } from './promotion.ts'

/** Hours of the week, by the clock on the outlet's wall. */
export interface PromotionHours {
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[]
  /** Minutes after midnight, 0–1439. */
  readonly fromMinute: number
  /** The first minute that is no longer in, 1–1440; at or before `fromMinute` it is one of the next day. */
  readonly untilMinute: number
}

/** What the calendar and the clock on the outlet's wall show. */
export interface Moment {
  /** `YYYY-MM-DD` */
  readonly date: string
  /** Minutes after midnight. */
  readonly minute: number
}

/**
 * What the wall shows at an instant, by the calendar: a day-cut has no part in it.
 * @param timeZone IANA name, such as `Asia/Singapore`
 */
export function momentAt(at: Date, timeZone: string): Moment {
  const { year, month, day, hour, minute } = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  return { date: `${year}-${month}-${day}`, minute: Number(hour) * 60 + Number(minute) }
}

/**
 * Whether a promotion is on. Hours that go past midnight belong to the day on which they began: to its day of the
 * week, and to its date.
 */
export function isOn(
  { from, until, hours }: Pick<Promotion, 'from' | 'until' | 'hours'>,
  { date, minute }: Moment,
): boolean {
  const valid = (day: string) => (from === null || from <= day) && (until === null || day <= until)
  if (hours === null) return valid(date)
  const { days, fromMinute, untilMinute } = hours
  const on = (day: string) => valid(day) && days.includes(weekday(day))
  if (fromMinute < untilMinute) return on(date) && fromMinute <= minute && minute < untilMinute
  return (minute >= fromMinute && on(date)) || (minute < untilMinute && on(dayBefore(date)))
}

const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

const dayBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

const formats = new Map<string, Intl.DateTimeFormat>()

// Making a format costs far more than using it.
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const parts = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', hourCycle: 'h23', ...parts })
  formats.set(timeZone, format)
  return format
}
