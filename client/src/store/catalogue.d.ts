import type { CategoryRow, CompanySettings, CustomerRow, OutletRow, PaymentMethodRow, ProductRow, StaffRow, TaxCodeRow, TierRow } from '@evertill/shared/protocol/pull';
import type { PricingFacts } from './price-sale.ts';
import type { TillDatabase } from './till-database.ts';
/** What can be sold, by whom and how: sorted for the screen, without what was withdrawn. */
export interface Catalogue {
    readonly company: CompanySettings;
    readonly outlet: OutletRow;
    /** A revoked till keeps and sends what it holds, and should start no new sale. */
    readonly tillState: 'active' | 'revoked';
    readonly categories: readonly CategoryRow[];
    readonly products: readonly ProductRow[];
    readonly taxCodes: readonly TaxCodeRow[];
    readonly paymentMethods: readonly PaymentMethodRow[];
    readonly tiers: readonly TierRow[];
    readonly staff: readonly StaffRow[];
    /** For `priceSale`. */
    readonly pricing: PricingFacts;
}
/** Undefined until the first pull has been written down. */
export declare function readCatalogue(db: TillDatabase): Promise<Catalogue | undefined>;
/** The product a scanned code stands for. A UPC-A is found under its EAN-13 form and the other way round. */
export declare function findByBarcode(db: TillDatabase, barcode: string): Promise<ProductRow | undefined>;
/** Customers whose name, phone or code has a word beginning with every word typed. */
export declare function searchCustomers(db: TillDatabase, text: string, limit: number): Promise<CustomerRow[]>;
