import type { ExceptionType } from '@evertill/shared/protocol/push';
export type Fate = 'waiting' | 'applied' | 'duplicate' | 'held';
/** An entry as this till keeps it: its hashed text, and what became of it. */
export interface JournalRow {
    tillId: string;
    epoch: number;
    seq: number;
    id: string;
    hash: string;
    /** The canonical text that was hashed; it is sent as it stands. */
    raw: string;
    kind: string;
    at: string;
    fate: Fate;
    settledAt?: string;
    /** Counts settlements, so that a pull knows which of them its stock levels contain. Clocks jump. */
    settledNo?: number;
    /** Present while the server's stock levels, as held here, do not contain this entry. */
    overlaid?: 1;
    reason?: string;
    exceptions?: ExceptionType[];
}
