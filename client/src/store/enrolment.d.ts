import type { EnrolResponse } from '@evertill/shared/protocol/enrol';
import { type Till, type TillKey } from './till.ts';
import type { TillDatabase } from './till-database.ts';
/**
 * The key this browser enrols with. It is stored before it is first shown to the server, so that an enrolment whose
 * answer was lost can be repeated with the same key.
 */
export declare function enrolmentKey(db: TillDatabase): Promise<TillKey>;
/** Entries that only this browser has, signed for by a key that a new enrolment would replace. */
export declare function unsentEntries(db: TillDatabase): Promise<number>;
/** Makes this browser the till that the server named, at the start of a new epoch with an empty catalogue cursor. */
export declare function becomeTill(db: TillDatabase, response: EnrolResponse, key: TillKey, facts: {
    readonly persisted: boolean;
    readonly now: Date;
}): Promise<Till>;
