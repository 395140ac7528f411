import type { Cart } from '@evertill/shared/domain/cart';
import { type PricedCart } from '@evertill/shared/domain/pricing';
import type { SaleRules } from '@evertill/shared/domain/sale';
import type { CompanySettings, OutletRow, TaxCodeRow } from '@evertill/shared/protocol/pull';
/** What a price depends on besides the cart. */
export interface PricingFacts {
    readonly company: CompanySettings;
    readonly outlet: OutletRow;
    /** With those no longer offered: a cart may still hold one. */
    readonly taxCodes: readonly TaxCodeRow[];
    readonly clockOffsetMs: number;
}
export type Priced = {
    readonly code: 'priced';
    readonly priced: PricedCart;
    readonly rules: SaleRules;
    readonly businessDate: string;
} | {
    readonly code: 'tax-code-unknown';
    readonly taxCode: string;
};
/** What a cart costs now: the screen shows it, and `recordSale` comes to the same or refuses. */
export declare function priceSale(facts: PricingFacts, cart: Cart, now: Date): Priced;
export declare const rulesOf: (company: CompanySettings) => SaleRules;
