import type { CartCustomer } from '../../domain/cart.ts'
import type { Discount } from '../../domain/discount.ts'
import type { Promotion } from '../../domain/promotion.ts'
import type { SaleRules } from '../../domain/sale.ts'
import type { Tender } from '../../domain/tender.ts'
import { type cartOf, SINGAPORE } from '../builders.ts'

/*
 * Receipts worked out by hand, to hold the domain against. Whoever adds one writes down how a person with a pencil
 * comes to the figures, and where the rule stands; never what the code says.
 * Amounts are cents, quantities thousandths, as in the builders.
 */

export interface WorkedCase {
  readonly name: string
  /** Who says so: one of sources.ts, or the rule of the shop it was worked from. */
  readonly source: string
  /** The steps of the pencil. */
  readonly working: string
  readonly rules: SaleRules
  readonly lines: Parameters<typeof cartOf>[0]
  readonly billDiscount?: Discount
  readonly customer?: CartCustomer
  /** In force on a Saturday at three in the afternoon. */
  readonly promotions?: readonly Promotion[]
  /** One card leg that pays exactly, unless said otherwise. */
  readonly tenders?: readonly Tender[]
  readonly expected: Receipt
}

/** What stands at the foot of the receipt. What is left out is zero, and is held to be. */
export interface Receipt {
  /** Before any discount. */
  readonly subtotal: number
  /** Line discounts, promotions and bill discount. */
  readonly discount?: number
  /** By tax code: every code of the cart. */
  readonly tax: Readonly<Record<string, number>>
  readonly rounding?: number
  /** To pay, with the rounding. */
  readonly total: number
  readonly change?: number
  readonly points?: number
  /** What is left of each line after all discounts, where the case is about it. */
  readonly nets?: readonly number[]
  /** The tax of each line, where the case is about it. */
  readonly taxes?: readonly number[]
}

export interface WorkedReturn {
  readonly name: string
  readonly source: string
  readonly working: string
  readonly sale: Omit<WorkedCase, 'name' | 'source' | 'working' | 'expected'>
  /** One after the other: line number from 1, and thousandths. All that is left of every line, where none is named. */
  readonly refunds: readonly {
    readonly picks?: readonly (readonly [lineNo: number, quantity: number])[]
    readonly expected: {
      /** Owed before rounding, with the tax. */
      readonly owed: number
      readonly tax: number
      readonly rounding?: number
      readonly points?: number
      readonly tenders: readonly Tender[]
    }
  }[]
}

/** Prices with the tax in them, or before it; the tax rounded on every line, or on the total of each rate. */
export const INCLUSIVE_PER_LINE: SaleRules = SINGAPORE
export const INCLUSIVE_ON_TOTAL: SaleRules = { ...SINGAPORE, rounding: 'total' }
export const EXCLUSIVE_PER_LINE: SaleRules = { ...SINGAPORE, inclusive: false }
export const EXCLUSIVE_ON_TOTAL: SaleRules = { ...SINGAPORE, inclusive: false, rounding: 'total' }

/** Singapore's tax codes, and those of the authorities whose examples are worked here. */
export const RATES_WORKED: Readonly<Record<string, number>> = {
  SR: 90_000,
  SR8: 80_000,
  SR7: 70_000,
  ZR: 0,
  EX: 0,
  AU10: 100_000,
  CA5: 50_000,
  CA13: 130_000,
  MY6: 60_000,
  NZ15: 150_000,
  UK20: 200_000,
  UK5: 50_000,
}
