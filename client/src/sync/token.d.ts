import type { Till } from '../store/till.ts';
export interface TokenClaims {
    readonly method: 'GET' | 'POST';
    /** With its query. */
    readonly path: string;
    /** As sent; empty for a GET. */
    readonly body: Uint8Array<ArrayBuffer>;
    /** By the till's clock and its measured offset, milliseconds. */
    readonly at: number;
}
/** The token of one request: see shared/protocol/enrol.ts. */
export declare function signToken(till: Pick<Till, 'companyId' | 'tillId' | 'privateKey'>, { method, path, body, at }: TokenClaims): Promise<string>;
