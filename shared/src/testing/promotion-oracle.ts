import type { PromotionOffer } from '../domain/promotion.ts'

/*
 * What one offer takes off whole pieces, worked out a second time: every piece by itself, no code of the domain.
 * Only for lines whose pieces are all worth the same, which spares it the splitting of cents.
 */

export interface OraclePieces {
  readonly productId: string
  readonly price: number
  readonly pieces: number
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
const rounded = (amount: bigint, ppm: number): number =>
  Number((2n * amount * BigInt(ppm) + 1_000_000n) / 2_000_000n)

export function oracleOff(offer: PromotionOffer, lines: readonly OraclePieces[]): number {
  if (offer.kind === 'price')
    return sum(lines.map(({ price, pieces }) => Math.max(0, price - offer.price) * pieces))
  if (offer.kind === 'off') {
    const { discount } = offer
    return sum(
      lines.map(({ price, pieces }) =>
        discount.kind === 'amount'
          ? Math.min(price, discount.amount) * pieces
          : rounded(BigInt(price * pieces), discount.ratePpm),
      ),
    )
  }
  const size = offer.kind === 'set' ? offer.size : offer.buy + offer.get
  const baskets = offer.mixed
    ? [lines]
    : [...new Set(lines.map(({ productId }) => productId))].map((id) =>
        lines.filter(({ productId }) => productId === id),
      )
  return sum(
    baskets.map((basket) => {
      const pieces = basket
        .flatMap(({ price, pieces }) => Array<number>(pieces).fill(price))
        .sort((a, b) => b - a)
      const sets: number[][] = []
      for (let at = 0; at + size <= pieces.length; at += size) sets.push(pieces.slice(at, at + size))
      if (offer.kind === 'set') return sum(sets.map((set) => Math.max(0, sum(set) - offer.price)))
      // Whether a cent is rounded per set or over several: tests keep to rates that leave none.
      return sum(sets.map((set) => rounded(BigInt(sum(set.slice(offer.buy))), offer.ratePpm)))
    }),
  )
}
