import type { TillDatabase } from './till-database.ts';
/** Holds a waiting entry for a person: it is kept, stops being sent by itself, and `sendAgain` lets it go. */
export declare function holdEntry(db: TillDatabase, entry: {
    readonly epoch: number;
    readonly seq: number;
    readonly hash: string;
}, reason: string, now: Date): Promise<void>;
/** A person decided that a held entry is to be sent once more. */
export declare function sendAgain(db: TillDatabase, id: string): Promise<void>;
