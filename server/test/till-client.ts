import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type EnrolResponse, zEnrolResponse } from '@evertill/shared/protocol/enrol'
import { PUSH_CONTENT_TYPE } from '@evertill/shared/protocol/push'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'

/** How a request reaches the server: over the network, or straight into the app. */
export type Send = (path: string, init: RequestInit) => Promise<Response> | Response

export type Claims = {
  iss: string
  cid: string
  iat: number
  bh: string
  htm: string
  htu: string
}

/** A till as the server sees one: it enrols with a code and signs what it sends. */
export type TillClient = {
  readonly enrolled: EnrolResponse
  /** Signs and sends a push. */
  push(body: Uint8Array, options?: { gzip?: boolean; claims?: Partial<Claims> }): Promise<Response>
  pull(cursor?: string, options?: { claims?: Partial<Claims> }): Promise<Response>
  /** The Authorization header for a request; `claims` make it a wrong one. */
  authorization(method: string, target: string, body: Uint8Array, claims?: Partial<Claims>): Promise<string>
}

export type TillKey = { privateKey: CryptoKey; publicKey: object }

export async function newTillKey(): Promise<TillKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const { kty, crv, x, y } = await exportJWK(publicKey)
  return { privateKey, publicKey: { kty, crv, x, y } }
}

export const enrolRequest = (code: string, { publicKey }: TillKey, rest: object = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ code, publicKey, persisted: true, appVersion: 'test', ...rest }),
})

export async function enrolTillClient(
  send: Send,
  code: string,
  { now = Date.now }: { now?: () => number } = {},
): Promise<TillClient> {
  const key = await newTillKey()
  const answer = await send('/api/enrol', enrolRequest(code, key))
  if (answer.status !== 200) throw new Error(`enrol: ${answer.status} ${await answer.text()}`)
  return tillClient(send, key, zEnrolResponse.parse(await answer.json()), { now })
}

export function tillClient(
  send: Send,
  { privateKey }: TillKey,
  enrolled: EnrolResponse,
  { now = Date.now }: { now?: () => number } = {},
): TillClient {
  const authorization: TillClient['authorization'] = async (method, target, body, claims = {}) => {
    const token = await new SignJWT({
      iss: enrolled.tillId,
      cid: enrolled.companyId,
      iat: Math.floor(now() / 1000),
      bh: createHash('sha256').update(body).digest('base64url'),
      htm: method,
      htu: target,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
      .sign(privateKey)
    return `Bearer ${token}`
  }
  return {
    enrolled,
    authorization,
    async push(plain, { gzip = true, claims } = {}) {
      const body = new Uint8Array(gzip ? gzipSync(plain) : plain)
      return send('/api/push', {
        method: 'POST',
        headers: {
          'content-type': PUSH_CONTENT_TYPE,
          ...(gzip && { 'content-encoding': 'gzip' }),
          authorization: await authorization('POST', '/api/push', body, claims),
        },
        body,
      })
    },
    async pull(cursor, { claims } = {}) {
      const target = cursor === undefined ? '/api/pull' : `/api/pull?cursor=${encodeURIComponent(cursor)}`
      return send(target, {
        headers: { authorization: await authorization('GET', target, new Uint8Array(), claims) },
      })
    },
  }
}
