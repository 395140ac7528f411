import { discountOn } from './discount.ts'
import { extend, type Minor, minor, mulDivRounded, ONE_UNIT, shareOf, thousandths } from './money.ts'
import type { PromotionLine, PromotionOffer } from './promotion.ts'
import { splitByLargestRemainder } from './split.ts'

/** A line, and how much of it promotions took already. */
export interface FreeLine extends PromotionLine {
  /** Where it stands in the sale. */
  readonly position: number
  /** Thousandths, from its beginning. */
  readonly taken: number
}

/** So much of a line takes part, and has so much off. */
export interface Take {
  readonly position: number
  readonly quantity: number
  readonly off: number
}

/**
 * What an offer takes of what is free, and takes off it. It takes nothing where it gives nothing.
 * @param lines the goods it is about, dearest first
 */
export function offerOn(offer: PromotionOffer, lines: readonly FreeLine[]): Take[] {
  switch (offer.kind) {
    case 'off':
      return onEach(lines, (worth, quantity) => {
        const { discount } = offer
        const of =
          discount.kind === 'percent' ? discount : { ...discount, amount: extend(discount.amount, quantity) }
        return discountOn(worth, of)
      })
    case 'price':
      return onEach(lines, (worth, quantity) => worth - extend(offer.price, quantity))
    case 'set':
      return poolsOf(lines, offer.mixed).flatMap((pool) =>
        groups(pool, offer.size, ({ worth, times }) => worth - offer.price * times),
      )
    case 'buy-get':
      return poolsOf(lines, offer.mixed).flatMap((pool) =>
        groups(pool, offer.buy + offer.get, ({ times, cheapest }) =>
          shareOf(minor(cheapest(offer.get * times)), offer.ratePpm),
        ),
      )
  }
}

function onEach(
  lines: readonly FreeLine[],
  offOf: (worth: Minor, quantity: ReturnType<typeof thousandths>) => number,
): Take[] {
  return lines.flatMap((line) => {
    const quantity = thousandths(line.quantity - line.taken)
    if (quantity <= 0) return []
    const off = offOf(minor(worthOf(line, line.taken, quantity)), quantity)
    return off > 0 ? [{ position: line.position, quantity, off }] : []
  })
}

/** Whole pieces of lines that may make up one set. Goods by weight make none. */
function poolsOf(lines: readonly FreeLine[], mixed: boolean): FreeLine[][] {
  const countable = lines.filter((line) => line.unit !== 'kg' && piecesOf(line) > 0)
  if (mixed) return [countable]
  const byProduct = new Map<string, FreeLine[]>()
  for (const line of countable)
    byProduct.set(line.productId, [...(byProduct.get(line.productId) ?? []), line])
  return [...byProduct.values()]
}

const piecesOf = ({ quantity, taken }: FreeLine): number => Math.floor((quantity - taken) / ONE_UNIT)

/** So many pieces of one line, in a group. */
interface Part {
  readonly line: FreeLine
  readonly from: number
  readonly pieces: number
}

/** `times` groups at once, what they are worth, and what their cheapest so many pieces are worth. */
interface Group {
  readonly worth: number
  readonly times: number
  cheapest(pieces: number): number
}

/**
 * Makes groups of `size` pieces, dearest first, for as long as one gives something; what it gives is split over its
 * lines by what they are worth. Groups within one line are made at once: the work is by lines, not by pieces.
 */
function groups(pool: readonly FreeLine[], size: number, offOf: (group: Group) => number): Take[] {
  const takes: Take[] = []
  const left = pool.map((line) => ({ line, from: line.taken, pieces: piecesOf(line) }))
  for (let at = 0; at < left.length; ) {
    const { parts, times } = nextGroups(left, at, size)
    if (times === 0) break
    const worth = parts.map(({ line, from, pieces }) => worthOf(line, from, pieces * ONE_UNIT))
    const cheapest = (pieces: number) => cheapestOf(parts, pieces)
    const off = offOf({ worth: sumOf(worth), times, cheapest })
    if (off <= 0) break
    const split = splitByLargestRemainder(minor(off), worth)
    parts.forEach(({ line, pieces }, i) => {
      takes.push({ position: line.position, quantity: pieces * ONE_UNIT, off: split[i] ?? 0 })
      const rest = left[at + i]
      if (rest === undefined) return
      rest.from += pieces * ONE_UNIT
      rest.pieces -= pieces
    })
    while (left[at]?.pieces === 0) at++
  }
  return takes
}

/** All groups that the first line fills by itself, or one group that begins in it. */
function nextGroups(left: readonly Part[], at: number, size: number): { parts: Part[]; times: number } {
  const first = left[at]
  if (first === undefined) return { parts: [], times: 0 }
  const times = Math.floor(first.pieces / size)
  if (times > 0) return { parts: [{ ...first, pieces: times * size }], times }
  const parts: Part[] = []
  let wanted = size
  for (const part of left.slice(at)) {
    const pieces = Math.min(wanted, part.pieces)
    parts.push({ ...part, pieces })
    wanted -= pieces
    if (wanted === 0) return { parts, times: 1 }
  }
  return { parts: [], times: 0 }
}

/** What the last `pieces` of a group are worth. */
function cheapestOf(parts: readonly Part[], pieces: number): number {
  let wanted = pieces
  let worth = 0
  for (const part of parts.toReversed()) {
    const some = Math.min(wanted, part.pieces)
    worth += worthOf(part.line, part.from + (part.pieces - some) * ONE_UNIT, some * ONE_UNIT)
    wanted -= some
  }
  return worth
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)

/** What a stretch of a line is worth; the stretches of a line sum to all of it. */
function worthOf({ afterLine, quantity }: PromotionLine, from: number, length: number): number {
  const upTo = (end: number) => mulDivRounded(afterLine, end, quantity)
  return upTo(from + length) - upTo(from)
}
