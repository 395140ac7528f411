import type { Promotion } from './promotion.ts'
import { isOn, type Moment, type PromotionHours } from './promotion-time.ts'

/* What head office asks of promotions and time; a till asks only whether one is on. */

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

const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
