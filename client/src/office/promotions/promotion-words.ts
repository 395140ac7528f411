import type { PromotionOffer } from '@evertill/shared/domain/promotion'
import type { PromotionWarning } from '@evertill/shared/domain/promotion-review'
import type { PromotionHours } from '@evertill/shared/domain/promotion-time'
import type { PromotionState, PromotionSummary } from '@evertill/shared/protocol/office/promotions'
import { countText, moneyText, rateText } from '../../app/format.ts'
import { countOf } from '../words/count-words.ts'
import { dateText, longDateText } from '../words/dates.ts'

export const STATE_WORDS: Readonly<Record<PromotionState, string>> = {
  running: 'Running',
  coming: 'Coming',
  ended: 'Ended',
}

/** What is given, without on what: `Any 3 for $5.00`. It is also what a receipt says where nobody names it. */
export function offerWords(offer: PromotionOffer, currency: string): string {
  const money = (amount: number) => moneyText(amount, currency)
  switch (offer.kind) {
    case 'off':
      return offer.discount.kind === 'percent'
        ? `${rateText(offer.discount.ratePpm)} off`
        : `${money(offer.discount.amount)} off each`
    case 'price':
      return `${money(offer.price)} each`
    case 'set':
      return offer.mixed
        ? `Any ${offer.size} for ${money(offer.price)}`
        : `${offer.size} of the same for ${money(offer.price)}`
    case 'buy-get': {
      const how = offer.ratePpm === 1_000_000 ? 'free' : `at ${rateText(offer.ratePpm)} off`
      return `Buy ${offer.buy} get ${offer.get} ${how}${offer.mixed ? '' : ', of the same'}`
    }
  }
}

/** On what: `Hot Counter, Snacks and 2 products`. */
export function goodsWords(goods: PromotionSummary['goods']): string {
  if (goods.kind === 'all') return 'Everything'
  const products =
    goods.products === 0
      ? []
      : [goods.products === 1 && goods.product !== null ? goods.product : countOf(goods.products, 'product')]
  return listWords([...goods.categories, ...products])
}

export const listWords = (all: readonly string[]): string =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const DAY_NAMES = DAYS.map((label, i) => ({ value: String(i + 1), label }))

/** `Mon–Fri`, `Sat and Sun`, `every day`. */
export function daysWords(days: readonly number[]): string {
  const on = [1, 2, 3, 4, 5, 6, 7].filter((day) => days.includes(day))
  if (on.length === 7) return 'every day'
  const runs: number[][] = []
  for (const day of on) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const name = (day: number | undefined) => DAYS[(day ?? 1) - 1] ?? ''
  return listWords(
    runs.flatMap((run) => (run.length > 2 ? [`${name(run[0])}–${name(run.at(-1))}`] : run.map(name))),
  )
}

/** `15:00`; the end of a day is `24:00`. */
export const clockWords = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** `Mon–Fri 15:00–17:00`. */
export const hoursWords = ({ days, fromMinute, untilMinute }: PromotionHours): string =>
  `${daysWords(days)} ${clockWords(fromMinute)}–${clockWords(untilMinute)}`

interface When {
  readonly from: string | null
  readonly until: string | null
  readonly hours: PromotionHours | null
  readonly endedAt?: string | null
}

/** When it is on: `From Sat 1 Nov until Sun 30 Nov, Mon–Fri 15:00–17:00`. */
export function whenWords({ from, until, hours }: When, today: string): string {
  const day = (date: string) => (date.slice(0, 4) === today.slice(0, 4) ? dateText(date) : longDateText(date))
  const dates = [
    ...(from === null ? [] : [`from ${day(from)}`]),
    ...(until === null ? [] : [`until ${day(until)}`]),
  ].join(' ')
  const words = [...(dates === '' ? [] : [dates]), ...(hours === null ? [] : [hoursWords(hours)])].join(', ')
  return words === '' ? 'Always' : words.charAt(0).toUpperCase() + words.slice(1)
}

/** For whom: `Gold members`, `Everyone`. */
export const peopleWords = (tiers: readonly string[]): string =>
  tiers.length === 0 ? 'Everyone' : `${listWords(tiers)} members`

/** A warning as what it means and what to do. */
export function warningWords(warning: PromotionWarning, currency: string): string {
  const money = (amount: number) => moneyText(amount, currency)
  switch (warning.code) {
    case 'nothing-matches':
      return 'No product that you sell is among its goods, so nobody will be given it.'
    case 'gone':
      return `${countOf(warning.products, 'product')} of it ${warning.products === 1 ? 'is' : 'are'} no longer sold.`
    case 'never-on':
      return 'Its days and hours leave no minute at which it is on. Choose other dates, days or hours.'
    case 'not-cheaper':
      return `${exampleWords(warning, money)} by the price tag anyway, so ${
        warning.all ? 'nobody will be given it' : `it is not given on ${othersToo(warning.products)}`
      }.`
    case 'free':
      return `${piecesWords(warning)} would cost nothing${others(warning.products)}.`
    case 'below-cost':
      return `${piecesWords(warning)} would sell for ${money(warning.offered)} and cost you ${money(warning.cost)}${others(warning.products)}.`
    case 'weighed':
      return `${warning.name}${others(warning.products)} is sold by weight, and weight makes no sets: it is not given on that.`
    case 'overlaps':
      return `“${warning.name}” is about some of the same goods. ${FIRST_WORDS[warning.first]}`
    case 'too-many':
      return `There are ${countText(warning.most)} promotions already, and a till looks at no more at once. End some first.`
  }
}

const FIRST_WORDS = {
  better: 'A piece is given one of the two: whichever takes more off the bill.',
  this: 'A piece is given one of the two: this one goes first.',
  other: 'A piece is given one of the two: that one goes first.',
  undecided: 'A piece is given one of the two. Both go before all others: give one of them a smaller number.',
} as const

interface Pieces {
  readonly pieces: number
  readonly name: string
}

const piecesWords = ({ pieces, name }: Pieces): string => (pieces === 1 ? name : `${pieces} × ${name}`)
const exampleWords = (
  { ordinary, ...rest }: Pieces & { ordinary: number },
  money: (amount: number) => string,
): string => `${piecesWords(rest)} come${rest.pieces === 1 ? 's' : ''} to ${money(ordinary)}`
const others = (products: number): string =>
  products > 1 ? ` (and so with ${countOf(products - 1, 'other product')})` : ''
const othersToo = (products: number): string =>
  products > 1 ? `that and ${countOf(products - 1, 'other product')} by themselves` : 'that by itself'
