import { createHash } from 'node:crypto'
import { TOKEN_MAX_AGE_MS } from '@evertill/shared/protocol/enrol'
import type { Problem } from '@evertill/shared/protocol/problem'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { type CryptoKey, decodeJwt, importJWK, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Sql } from '../db/connect.ts'
import { findTill, type TillRow } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'

declare const authenticated: unique symbol

/** A till whose signature was checked: only authenticateTill makes one. */
export type AuthenticatedTill = TillRow & { readonly [authenticated]: true }

export type SignedRequest = {
  /** The Authorization header. */
  readonly authorization: string | undefined
  readonly method: string
  /** Path with query, as the till signed it. */
  readonly target: string
  /** The body's bytes as sent; empty for GET. */
  readonly body: Uint8Array
}

const zClaims = z.object({
  iss: zUuid,
  cid: zUuid,
  iat: z.number(),
  bh: z.string(),
  htm: z.string(),
  htu: z.string(),
})

const unauthenticated = (message: string): Problem => ({ code: 'unauthenticated', message })

/** Says which till signed a request, or why it is turned away. The token is described in protocol/enrol. */
export async function authenticateTill(
  sql: Sql,
  request: SignedRequest,
  now: Date,
): Promise<AuthenticatedTill | Problem> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(request.authorization ?? '')?.[1]
  if (token === undefined) return unauthenticated('The request carries no till token.')

  // Read before it is trusted: the claims say whose key to check the signature with.
  const claims = readClaims(token)
  if (claims === undefined) return unauthenticated('The till token cannot be read.')
  const till = await retrying(() => findTill(sql, claims.cid, claims.iss))
  if (!till?.public_key) return unauthenticated('This till is not enrolled here.')
  if (!(await isSignedBy(till.public_key, token)))
    return unauthenticated('The till token was not signed by the key of this till.')
  if (till.state === 'revoked')
    return { code: 'till-revoked', message: 'Head office has revoked this till. Its entries stay on it.' }

  const ageMs = now.getTime() - claims.iat * 1000
  if (Math.abs(ageMs) > TOKEN_MAX_AGE_MS) {
    return {
      code: 'token-stale',
      message: 'The till token is too old or too new: sign again by the time given here.',
      serverTime: now.toISOString(),
    }
  }
  if (claims.htm !== request.method || claims.htu !== request.target)
    return unauthenticated('The till token was made for another request.')
  if (claims.bh !== createHash('sha256').update(request.body).digest('base64url'))
    return unauthenticated('The till token was made for another body.')
  return till as AuthenticatedTill
}

function readClaims(token: string): z.infer<typeof zClaims> | undefined {
  try {
    return zClaims.safeParse(decodeJwt(token)).data
  } catch {
    return undefined
  }
}

async function isSignedBy(publicKey: NonNullable<TillRow['public_key']>, token: string): Promise<boolean> {
  try {
    // The age is checked apart, for a wrong clock is answered with the time.
    await jwtVerify(token, await importedKey(publicKey), { algorithms: ['ES256'], typ: 'JWT' })
    return true
  } catch {
    return false
  }
}

const mostKeys = 10_000
const importedKeys = new Map<string, Promise<CryptoKey>>()

/** Kept by the key itself, so a new enrolment needs no invalidation. */
function importedKey(publicKey: NonNullable<TillRow['public_key']>): Promise<CryptoKey> {
  const name = `${publicKey.x}.${publicKey.y}`
  let key = importedKeys.get(name)
  if (key === undefined) {
    if (importedKeys.size >= mostKeys) importedKeys.clear()
    key = importJWK(publicKey, 'ES256') as Promise<CryptoKey>
    importedKeys.set(name, key)
  }
  return key
}
