/**
 * The business date an instant belongs to at an outlet: local date, where the hours before the day-cut
 * still count as the evening before.
 * @param at instant of the sale, by the till's corrected clock
 * @param timeZone IANA name, such as `Asia/Singapore`
 * @param dayCutHour 0–23
 * @returns `YYYY-MM-DD`
 */
export function businessDate(at: Date, timeZone: string, dayCutHour: number): string {
  const hourMs = 3_600_000
  return localDate(new Date(at.getTime() - dayCutHour * hourMs), timeZone)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function localDate(at: Date, timeZone: string): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
  return `${parts.year}-${parts.month}-${parts.day}`
}
