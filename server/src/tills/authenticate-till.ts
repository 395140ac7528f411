import { createPublicKey, hash as digest, type KeyObject, verify } from 'node:crypto'
import { TOKEN_MAX_AGE_MS } from '@evertill/shared/protocol/enrol'
import type { Problem } from '@evertill/shared/protocol/problem'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { z } from 'zod'
import type { TillRow } from '../db/queries/till.ts'
import { quickGuard } from '../replay/quick-guard.ts'
import type { TillReader } from './till-reader.ts'

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

const isClaims = quickGuard(zClaims)
const claimsIn = (json: unknown) =>
  isClaims(json) ? (json as z.infer<typeof zClaims>) : zClaims.safeParse(json).data

const unauthenticated = (message: string): Problem => ({ code: 'unauthenticated', message })

/**
 * Says which till signed a request, or why it is turned away. The token is described in protocol/enrol. A till that
 * was revoked is still itself: what it may do is for each route to say.
 */
export async function authenticateTill(
  findTill: TillReader,
  request: SignedRequest,
  now: Date,
): Promise<AuthenticatedTill | Problem> {
  const token = tokenIn(request.authorization)
  if (token === undefined) return unauthenticated('The request carries no till token.')

  // Read before it is trusted: the claims say whose key to check the signature with.
  const claims = claimsIn(jsonIn(token.claims))
  if (claims === undefined) return unauthenticated('The till token cannot be read.')
  const till = await findTill(claims.cid, claims.iss)
  if (!till?.public_key) return unauthenticated('This till is not enrolled here.')
  if (!isSignedBy(till.public_key, token))
    return unauthenticated('The till token was not signed by the key of this till.')

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
  if (claims.bh !== digest('sha256', request.body, 'base64url'))
    return unauthenticated('The till token was made for another body.')
  return till as AuthenticatedTill
}

type Token = { readonly header: string; readonly claims: string; readonly signature: string }

function tokenIn(authorization: string | undefined): Token | undefined {
  const [, header, claims, signature] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? '') ?? []
  return header && claims && signature ? { header, claims, signature } : undefined
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}

// One algorithm and no extensions: whatever else a header says, it is not one of our tills'.
const zHeader = z.strictObject({ alg: z.literal('ES256'), typ: z.literal('JWT') })
/** As every till of ours writes it. */
const ownHeader = Buffer.from('{"alg":"ES256","typ":"JWT"}').toString('base64url')

// By node:crypto, not by jose: it takes two thirds of the time, and every sale waits for it.
function isSignedBy(publicKey: PublicKey, { header, claims, signature }: Token): boolean {
  if (header !== ownHeader && !zHeader.safeParse(jsonIn(header)).success) return false
  const key = importedKey(publicKey)
  return (
    key !== undefined &&
    verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  )
}

type PublicKey = NonNullable<TillRow['public_key']>

const mostKeys = 10_000
const importedKeys = new Map<string, KeyObject>()

/** Kept by the key itself, so a new enrolment needs no invalidation. */
function importedKey(publicKey: PublicKey): KeyObject | undefined {
  const name = `${publicKey.x}.${publicKey.y}`
  const known = importedKeys.get(name)
  if (known !== undefined) return known
  try {
    const key = createPublicKey({ key: publicKey, format: 'jwk' })
    if (importedKeys.size >= mostKeys) importedKeys.clear()
    importedKeys.set(name, key)
    return key
  } catch {
    return undefined
  }
}
