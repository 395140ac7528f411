import { type Contact } from './contact.ts';
import type { Fate, JournalRow } from './journal-row.ts';
import type { RecordedSale } from './record-entry.ts';
import type { TillDatabase } from './till-database.ts';
export interface JournalSale extends RecordedSale {
    readonly fate: Fate;
    /** Why it is held. */
    readonly reason?: string;
}
/** The till's sales, newest first. */
export declare function recentSales(db: TillDatabase, limit: number): Promise<JournalSale[]>;
export declare function findSale(db: TillDatabase, id: string): Promise<JournalSale | undefined>;
/** Entries of this till with one fate, in the order they were written. Good for one reading. */
export declare const rowsByFate: (db: TillDatabase, tillId: string, fate: Fate) => import("dexie").Collection<JournalRow, [string, number, number], JournalRow>;
export declare const countWaiting: (db: TillDatabase, tillId: string) => Promise<number>;
export declare const findByHash: (db: TillDatabase, hash: string) => Promise<JournalRow | undefined>;
/** How the till is: what waits, and how its talks with the server go. */
export interface Health extends Contact {
    readonly waiting: number;
    readonly oldestWaitingAt: string | null;
    readonly held: number;
    /** Entries in the journal of this browser. */
    readonly total: number;
    readonly sentToday: number;
    readonly clockOffsetMs: number;
    readonly persisted: boolean;
    readonly tillState: 'active' | 'revoked';
}
export declare function readHealth(db: TillDatabase): Promise<Health>;
