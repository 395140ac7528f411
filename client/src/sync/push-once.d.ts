import type { SyncEvent } from './decide.ts';
import { type RequestDeps } from './request.ts';
export interface PushDeps extends RequestDeps {
    readonly appVersion: string;
}
/** Sends the next entries, or a heartbeat when none waits, and writes down what the server said of each. */
export declare function pushOnce(deps: PushDeps, limits: {
    readonly most: number;
    readonly aside: readonly string[];
}): Promise<SyncEvent>;
