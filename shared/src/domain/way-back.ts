import { roundCash } from './cash-rounding.ts'
import { type Minor, minor, mulDivFloored, sumMinor } from './money.ts'
import type { SaleBody, SaleRules } from './sale.ts'
import { isValueKind } from './stored-value.ts'
import { changeByTender, type Tender, type TenderKind } from './tender.ts'

/** A method to pay back on, and the most that may go back on it. Cash has no such limit, because it is rounded. */
export interface WayBack {
  readonly methodCode: string
  readonly kind: TenderKind
  readonly most?: Minor
  /** The stored value it goes to. */
  readonly code?: string
  /** Of points: how many `most` stands for. */
  readonly points?: number
}

/**
 * The methods a sale was paid by, each with what was taken on it less what went back on it before: cards and the like
 * first, so that cash does not leave the drawer for what never came into it. Goods that were taken in an exchange were
 * paid by the points and codes that had paid for those given for them.
 */
export function waysBack({
  sale,
  before,
}: {
  readonly sale: Pick<SaleBody, 'tenders' | 'change' | 'exchange'>
  readonly before: readonly Pick<SaleBody, 'tenders' | 'exchange'>[]
}): WayBack[] {
  const ways = new Map<string, WayBack & { readonly most: Minor }>()
  const add = (tender: Tender, amount: number, sign: 1 | -1) => {
    const { methodCode, kind, points, code } = tender
    const key = keyOf(tender)
    const way = ways.get(key)
    const all = (way?.points ?? 0) + (points ?? 0) * sign
    ways.set(key, {
      methodCode,
      kind,
      most: minor((way?.most ?? 0) + amount * sign),
      ...(kind === 'points' && { points: Math.max(0, all) }),
      ...(code !== undefined && { code }),
    })
  }
  const change = changeByTender(sale.tenders, sale.change)
  sale.tenders.forEach((tender, i) => {
    // Goods paid for it: those are back on the shelf, so it goes back in another way.
    if (tender.kind === 'exchange') return
    add(tender, tender.amount - (change[i] ?? 0), 1)
  })
  for (const tender of sale.exchange?.from ?? []) add(tender, tender.amount, 1)
  for (const tender of before.flatMap(({ tenders, exchange }) => [...tenders, ...(exchange?.from ?? [])]))
    if (ways.has(keyOf(tender))) add(tender, tender.amount, -1)
  const left = [...ways.values()].map((way) => ({ ...way, most: minor(Math.max(0, way.most)) }))
  return [...left.filter((way) => way.kind !== 'cash'), ...left.filter((way) => way.kind === 'cash')]
}

/**
 * Fills the ways in order; what they leave over goes back in cash, rounded to the smallest coin.
 * @returns the legs, or what no way takes
 */
export function payBack(
  net: Minor,
  ways: readonly WayBack[],
  { cashStep, pointValue }: Pick<SaleRules, 'cashStep' | 'pointValue'>,
): Tender[] | { readonly remaining: Minor } {
  const tenders: Tender[] = []
  let left = net as number
  const give = ({ methodCode, kind, most, points, code }: WayBack, last: boolean) => {
    const amount = last ? left : Math.min(left, most ?? left)
    if (amount > 0 || (last && net > 0))
      tenders.push({
        methodCode,
        kind,
        amount: minor(amount),
        ...(points !== undefined && { points: pointsBack(amount, most ?? 0, points, pointValue) }),
        ...(code !== undefined && { code }),
      })
    left -= amount
  }
  for (const way of ways) if (way.kind !== 'cash') give(way, false)
  const cash = ways.filter((way) => way.kind === 'cash')
  if (left > 0 && cash.length > 0) {
    left = roundCash(minor(left), cashStep)
    // An empty cash leg still rounds away the cents it stands for.
    cash.forEach((way, i) => {
      give(way, i === cash.length - 1)
    })
  }
  return left > 0 ? { remaining: minor(left) } : tenders
}

/**
 * Whether `ways`, which were read a while ago, still are what can go back: as many points, as much on each card and
 * code. Of cash there is always enough.
 */
export const areStillOpen = (ways: readonly WayBack[], now: readonly WayBack[]): boolean =>
  ways.every(
    (way) =>
      way.most === undefined ||
      way.kind === 'cash' ||
      now.some((open) => keyOf(open) === keyOf(way) && open.most === way.most && open.points === way.points),
  )

const keyOf = ({ kind, methodCode, code = '' }: Pick<Tender, 'kind' | 'methodCode' | 'code'>) =>
  `${kind} ${methodCode} ${code}`

/** Whether what was paid that way may go back as money: points and codes go back as they came, or not at all. */
export const isMoney = ({ kind }: Pick<WayBack, 'kind'>): boolean => kind !== 'points' && !isValueKind(kind)

/**
 * What points and codes had paid of goods that are given for others: should those come back too, it goes back to them.
 * @param open the ways back before the exchange, @param back what went back in it, @param amount what was handed over
 */
export function handedOver(
  open: readonly WayBack[],
  back: readonly Tender[],
  amount: Minor,
  { pointValue }: Pick<SaleRules, 'pointValue'>,
): Tender[] {
  let left: number = amount
  return open.flatMap((way) => {
    const { methodCode, kind, code } = way
    const gone = back.filter((tender) => keyOf(tender) === keyOf(way))
    const most = (way.most ?? 0) - sumMinor(gone.map((tender) => tender.amount))
    const taken = minor(Math.min(left, most))
    if (isMoney(way) || taken <= 0) return []
    left -= taken
    const points =
      way.points === undefined
        ? undefined
        : pointsBack(
            taken,
            most,
            gone.reduce((rest, { points = 0 }) => rest - points, way.points),
            pointValue,
          )
    return {
      methodCode,
      kind,
      amount: taken,
      ...(points !== undefined && { points }),
      ...(code !== undefined && { code }),
    }
  })
}

/**
 * What `amount` gives back of `points` that stand for `most`, in money's smallest unit. A broken point goes back whole,
 * so that all of them are back when all of the money is, and none twice; never more than `amount` would have cost, for
 * what an exchange left of them may be a broken point too.
 */
function pointsBack(amount: number, most: number, points: number, pointValue = 0): number {
  if (most === 0) return 0
  const share = points - mulDivFloored(points, most - amount, most)
  // Points that had paid when one was worth less have no such ceiling.
  const isOfThisValue = pointValue > 0 && points <= Math.ceil(most / pointValue)
  return isOfThisValue ? Math.min(share, Math.ceil(amount / pointValue)) : share
}
