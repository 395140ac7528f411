import { loadOnce } from '../store/load-once.ts'
import type { Till } from '../store/till.ts'

export interface TokenClaims {
  readonly method: 'GET' | 'POST'
  /** With its query. */
  readonly path: string
  /** As sent; empty for a GET. */
  readonly body: Uint8Array<ArrayBuffer>
  /** By the till's clock and its measured offset, milliseconds. */
  readonly at: number
}

/** The token of one request: see shared/protocol/enrol.ts. */
export async function signToken(
  till: Pick<Till, 'companyId' | 'tillId' | 'privateKey'>,
  { method, path, body, at }: TokenClaims,
): Promise<string> {
  const { base64url, SignJWT } = await loadSigner()
  const bodyHash = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return new SignJWT({ cid: till.companyId, bh: base64url.encode(bodyHash), htm: method, htu: path })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setIssuer(till.tillId)
    .setIssuedAt(Math.floor(at / 1000))
    .sign(till.privateKey)
}

/** After the first screen stands: nothing is signed before. */
export const loadSigner = loadOnce(() => import('jose'))
