import type { CartEvent, CartLine } from '@evertill/shared/domain/cart'
import type { Minor, Thousandths } from '@evertill/shared/domain/money'
import type { Settlement } from '@evertill/shared/domain/tender'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { createContext, useContext } from 'react'
import type { HeldSale } from '../store/held-sales.ts'
import type { Priced } from '../store/price-sale.ts'
import type { SalesHeld } from './cart/use-holding.ts'

/** Why the cart may not be changed now. */
export type CartLock = 'payments-taken' | 'revoked' | 'not-allowed'

export type SellDialog =
  | { readonly kind: 'line'; readonly lineId: string }
  | { readonly kind: 'bill-discount' }
  | { readonly kind: 'customer' }
  | { readonly kind: 'held' }
  /** What is on a code of stored value: one that was scanned, or one to be typed. */
  | { readonly kind: 'value'; readonly code?: string }

/** What a cashier has to say before a product can be rung up: the first of those that wait. */
export interface Ask {
  readonly askId: string
  readonly about: 'weight' | 'price' | 'variant'
  readonly product: ProductRow
}

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

/** What is rung up of a product where it is not one at its price. */
export interface RungUp {
  /** Another one than was asked about: the variant that was chosen. */
  readonly product?: ProductRow
  readonly quantity?: Thousandths
  readonly unitPrice?: Minor
  /** See CartLine. */
  readonly labelPrice?: Minor
  readonly apart?: true
}

/** What the parts of the selling screen share. */
export interface Selling {
  /** Counts scans: what a scanner typed into a keypad meanwhile is not an amount. */
  readonly scans: number
  readonly priced: Priced
  readonly settlement: Settlement
  readonly lock: CartLock | undefined
  readonly mayDiscount: boolean
  readonly message: Message | undefined
  readonly refuse: (text: string) => void
  readonly dismiss: () => void
  readonly undo: Undo | undefined
  readonly takeBack: () => void
  readonly forgetUndo: () => void
  /** Rings up one of it, or asks what has to be known first. */
  readonly addProduct: (product: ProductRow) => void
  /** Asks which of the variants of its name. */
  readonly chooseVariant: (product: ProductRow) => void
  readonly ask: Ask | undefined
  /** Rings up what was asked about; or not, if it was not answered. */
  readonly answer: (given?: RungUp) => void
  readonly codeEntered: (code: string) => void
  readonly changeCart: (...events: readonly CartEvent[]) => void
  readonly removeLine: (line: CartLine) => void
  readonly clearCart: () => void
  readonly salesHeld: SalesHeld
  readonly openDialog: (dialog: SellDialog | undefined) => void
  /** The camera takes the place of the products until it is closed. */
  readonly openCamera: () => void
  readonly startPaying: () => void
}

export const SellingContext = createContext<Selling | undefined>(undefined)

export function useSelling(): Selling {
  const selling = useContext(SellingContext)
  if (selling === undefined) throw new Error('this part was rendered outside the selling screen')
  return selling
}
