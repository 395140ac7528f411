import { type SyncEvent, type SyncState } from './decide.ts';
import { type PushDeps } from './push-once.ts';
export interface DrainDeps extends PushDeps {
    readonly random: () => number;
    readonly isOnline: () => boolean;
    readonly isVisible?: () => boolean;
}
/**
 * One round: sends all that waits, fetches what is due, and stops when there is nothing to do or something failed.
 * Safe to run in several tabs at once: every step may be repeated.
 * @returns for how long to rest
 */
export declare function drain(deps: DrainDeps, before: SyncState, event: SyncEvent, stopped?: () => boolean): Promise<{
    state: SyncState;
    restMs: number;
}>;
