import { paperTime } from '@evertill/shared/receipt/paper-time'
import type { Paper } from '../../store/journal.ts'

/** What of a paper can be searched for, in one text. */
export function paperText({ entry }: Paper, timeZone: string, minorPerUnit: number): string {
  const { receiptNo, total, customer, buyer } = entry.body
  const places = Math.round(Math.log10(minorPerUnit))
  const names = [customer?.name ?? '', buyer?.name ?? '']
  return [receiptNo, ...names, (total / minorPerUnit).toFixed(places), atText(paperTime(entry), timeZone)]
    .join(' ')
    .toLowerCase()
}

/** Whether it has every word that was typed: a number, an amount, a time such as 14:32, a date, a customer. */
export function paperMatcher(
  typed: string,
  timeZone: string,
  minorPerUnit: number,
): (paper: Paper) => boolean {
  const words = typed.toLowerCase().replaceAll('$', '').split(/\s+/).filter(Boolean)
  return (paper) => {
    const text = paperText(paper, timeZone, minorPerUnit)
    return words.every((word) => text.includes(word))
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-11-21 14:32`: what a person types, in whatever language the screen is. */
function atText(at: string, timeZone: string): string {
  let format = formats.get(timeZone)
  if (format === undefined) {
    // Sweden writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone })
    formats.set(timeZone, format)
  }
  return format.format(new Date(at))
}
