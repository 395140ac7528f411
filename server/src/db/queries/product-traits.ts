import type { ProductOption, ProductTraits } from '@evertill/shared/protocol/product-traits'
import type { SqlOrTx } from '../connect.ts'

/** A product's traits as they travel: what is not so is not there. */
export const traitsOf = (sql: SqlOrTx) => sql`jsonb_strip_nulls(jsonb_build_object(
  'openPrice', nullif(open_price, false), 'favourite', nullif(favourite, false), 'picture', picture,
  'variantOf', variant_of, 'options', nullif(options, '[]')))`

/** The same with each said. */
export interface EveryTrait {
  readonly openPrice: boolean
  readonly favourite: boolean
  readonly picture: string | null
  readonly variantOf: string | null
  readonly options: readonly ProductOption[]
}

export const everyTrait = (traits: ProductTraits): EveryTrait => ({
  openPrice: traits.openPrice ?? false,
  favourite: traits.favourite ?? false,
  picture: traits.picture ?? null,
  variantOf: traits.variantOf ?? null,
  options: traits.options ?? [],
})
