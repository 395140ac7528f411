import { type Problem } from '@evertill/shared/protocol/problem';
import type { z } from 'zod';
/** What came of a request. Only `answered` says anything about entries. */
export type Answer<T> = {
    readonly code: 'answered';
    readonly body: T;
} | {
    readonly code: 'refused';
    readonly status: number;
    readonly problem: Problem;
}
/** A 200 that is not what the server says: a captive portal, a cut body, another version. */
 | {
    readonly code: 'unreadable';
    readonly message: string;
}
/** No answer at all: nobody knows whether the request arrived. */
 | {
    readonly code: 'offline';
    readonly message: string;
};
export declare function readAnswer<T>(response: Response, schema: z.ZodType<T>): Promise<Answer<T>>;
