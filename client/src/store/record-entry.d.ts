import type { Minor } from '@evertill/shared/domain/money';
import { type SaleRefusal } from '@evertill/shared/domain/sale';
import { type SaleEntry } from '@evertill/shared/protocol/entry';
import { type OpenSale } from './cart.ts';
import { type StorageProblem, type TillDatabase } from './till-database.ts';
export interface RecordedSale {
    readonly entry: SaleEntry;
    readonly hash: string;
}
export interface SaleInput {
    readonly staffId: string;
    /** As the cashier sees it; its cart must have been saved by `saveOpenSale`. */
    readonly openSale: OpenSale;
    /** The priced cart's total that the screen shows. */
    readonly expectedTotal: Minor;
    readonly now: Date;
    /** Mints a UUIDv7. */
    readonly newId: () => string;
}
/** Why nothing was recorded. The cart stays as it was. */
export type RecordRefusal = SaleRefusal
/** No till, or no catalogue yet. */
 | {
    readonly code: 'not-enrolled';
}
/** The saved cart is another one: paid or changed in another window, or the button was hit twice. */
 | {
    readonly code: 'cart-changed';
}
/** A tax rate or a rule changed since the total was shown. */
 | {
    readonly code: 'total-changed';
    readonly total: Minor;
} | {
    readonly code: 'tax-code-unknown';
    readonly taxCode: string;
}
/** The server could not read such an entry; `fields` says what is wrong with it. */
 | {
    readonly code: 'not-valid';
    readonly fields: readonly {
        path: string;
        message: string;
    }[];
} | ({
    readonly code: 'not-stored';
} & StorageProblem);
/**
 * Makes a sale a fact: one strict transaction over the journal, the counters, the emptied cart and the stock
 * overlay. When it resolves with an entry, the disk has it; only then may a screen say Paid.
 */
export declare function recordSale(db: TillDatabase, input: SaleInput): Promise<RecordedSale | RecordRefusal>;
