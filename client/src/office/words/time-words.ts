const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in its largest whole unit: `4 s`, `3 min`, `2 h`, `5 d`. */
export function durationText(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`
  if (ms < 2 * DAY) return `${Math.round(ms / HOUR)} h`
  return `${Math.round(ms / DAY)} d`
}

/** What is left until an instant: `14:07`, counting down minutes and seconds. */
export function countdownText(until: string, now: Date): string {
  const seconds = Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / SECOND))
  const part = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? `${minutes}:${part(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${part(minutes % 60)}:${part(seconds % 60)}`
}

/** Off by less than this, nobody reading a receipt would notice. */
const CLOCK_TOLERANCE_MS = 2 * SECOND

/**
 * A till's clock against the server's.
 * @param offsetMs what to add to the till's clock to get the server's: positive when the till is behind
 */
export function clockWords(offsetMs: number): { readonly right: boolean; readonly words: string } {
  if (Math.abs(offsetMs) < CLOCK_TOLERANCE_MS) return { right: true, words: 'right' }
  return { right: false, words: `${durationText(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead'}` }
}
