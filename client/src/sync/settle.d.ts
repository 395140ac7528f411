import type { Outcome } from '@evertill/shared/protocol/push';
import type { BatchEntry } from '../store/read-batch.ts';
import type { SettledEntry } from '../store/settle-entries.ts';
/** What the server's outcomes mean for the entries that were sent: matched by hash, never by position or status. */
export declare function settlementOf(sent: readonly BatchEntry[], outcomes: readonly Outcome[]): readonly SettledEntry[];
