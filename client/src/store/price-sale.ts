import { businessDate } from '@evertill/shared/domain/business-day'
import type { Cart } from '@evertill/shared/domain/cart'
import { ppm } from '@evertill/shared/domain/money'
import { type PricedCart, priceCart } from '@evertill/shared/domain/pricing'
import type { Promotion } from '@evertill/shared/domain/promotion'
import { momentAt } from '@evertill/shared/domain/promotion-time'
import type { SaleRules } from '@evertill/shared/domain/sale'
import { rateOn } from '@evertill/shared/domain/tax'
import type { CompanySettings, OutletRow, TaxCodeRow } from '@evertill/shared/protocol/pull'

/** A company as prices know it. */
export interface PricedCompany extends CompanySettings {
  /** Of a copy to practise on, which has no registration number of its own: whether the real one charges tax. */
  readonly chargesTax?: boolean
}

/** Who is not registered for GST charges none, whatever the products' tax codes: to show it would be an offence. */
export const chargesTax = ({ chargesTax, gstRegistrationNo }: PricedCompany): boolean =>
  chargesTax ?? gstRegistrationNo !== null

/** What a price depends on besides the cart. */
export interface PricingFacts {
  readonly company: PricedCompany
  readonly outlet: OutletRow
  /** With those no longer offered: a cart may still hold one. */
  readonly taxCodes: readonly TaxCodeRow[]
  readonly promotions: readonly Promotion[]
}

export type Priced =
  | {
      readonly code: 'priced'
      readonly priced: PricedCart
      readonly rules: SaleRules
      readonly businessDate: string
    }
  | { readonly code: 'tax-code-unknown'; readonly taxCode: string }

/**
 * What a cart costs: the screen shows it, and `recordSale` comes to the same or refuses.
 * @param at a moment as it really was, see `timeAt`: what is corrected again later, by a clock that was measured anew,
 *   is another moment, and may cost something else
 */
export function priceSale(facts: PricingFacts, cart: Cart, at: Date): Priced {
  const { timeZone, dayCutHour } = facts.outlet
  const rates = new Map<string, TaxCodeRow['rates']>()
  for (const taxCode of facts.taxCodes)
    if (!taxCode.deleted || !rates.has(taxCode.code)) rates.set(taxCode.code, taxCode.rates)
  const unknown = cart.lines.find((line) => line.taxKind === 'standard' && !rates.has(line.taxCode))
  if (unknown !== undefined) return { code: 'tax-code-unknown', taxCode: unknown.taxCode }
  const rules = rulesOf(facts.company)
  // A tax rate starts at midnight, whichever evening the business day still counts as.
  const today = businessDate(at, timeZone, 0)
  const rateOf = (code: string) => (chargesTax(facts.company) ? rateOn(rates.get(code) ?? [], today) : ppm(0))
  const priced = priceCart(cart, rules, rateOf, {
    promotions: facts.promotions,
    moment: momentAt(at, timeZone),
  })
  return { code: 'priced', priced, rules, businessDate: businessDate(at, timeZone, dayCutHour) }
}

export const rulesOf = (company: CompanySettings): SaleRules => ({
  inclusive: company.taxInclusive,
  rounding: company.taxRounding,
  currency: company.currency,
  cashStep: company.cashStep,
  minorPerPoint: company.minorPerPoint,
  ...(company.points && { pointValue: company.points.value }),
})
