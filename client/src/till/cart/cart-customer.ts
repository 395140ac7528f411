import type { CartCustomer } from '@evertill/shared/domain/cart'
import type { CustomerRow, TierRow } from '@evertill/shared/protocol/pull'

/** Points are not multiplied for who is in no tier. */
export const SINGLE_PPM = 1_000_000

/** A customer as a sale takes them now: with what their tier multiplies points by, and for its prices. */
export function cartCustomer(
  { customerId, name, tierId }: CustomerRow,
  tiers: readonly TierRow[],
): CartCustomer {
  const multiplierPpm = tiers.find((tier) => tier.tierId === tierId)?.multiplierPpm ?? SINGLE_PPM
  return { customerId, name, multiplierPpm, ...(tierId !== null && { tierId }) }
}
