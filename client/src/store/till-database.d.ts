import type { CategoryRow, CustomerRow, PaymentMethodRow, ProductRow, StaffRow, TaxCodeRow, TierRow } from '@evertill/shared/protocol/pull';
import { Dexie, type Table } from 'dexie';
import type { JournalRow } from './journal-row.ts';
import type { StateRow } from './state.ts';
/** Stock of one product: the server's count, and what this till sold that the count does not contain yet. */
export interface StockLevel {
    productId: string;
    onHand: number;
    sold: number;
}
/** A customer with the lower-case beginnings a cashier may type. */
export interface StoredCustomer extends CustomerRow {
    words: string[];
}
/** Everything this till remembers. The journal is only ever added to, settled, and pruned long after. */
export declare class TillDatabase extends Dexie {
    /** One page's life: a sign-in belongs to it and ends with it. */
    readonly pageId: string;
    readonly journal: Table<JournalRow, [string, number, number]>;
    readonly state: Table<StateRow, string>;
    readonly staff: Table<StaffRow, string>;
    readonly taxCode: Table<TaxCodeRow, string>;
    readonly category: Table<CategoryRow, string>;
    readonly product: Table<ProductRow, string>;
    readonly paymentMethod: Table<PaymentMethodRow, string>;
    readonly tier: Table<TierRow, string>;
    readonly customer: Table<StoredCustomer, string>;
    readonly stock: Table<StockLevel, string>;
}
export interface OpenOptions {
    readonly name?: string;
    readonly indexedDB?: IDBFactory;
    readonly IDBKeyRange?: typeof IDBKeyRange;
}
/**
 * Opens lazily: the first read or write opens the database, `tryOpen` says whether it can be opened at all.
 * Strict durability is what lets the screen say Paid: Chrome's default reports success before the disk has it.
 */
export declare function openTillDatabase(options?: OpenOptions): TillDatabase;
export type OpenOutcome = {
    readonly code: 'open';
} | {
    readonly code: 'storage-unavailable' | 'storage-full';
    readonly message: string;
};
/** Whether this browser lets the till keep anything: private windows and full disks may not. */
export declare function tryOpen(db: TillDatabase): Promise<OpenOutcome>;
/**
 * Tells of other tabs: `updated-elsewhere` when a newer version of the app changed the database (this tab should
 * reload when its sale is done), `waiting-for-other-tab` when an old tab holds this one up, `removed` when the
 * browser's data was cleared.
 */
export declare function watchOtherTabs(db: TillDatabase, tell: (code: 'updated-elsewhere' | 'waiting-for-other-tab' | 'removed') => void): () => void;
export interface StorageProblem {
    readonly cause: 'storage-full' | 'storage-failed';
    readonly message: string;
}
/** What a failure of IndexedDB means; undefined for anything else, which is a bug and stays thrown. */
export declare function storageProblem(error: unknown): StorageProblem | undefined;
