import type { TillReport } from '@evertill/shared/protocol/push';
import { type Till } from './till.ts';
import type { TillDatabase } from './till-database.ts';
export interface BatchEntry {
    readonly seq: number;
    readonly hash: string;
    readonly raw: string;
}
/** The next entries to send, all of one epoch, and what the till believed when it read them. */
export interface Batch {
    readonly till: Till;
    readonly epoch: number;
    readonly entries: readonly BatchEntry[];
    /** Every seq up to here had been acknowledged: a server that knows less has lost data. */
    readonly believed: number;
    readonly suspectRestore: boolean;
    readonly settlements: number;
    readonly clockOffsetMs: number;
    readonly report: Omit<TillReport, 'appVersion'>;
}
export interface BatchLimits {
    readonly most: number;
    /** UTF-16 units of all texts together; one entry is taken however long it is. */
    readonly maxChars: number;
    /** Hashes to leave for last, longest-waiting first: the server fails on them. */
    readonly aside: readonly string[];
}
/** Waiting entries in `seq` order; an empty batch is a heartbeat. Undefined when this browser is no till. */
export declare function readBatch(db: TillDatabase, limits: BatchLimits): Promise<Batch | undefined>;
