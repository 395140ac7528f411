import type { Problem } from '@evertill/shared/protocol/problem';
import type { Till } from '../store/till.ts';
import { type TillDatabase } from '../store/till-database.ts';
import type { Fetch } from './request.ts';
import { type StorageKind } from './storage-kind.ts';
export interface EnrolInput {
    readonly code: string;
    readonly fetch: Fetch;
    readonly now: () => Date;
    /** `navigator.storage.persist()`. */
    readonly persist: () => Promise<boolean>;
    /** `navigator.storage.estimate()`, where the browser has it. */
    readonly estimate?: () => Promise<{
        quota?: number;
    }>;
    readonly appVersion: string;
}
export type EnrolOutcome = {
    readonly code: 'enrolled';
    readonly till: Till;
    /** `ephemeral`: likely a private window, which forgets its sales when it is closed. Say so. */
    readonly storage: StorageKind;
    /** Whether the catalogue is here already; if not, sync fetches it. */
    readonly pulled: boolean;
} | {
    readonly code: Problem['code'] | 'offline' | 'no-persistence';
    readonly message: string;
    readonly fields?: readonly {
        path: string;
        message: string;
    }[];
};
/** Turns this browser profile into a till. Safe to repeat with the same code when the answer was lost. */
export declare function enrol(db: TillDatabase, input: EnrolInput): Promise<EnrolOutcome>;
