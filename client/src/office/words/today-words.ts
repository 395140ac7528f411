import { countOf } from './count-words.ts'

interface TillContact {
  readonly name: string
  readonly waiting: number | null
  readonly lastContactAt: string | null
  readonly gap: boolean
}

/** A till calls at least once a minute; after this long it is off, or cut off with sales it cannot send. */
export const SILENT_AFTER_MS = 5 * 60_000

export type Freshness = 'up-to-date' | 'sending' | 'gap' | 'silent' | 'never'

/** What head office can say about a till: only `up-to-date` means that every sale of it is here. */
export function freshness(till: Omit<TillContact, 'name'>, now: Date): Freshness {
  if (till.lastContactAt === null) return 'never'
  if (now.getTime() - new Date(till.lastContactAt).getTime() > SILENT_AFTER_MS) return 'silent'
  if ((till.waiting ?? 0) > 0) return 'sending'
  return till.gap ? 'gap' : 'up-to-date'
}

/** The day in one breath: can the figures be trusted, and is there something to do. */
export function todaySentence(
  tills: readonly TillContact[],
  { openExceptions, drawers }: { readonly openExceptions: number; readonly drawers: number },
  now: Date,
): string {
  const enrolled = tills.filter((till) => freshness(till, now) !== 'never')
  const upToDate = enrolled.filter((till) => freshness(till, now) === 'up-to-date').length
  const counted = drawers === 0 ? '' : ` ${countOf(drawers, 'drawer was', 'drawers were')} over or short.`
  return `${tillsWords(enrolled, upToDate)} ${needsWords(openExceptions)}${counted}`
}

function tillsWords(enrolled: readonly TillContact[], upToDate: number): string {
  const [only] = enrolled
  if (only === undefined) return 'No till has sold anything here yet.'
  if (enrolled.length === 1) return `${only.name} is ${upToDate === 1 ? '' : 'not '}up to date.`
  if (upToDate === enrolled.length) return `All ${enrolled.length} tills are up to date.`
  return `${upToDate} of ${enrolled.length} tills ${upToDate === 1 ? 'is' : 'are'} up to date.`
}

function needsWords(openExceptions: number): string {
  if (openExceptions === 0) return 'Nothing needs you.'
  return `${countOf(openExceptions, 'thing needs', 'things need')} you.`
}

export const SAME = 'the same'

/** A figure against the one of a week before: `12 % more`, `3 % less`, `the same`. */
export function comparedWith(value: number, before: number): string | undefined {
  if (before <= 0) return undefined
  const percent = Math.round(((value - before) / before) * 100)
  if (percent === 0) return SAME
  return `${Math.abs(percent)} % ${percent > 0 ? 'more' : 'less'}`
}
