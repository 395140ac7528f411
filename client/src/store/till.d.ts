import type { TillDatabase } from './till-database.ts';
/** The till's signature: the private half cannot leave the browser. */
export interface TillKey {
    readonly publicKey: JsonWebKey;
    readonly privateKey: CryptoKey;
}
/** What this browser profile was enrolled as. */
export interface Till extends TillKey {
    readonly companyId: string;
    readonly companyName: string;
    readonly outletId: string;
    readonly outletCode: string;
    readonly tillId: string;
    readonly tillCode: string;
    readonly tillName: string;
    readonly epoch: number;
    readonly enrolledAt: string;
    /** What the browser answered when asked to keep this storage. */
    readonly persisted: boolean;
}
export declare const readTill: (db: TillDatabase) => Promise<Till | undefined>;
