import type { CustomerRow } from '@evertill/shared/protocol/pull';
/** The beginnings a customer is found by: each word of the name, the code, the phone and its last digits. */
export declare function customerWords({ name, code, phone }: Pick<CustomerRow, 'name' | 'code' | 'phone'>): string[];
