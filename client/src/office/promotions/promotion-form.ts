import { MOST_MONEY, MOST_PRICE, ppm } from '@evertill/shared/domain/money'
import type { PromotionOffer } from '@evertill/shared/domain/promotion'
import { type PromotionEdit, zPromotionEdit } from '@evertill/shared/protocol/office/promotions'
import { formErrors } from '../words/form-errors.ts'
import { amountProblem, parseMoneyText, plainMoneyText } from '../words/money-text.ts'
import { parsePercentText, percentText } from '../words/percent-text.ts'
import { clockWords, offerWords } from './promotion-words.ts'

/** A promotion as it stands in the form: figures are text until they are saved. */
export interface PromotionFormValues {
  kind: OfferKind
  percent: string
  amount: string
  price: string
  size: string
  setPrice: string
  buy: string
  get: string
  getPercent: string
  mixed: boolean
  about: 'all' | 'some'
  categoryIds: string[]
  productIds: string[]
  from: string | null
  until: string | null
  atHours: boolean
  days: string[]
  fromTime: string
  untilTime: string
  tierIds: string[]
  stacking: PromotionEdit['stacking']
  priority: string
  withBillDiscount: boolean
  name: string
}

export type OfferKind = 'percent' | 'amount' | 'price' | 'set' | 'buy-get'

const EMPTY: PromotionFormValues = {
  kind: 'percent',
  percent: '',
  amount: '',
  price: '',
  size: '3',
  setPrice: '',
  buy: '2',
  get: '1',
  getPercent: '100',
  mixed: true,
  about: 'some',
  categoryIds: [],
  productIds: [],
  from: null,
  until: null,
  atHours: false,
  days: ['1', '2', '3', '4', '5', '6', '7'],
  fromTime: '15:00',
  untilTime: '17:00',
  tierIds: [],
  stacking: 'best',
  priority: '100',
  withBillDiscount: true,
  name: '',
}

/** What the form begins with; a promotion whose name is the usual one of its offer is not said to have one. */
export function promotionFormValues(
  promotion: PromotionEdit | undefined,
  currency: string,
): PromotionFormValues {
  if (promotion === undefined) return EMPTY
  const { goods, offer, hours } = promotion
  return {
    ...EMPTY,
    ...offerValues(offer, currency),
    about: goods.kind,
    ...(goods.kind === 'some' && {
      categoryIds: [...goods.categoryIds],
      productIds: [...goods.productIds],
    }),
    from: promotion.from,
    until: promotion.until,
    ...(hours !== null && {
      atHours: true,
      days: hours.days.map(String),
      fromTime: clockWords(hours.fromMinute),
      untilTime: clockWords(hours.untilMinute % 1440),
    }),
    tierIds: [...promotion.tierIds],
    stacking: promotion.stacking,
    priority: String(promotion.priority),
    withBillDiscount: promotion.withBillDiscount,
    name: promotion.name === offerWords(offer, currency) ? '' : promotion.name,
  }
}

function offerValues(offer: PromotionOffer, currency: string): Partial<PromotionFormValues> {
  const money = (amount: number) => plainMoneyText(amount, currency)
  switch (offer.kind) {
    case 'off':
      return offer.discount.kind === 'percent'
        ? { kind: 'percent', percent: percentText(offer.discount.ratePpm) }
        : { kind: 'amount', amount: money(offer.discount.amount) }
    case 'price':
      return { kind: 'price', price: money(offer.price) }
    case 'set':
      return { kind: 'set', size: String(offer.size), setPrice: money(offer.price), mixed: offer.mixed }
    case 'buy-get':
      return {
        kind: 'buy-get',
        buy: String(offer.buy),
        get: String(offer.get),
        getPercent: percentText(offer.ratePpm),
        mixed: offer.mixed,
      }
  }
}

export type ReadPromotion =
  | { readonly ok: true; readonly edit: PromotionEdit }
  | { readonly ok: false; readonly errors: Record<string, string> }

/** What the form says, as a promotion to save, or what is wrong with it by field. */
export function readPromotionForm(values: PromotionFormValues, currency: string): ReadPromotion {
  const errors: Record<string, string> = {}
  const read = reader(values, currency, errors)
  const offer = readOffer(values, read)
  const { about, categoryIds, productIds, from, until, tierIds, stacking, withBillDiscount } = values
  const edit = {
    name: values.name.trim() === '' ? offerWords(offer, currency) : values.name,
    // Of those that are all weighed against each other a number decides nothing.
    priority: stacking === 'exclusive' ? read.count('priority', 0) : 100,
    from,
    until,
    goods: about === 'all' ? { kind: 'all' } : { kind: 'some', productIds, categoryIds },
    offer,
    stacking,
    withBillDiscount,
    tierIds,
    hours: values.atHours
      ? {
          days: values.days.map(Number).toSorted(),
          fromMinute: read.time('fromTime'),
          // The end of a day is the beginning of the next, and a clock has one name for the two.
          untilMinute: read.time('untilTime') || 1440,
        }
      : null,
  }
  for (const [path, words] of Object.entries(formErrors(zPromotionEdit, edit)))
    errors[fieldOf(path, values.kind)] ??= path === 'hours.days' ? 'Choose a day' : words
  const parsed = zPromotionEdit.safeParse(edit)
  return parsed.success && Object.keys(errors).length === 0
    ? { ok: true, edit: parsed.data }
    : { ok: false, errors }
}

/** Which field of the form a path of the message is about; the server names paths too. */
export function fieldOf(path: string, kind: OfferKind): string {
  const plain = path.replace(/^promotion\./, '')
  if (plain === 'goods' || plain.startsWith('goods.productIds')) return 'productIds'
  if (plain.startsWith('goods.categoryIds')) return 'categoryIds'
  if (plain.startsWith('tierIds')) return 'tierIds'
  if (plain.startsWith('hours.days')) return 'days'
  if (plain.startsWith('hours.')) return plain === 'hours.fromMinute' ? 'fromTime' : 'untilTime'
  if (!plain.startsWith('offer')) return plain
  if (plain === 'offer.price') return kind === 'set' ? 'setPrice' : 'price'
  if (plain === 'offer.ratePpm') return 'getPercent'
  if (plain === 'offer.discount.amount') return 'amount'
  if (plain === 'offer.discount.ratePpm') return 'percent'
  return plain.replace('offer.', '')
}

type TextField = {
  [K in keyof PromotionFormValues]: PromotionFormValues[K] extends string ? K : never
}[keyof PromotionFormValues]

/** Reads one field, or notes what is wrong with it and goes on with what harms nothing. */
function reader(values: PromotionFormValues, currency: string, errors: Record<string, string>) {
  return {
    money(field: TextField, most: number) {
      const read = parseMoneyText(values[field], currency, most)
      if (read.ok) return read.amount
      errors[field] = amountProblem(read.code)
      return 0 as never
    },
    percent(field: TextField) {
      const rate = parsePercentText(values[field])
      if (rate !== undefined) return rate
      errors[field] = values[field].trim() === '' ? 'Fill this in' : 'Type a percentage from 1 to 100'
      return ppm(10_000)
    },
    count(field: TextField, least = 1) {
      const text = values[field].normalize('NFKC').trim()
      if (/^\d{1,7}$/.test(text) && Number(text) >= least) return Number(text)
      errors[field] = text === '' ? 'Fill this in' : `Type a whole number, ${least} or more`
      return Math.max(least, 2)
    },
    time(field: TextField) {
      const [, hour, minute] = /^(\d\d):(\d\d)/.exec(values[field]) ?? []
      if (hour !== undefined && minute !== undefined) return Number(hour) * 60 + Number(minute)
      errors[field] = 'Choose a time'
      return 1
    },
  }
}

function readOffer(values: PromotionFormValues, read: ReturnType<typeof reader>): PromotionOffer {
  const { mixed } = values
  switch (values.kind) {
    case 'percent':
      return { kind: 'off', discount: { kind: 'percent', ratePpm: read.percent('percent') } }
    case 'amount':
      return { kind: 'off', discount: { kind: 'amount', amount: read.money('amount', MOST_PRICE) } }
    case 'price':
      return { kind: 'price', price: read.money('price', MOST_PRICE) }
    case 'set':
      return { kind: 'set', size: read.count('size', 2), price: read.money('setPrice', MOST_MONEY), mixed }
    case 'buy-get':
      return {
        kind: 'buy-get',
        buy: read.count('buy'),
        get: read.count('get'),
        ratePpm: read.percent('getPercent'),
        mixed,
      }
  }
}
