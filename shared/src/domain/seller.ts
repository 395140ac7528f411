/**
 * Who sold it, as its paper said: the name, the GST registration number and the address that a tax invoice shows
 * (Singapore's GST (General) Regulations, reg. 11). It stands in every sale, refund and void, so that a copy says what
 * the first paper said, wherever it is made, after the shop has moved, been sold or registered.
 */
export interface Seller {
  readonly company: string
  readonly gstRegistrationNo?: string
  readonly outlet: string
  /** One line or several. */
  readonly address?: string
  readonly phone?: string
}

/** The most letters of each; what is longer is cut, for no name may keep a sale from being recorded. */
export const MAX_SELLER_TEXT = 500

/** What is known of a company and its outlet, as a seller. */
export function sellerOf(
  company: { readonly name: string; readonly gstRegistrationNo: string | null },
  outlet: { readonly name: string; readonly address: string | null; readonly phone?: string },
): Seller {
  const cut = (text: string) => text.slice(0, MAX_SELLER_TEXT).toWellFormed()
  return {
    company: cut(company.name),
    ...(company.gstRegistrationNo && { gstRegistrationNo: cut(company.gstRegistrationNo) }),
    outlet: cut(outlet.name),
    ...(outlet.address && { address: cut(outlet.address) }),
    ...(outlet.phone && { phone: cut(outlet.phone) }),
  }
}
