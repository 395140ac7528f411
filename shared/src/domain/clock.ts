/**
 * How far, in milliseconds, a till's clock may be from the server's, or behind its own last entry, before a person
 * hears of it. Clocks that keep themselves by NTP stay within a second, and one set by hand from a wall clock within
 * a minute or two; five minutes is past all of these, and well short of putting a sale on another business day.
 */
export const CLOCK_TOLERANCE_MS = 5 * 60_000
