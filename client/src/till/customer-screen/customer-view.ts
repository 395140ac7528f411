import type { GivenPromotion } from '@evertill/shared/domain/promotion'

/** A line of the sale as the customer sees it: no cost, no reason, no staff. */
export interface CustomerLine {
  readonly lineId: string
  readonly name: string
  /** Thousandths. */
  readonly quantity: number
  readonly unit: 'each' | 'kg'
  readonly unitPrice: number
  /** Before anything is taken off. */
  readonly gross: number
  readonly discount: number
  readonly promotions: readonly Pick<GivenPromotion, 'name' | 'amount'>[]
}

/** A code the customer pays by. */
export interface CustomerPayNow {
  readonly text: string
  readonly amount: number
  readonly reference: string
}

export type CustomerView =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'sale'
      readonly lines: readonly CustomerLine[]
      readonly billDiscount: number
      /** All that was taken off. */
      readonly saved: number
      /** Of tax that comes on top of the prices. */
      readonly taxOnTop: number
      readonly total: number
      /** Present once something was paid. */
      readonly left?: number
      readonly customerName?: string
      readonly payNow?: CustomerPayNow
    }
  /** By itself, of the difference of an exchange. */
  | { readonly kind: 'pay-now'; readonly payNow: CustomerPayNow }
  | {
      readonly kind: 'paid'
      readonly total: number
      readonly change: number
      readonly pointsEarned: number
    }

/** All that a customer screen shows. */
export interface CustomerScreenState {
  readonly shop: string
  readonly outlet: string
  readonly currency: string
  readonly view: CustomerView
}
