import type { PullResponse } from '@evertill/shared/protocol/pull';
import { type Till } from './till.ts';
import type { TillDatabase } from './till-database.ts';
/** Where a pull starts from. */
export interface PullStart {
    readonly till: Till;
    readonly cursor: string | undefined;
    readonly settlements: number;
    readonly clockOffsetMs: number;
}
/** After an update of the app, rows that the old one could not read are fetched again with all others. */
export declare function startPull(db: TillDatabase, appVersion: string): Promise<PullStart | undefined>;
export declare function noteUnreadRows(db: TillDatabase, appVersion: string, count: number, at: string): Promise<void>;
/**
 * @param claim unique to this pull
 * @returns `superseded` when another pull moved the cursor or took over; nothing is lost, the next pull has it all
 */
export declare function applyPull(db: TillDatabase, start: Pick<PullStart, 'cursor' | 'settlements'> & {
    readonly till: {
        readonly tillId: string;
    };
}, response: PullResponse, claim: string): Promise<'applied' | 'superseded'>;
