import type { Cart } from '@evertill/shared/domain/cart'

/** Things to carry: what is weighed counts as the next whole number. */
export const piecesIn = (cart: Cart): number =>
  cart.lines.reduce((sum, line) => sum + Math.ceil(line.quantity / 1000), 0)
