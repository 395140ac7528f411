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

/**
 * The first moment, from that one on, at which it is on; undefined when it is never on again. Whatever it is, it
 * begins within a week of its first day or not at all.
 */
export function nextOn(
  promotion: Pick<Promotion, 'from' | 'until' | 'hours'>,
  now: Moment,
): Moment | undefined {
  if (isOn(promotion, now)) return now
  const begins = promotion.hours?.fromMinute ?? 0
  let date = promotion.from !== null && promotion.from > now.date ? promotion.from : now.date
  for (let day = 0; day <= 7; day++, date = dayAfter(date)) {
    const moment = { date, minute: begins }
    if ((date > now.date || begins >= now.minute) && isOn(promotion, moment)) return moment
  }
  return undefined
}

/** Whether two lots of hours have a minute of the week in common; null is always. */
export function hoursMeet(a: PromotionHours | null, b: PromotionHours | null): boolean {
  if (a === null || b === null) return true
  return stretchesOf(a).some((one) =>
    // Sunday night goes on into Monday.
    stretchesOf(b).some((other) =>
      [-WEEK, 0, WEEK].some((shift) => one.from < other.until + shift && other.from + shift < one.until),
    ),
  )
}

const DAY = 1440
const WEEK = 7 * DAY

/** Minutes of the week, from Monday at midnight. */
const stretchesOf = ({ days, fromMinute, untilMinute }: PromotionHours) =>
  days.map((day) => {
    const from = (day - 1) * DAY + fromMinute
    return { from, until: (day - 1) * DAY + untilMinute + (untilMinute <= fromMinute ? DAY : 0) }
  })

const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

const dayBefore = (date: string): string => daysFrom(date, -1)
const dayAfter = (date: string): string => daysFrom(date, 1)

const daysFrom = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

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
