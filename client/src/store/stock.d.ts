import type { TillDatabase } from './till-database.ts';
interface Sold {
    readonly productId: string;
    readonly quantity: number;
}
/** Stock by product, thousandths: the server's count less what this till sold since. */
export declare function readStock(db: TillDatabase): Promise<Map<string, number>>;
/** Lays sold lines over the server's counts (`direction` 1), or lifts them off again (−1). In a transaction. */
export declare function overlaySold(db: TillDatabase, lines: readonly Sold[], direction: 1 | -1): Promise<void>;
export {};
