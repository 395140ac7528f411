import { type Cart } from '@evertill/shared/domain/cart';
import type { Tender } from '@evertill/shared/domain/tender';
import type { TillDatabase } from './till-database.ts';
/** The sale being rung up: it survives a killed browser. */
export interface OpenSale {
    readonly cart: Cart;
    readonly tenders: readonly Tender[];
}
export declare const EMPTY_SALE: OpenSale;
export declare function readOpenSale(db: TillDatabase): Promise<OpenSale>;
/** Saves are carried out in the order of the calls, and before a `recordSale` called after them. */
export declare function saveOpenSale(db: TillDatabase, openSale: OpenSale): Promise<void>;
