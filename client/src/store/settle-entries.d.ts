import type { SaleBody } from '@evertill/shared/domain/sale';
import type { ExceptionType } from '@evertill/shared/protocol/push';
import type { JournalRow } from './journal-row.ts';
import type { Batch } from './read-batch.ts';
import type { TillDatabase } from './till-database.ts';
/** What the server said of one entry. */
export interface SettledEntry {
    readonly seq: number;
    readonly hash: string;
    readonly fate: 'applied' | 'duplicate' | 'held';
    readonly reason?: string;
    readonly exceptions?: readonly ExceptionType[];
}
export interface Settlement {
    /** What was sent, with what the till believed then. */
    readonly batch: Pick<Batch, 'epoch' | 'believed' | 'suspectRestore' | 'settlements'> & {
        readonly till: {
            readonly tillId: string;
        };
    };
    readonly entries: readonly SettledEntry[];
    readonly highWater: number;
    readonly newEpoch?: number;
    readonly now: Date;
}
/**
 * Writes down the server's outcomes. Entries it did not name stay waiting. When it knows less of this epoch than
 * it once acknowledged, it was restored from a backup: those entries wait again and the catalogue is fetched anew.
 * @returns how many entries got a new fate, and how many wait again
 */
export declare function settleEntries(db: TillDatabase, settlement: Settlement): Promise<{
    settled: number;
    waitingAgain: number;
}>;
/** What an entry took from the shelf. */
export declare function soldLines(row: Pick<JournalRow, 'kind' | 'raw'>): SaleBody['lines'];
