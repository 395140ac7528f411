export declare const POLL_MS = 60000;
export interface SyncState {
    /** Failed attempts in a row: they set the back-off and nothing else ends the trying. */
    readonly failures: number;
    /** Pushes in a row with which the server found fault. */
    readonly refusals: number;
    /** Entries in the next push. */
    readonly most: number;
    /** Hashes of entries the server fails on, longest-waiting first: those behind them go ahead. */
    readonly aside: readonly string[];
    /** Somebody asked: the feed is due before its time. */
    readonly asked: boolean;
}
export declare const SYNC_START: SyncState;
export interface Facts {
    readonly enrolled: boolean;
    readonly online: boolean;
    readonly visible: boolean;
    readonly waiting: number;
    /** Since the last of each; infinite when there was none. */
    readonly sinceAttemptMs: number;
    readonly sincePushMs: number;
    readonly sincePullMs: number;
}
export type SyncEvent = {
    readonly type: 'looked';
    readonly facts: Facts;
} | {
    readonly type: 'pushed';
    readonly sent: number;
    readonly settled: number;
} | {
    readonly type: 'pulled';
}
/** Nothing is wrong with what was sent: the network, the server's health, the till's standing. */
 | {
    readonly type: 'failed';
    readonly retryAfterMs?: number;
}
/** The server answered that something is wrong with the push as such. */
 | {
    readonly type: 'refused';
    readonly hashes: readonly string[];
} | {
    readonly type: 'too-large';
    readonly hashes: readonly string[];
} | {
    readonly type: 'held';
} | {
    readonly type: 'slept';
} | {
    readonly type: 'woken';
    readonly by: 'online' | 'asked';
};
export type Action = {
    readonly do: 'look';
} | {
    readonly do: 'push';
    readonly most: number;
    readonly aside: readonly string[];
} | {
    readonly do: 'pull';
} | {
    readonly do: 'hold';
    readonly hash: string;
} | {
    readonly do: 'sleep';
    readonly ms: number;
};
export interface Decision {
    readonly state: SyncState;
    readonly action: Action;
}
/** @param chance 0 ≤ chance < 1, the jitter of whatever delay comes of it */
export declare function decide(state: SyncState, event: SyncEvent, chance: number): Decision;
/** Full jitter, so that the tills of a shop do not come back in step after an outage. */
export declare const backOffMs: (failures: number, chance: number) => number;
