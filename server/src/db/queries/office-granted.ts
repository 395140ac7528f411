import type { Permission } from '@evertill/shared/domain/permission'

declare const proof: unique symbol

/**
 * Proof that a signed-in person may do `P`, and for which company. Queries ask for it instead of a company id;
 * only office/grant.ts makes one, after the check, so a forgotten check does not compile.
 */
export interface Granted<P extends Permission> {
  readonly companyId: string
  readonly userId: string
  readonly userName: string
  readonly [proof]: P
}
