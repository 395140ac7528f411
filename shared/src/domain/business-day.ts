/**
 * The business date an instant belongs to at an outlet: the local date, where the hours before the day-cut
 * still count as the evening before. The cut is by the clock on the wall, also when the clocks change.
 * @param at instant of the sale, by the till's corrected clock
 * @param timeZone IANA name, such as `Asia/Singapore`
 * @param dayCutHour 0–23
 * @returns `YYYY-MM-DD`
 */
export function businessDate(at: Date, timeZone: string, dayCutHour: number): string {
  const local = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  )
  const daysBack = Number(local.hour) < dayCutHour ? 1 : 0
  const date = new Date(Date.UTC(Number(local.year), Number(local.month) - 1, Number(local.day) - daysBack))
  return date.toISOString().slice(0, 10)
}

const formats = new Map<string, Intl.DateTimeFormat>()

// Making a format costs far more than using it.
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en', { timeZone, calendar: 'gregory', hourCycle: 'h23', ...parts })
  formats.set(timeZone, format)
  return format
}
