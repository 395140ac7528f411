import { v7 } from 'uuid'
import { type Baskets, saleMaker } from '../baskets.ts'
import type { Sale } from './outbox.ts'

/** Finished sales of real baskets, without end: the same ones for every peer. */
export function* salesOf(
  { baskets }: Baskets,
  shop: { productIds: readonly string[]; customerId: string },
): Generator<Sale, never> {
  const make = saleMaker([...new Set(baskets.flat())], shop.productIds, shop.customerId)
  for (let no = 0; ; no++) yield { id: v7(), body: make(baskets[no % baskets.length] ?? [], no) }
}
