import { compactVerify, importJWK } from 'jose'
import type { TillRow } from '../db/queries/till.ts'

type PublicKey = NonNullable<TillRow['public_key']>

import type { AuthenticatedTill } from './authenticate-till.ts'

/**
 * The till, if one of its keys has signed these bytes: the one it has now, or one of a browser that was this till
 * before. The signature is described in protocol/rescue.
 */
export async function authenticateRescue(
  till: TillRow,
  keys: readonly PublicKey[],
  { signature, hash }: { readonly signature: string; readonly hash: Uint8Array },
): Promise<AuthenticatedTill | undefined> {
  for (const key of keys) if (await isSignedBy(key, signature, hash)) return till as AuthenticatedTill
  return undefined
}

async function isSignedBy(key: PublicKey, signature: string, hash: Uint8Array): Promise<boolean> {
  try {
    const { payload } = await compactVerify(signature, await importJWK(key, 'ES256'), {
      algorithms: ['ES256'],
    })
    return Buffer.from(payload).equals(hash)
  } catch {
    return false
  }
}
