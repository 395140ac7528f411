import type { StaffRow } from '@evertill/shared/protocol/pull';
import type { TillDatabase } from './till-database.ts';
export interface PinAttempts {
    readonly count: number;
    /** Milliseconds; wrong PINs are not even tried before. */
    readonly lockedUntil?: number;
}
export type PinOutcome = {
    readonly code: 'ok';
    readonly staff: StaffRow;
} | {
    readonly code: 'wrong';
    readonly attemptsLeft: number;
} | {
    readonly code: 'locked';
    readonly until: Date;
};
/**
 * Finds whose PIN was typed, without the network. The attempt is written down before the PIN is tried, so that
 * reloading the page between two guesses gains nothing.
 */
export declare function checkPin(db: TillDatabase, pin: string, now: Date): Promise<PinOutcome>;
type Reserved = {
    readonly code: 'locked';
    readonly until: number;
} | {
    readonly code: 'counted';
    readonly attempts: PinAttempts;
};
/** The counter after one more attempt. Pure; the fifth locks at once and a right PIN unlocks again. */
export declare function afterAttempt(attempts: PinAttempts | undefined, now: number): Reserved;
/** See shared/protocol/pin.ts. */
export declare function pinVerifier(pin: string, salt: string, tillId: string): Promise<string>;
export {};
