import type { SyncEvent } from './decide.ts';
import type { PushDeps } from './push-once.ts';
/** Fetches what changed since the cursor and writes it down. */
export declare function pullOnce(deps: PushDeps): Promise<SyncEvent>;
