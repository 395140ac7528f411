import type { CartEvent, CartLine } from '@evertill/shared/domain/cart'
import type { Settlement } from '@evertill/shared/domain/tender'
import { createContext, useContext } from 'react'
import type { HeldSale } from '../store/held-sales.ts'
import type { Priced } from '../store/price-sale.ts'
import type { SalesHeld } from './cart/use-holding.ts'
import type { Goods } from './goods/use-goods.ts'

/** Why the cart may not be changed now. */
export type CartLock = 'payments-taken' | 'code-shown' | 'revoked' | 'not-allowed'

export type SellDialog =
  | { readonly kind: 'line'; readonly lineId: string }
  | { readonly kind: 'bill-discount' }
  | { readonly kind: 'customer' }
  | { readonly kind: 'held' }
  /** Whom the receipt is made out to. */
  | { readonly kind: 'buyer' }
  /** What is on a code of stored value: one that was scanned, or one to be typed. */
  | { readonly kind: 'value'; readonly code?: string }

export interface Message {
  /** Shown until something else happens; a refusal is also heard. */
  readonly text: string
  readonly id: string
}

/** What was done last and can be taken back: in the cart, or to a held sale. */
export type Undo = { readonly text: string } & (
  | { readonly events: readonly CartEvent[] }
  | { readonly resume: HeldSale }
  | { readonly restore: HeldSale }
)

/** What the parts of the selling screen share. */
export interface Selling extends Goods {
  readonly priced: Priced
  readonly settlement: Settlement
  readonly lock: CartLock | undefined
  /** The largest share of a price that this role takes off by itself, in millionths. Undefined: any. */
  readonly mostDiscountPpm: number | undefined
  /** What share of a price would then be off, where that grows. Zero where nothing grows. */
  readonly shareOffAfter: (...events: readonly CartEvent[]) => number
  /** What hands have taken off beyond that limit, in minor units, where it is more than somebody has allowed. */
  readonly unallowedOff: number | undefined
  /** Somebody has allowed all that is off the cart now. */
  readonly allowOff: () => void
  readonly message: Message | undefined
  readonly refuse: (text: string) => void
  readonly dismiss: () => void
  readonly undo: Undo | undefined
  readonly takeBack: () => void
  readonly forgetUndo: () => void
  /** Whether it was done: otherwise it was said why not. */
  readonly changeCart: (...events: readonly CartEvent[]) => boolean
  /** The same, where somebody has just allowed what it takes off. */
  readonly changeCartAllowed: (...events: readonly CartEvent[]) => boolean
  readonly removeLine: (line: CartLine) => void
  readonly clearCart: () => void
  readonly salesHeld: SalesHeld
  readonly openDialog: (dialog: SellDialog | undefined) => void
  /** The camera takes the place of the products until it is closed. */
  readonly openCamera: () => void
  readonly startPaying: () => void
  /** Says Paid over all of this. */
  readonly showPaid: (saleId: string) => Promise<void>
}

export const SellingContext = createContext<Selling | undefined>(undefined)

export function useSelling(): Selling {
  const selling = useContext(SellingContext)
  if (selling === undefined) throw new Error('this part was rendered outside the selling screen')
  return selling
}
