import type { z } from 'zod';
import type { Till } from '../store/till.ts';
import type { TillDatabase } from '../store/till-database.ts';
import { type Answer } from './answer.ts';
/** What sync needs of `fetch`: paths are relative to the origin. */
export type Fetch = (path: string, init: RequestInit) => Promise<Response>;
export interface RequestDeps {
    readonly db: TillDatabase;
    readonly fetch: Fetch;
    readonly now: () => Date;
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}
export interface TillRequest<T> {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly headers?: {
        readonly [name: string]: string;
    };
    readonly body?: Uint8Array<ArrayBuffer>;
    readonly schema: z.ZodType<T & {
        serverTime: string;
    }>;
}
/**
 * Sends one signed request and measures the clock by its answer. A token that the server finds stale is signed again
 * by the server's time, once: a wrong clock never locks a till out.
 */
export declare function requestAsTill<T>(deps: RequestDeps, till: Till, clockOffsetMs: number, request: TillRequest<T>): Promise<Answer<T>>;
