import type { TillDatabase } from './till-database.ts';
/** What the till knows of its talks with the server; written by sync, shown by the health page. */
export interface Contact {
    /** Instant of the last readable answer, by the till's clock; so are the others but `serverTime`. */
    readonly lastContactAt?: string;
    readonly lastAttemptAt?: string;
    readonly lastPushAt?: string;
    readonly lastPullAt?: string;
    readonly serverTime?: string;
    /** Whether the last attempt reached the server. */
    readonly online: boolean;
    readonly sending: boolean;
    readonly lastProblem?: {
        readonly code: string;
        readonly message: string;
        readonly at: string;
    };
    /** By epoch: every seq up to here is on the server. */
    readonly highWater: {
        readonly [epoch: number]: number;
    };
    /** Entries acknowledged on this business date. */
    readonly sent: {
        readonly businessDate: string;
        readonly count: number;
    };
}
export declare const NO_CONTACT: Contact;
export declare function readContact(db: TillDatabase): Promise<Contact>;
/** An answer settles what was wrong before it: `lastProblem` goes unless `patch` brings a new one. */
export declare function noteContact(db: TillDatabase, patch: Partial<Contact>): Promise<void>;
/**
 * Takes over a measured clock offset when it differs by more than the measurement's own uncertainty, so that a
 * slow network does not make the till's idea of time wobble.
 */
export declare function noteServerTime(db: TillDatabase, serverTime: string, offsetMs: number, uncertaintyMs: number): Promise<void>;
