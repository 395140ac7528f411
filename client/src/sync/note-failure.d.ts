import type { Answer } from './answer.ts';
import type { SyncEvent } from './decide.ts';
import type { RequestDeps } from './request.ts';
type Failure = Exclude<Answer<never>, {
    code: 'answered';
}>;
/** Leaves on the health page what went wrong. A revoked till keeps its entries and goes on asking. */
export declare function noteFailure({ db, now }: Pick<RequestDeps, 'db' | 'now'>, failure: Failure): Promise<void>;
/** What a failed request means for what was sent. */
export declare function toEvent(failure: Failure, hashes: readonly string[]): SyncEvent;
export {};
