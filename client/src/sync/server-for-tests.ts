import { gunzipSync } from 'node:zlib'
import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { TOKEN_MAX_AGE_MS } from '@evertill/shared/protocol/enrol'
import type { Problem } from '@evertill/shared/protocol/problem'
import type { PullResponse } from '@evertill/shared/protocol/pull'
import { type Outcome, type PushHeader, type PushResponse, zPushHeader } from '@evertill/shared/protocol/push'
import { base64url, importJWK, jwtVerify } from 'jose'
import { pullAnswer, TILL } from '../store/till-for-tests.ts'
import type { Fetch } from './request.ts'

/** What the network or the server does to one request. */
export type Fault =
  | 'lost-request'
  | 'lost-response'
  | 'doubled'
  | 'cut'
  | 'portal'
  | { readonly status: number; readonly problem?: Problem; readonly headers?: Record<string, string> }

export interface Stored {
  readonly epoch: number
  readonly seq: number
  readonly hash: string
  readonly raw: string
}

/**
 * The other end of the wire, as the protocol describes it: checks signatures, keeps each entry once, and answers by
 * entry. The real server runs against the same client in server/test/road.test.ts; this one can be bent at will.
 */
export class ServerForTests {
  /** By hash. A second storing of the same entry would show in `applied`. */
  readonly ledger = new Map<string, Stored>()
  readonly applied: string[] = []
  readonly pushes: { header: PushHeader; hashes: string[]; isPacked: boolean }[] = []
  readonly pulls: (string | null)[] = []
  faults: Fault[] = []
  /** Whether an entry cannot be read. */
  unreadable: (entry: Stored) => boolean = () => false
  /** A push with this entry in it fails as a whole. */
  crashesOn: (entry: Stored) => boolean = () => false
  mostEntries = 500
  clockMs = () => Date.now()
  publicKey: JsonWebKey | undefined
  newEpoch: number | undefined
  feed: PullResponse = pullAnswer()
  #life = 1

  readonly fetch: Fetch = async (path, init) => {
    const fault = this.faults.shift()
    if (fault === 'lost-request') throw new TypeError('fetch failed')
    if (fault === 'portal') return new Response('<html>Sign in to the Wi-Fi</html>', { status: 200 })
    if (typeof fault === 'object')
      return Response.json(fault.problem ?? null, {
        status: fault.status,
        ...(fault.headers && { headers: fault.headers }),
      })
    const body = new Uint8Array(init.body instanceof Uint8Array ? init.body : new Uint8Array())
    if (fault === 'doubled') await this.#answer(path, init, body)
    const response = await this.#answer(path, init, body)
    if (fault === 'lost-response') throw new TypeError('socket hang up')
    if (fault === 'cut') return new Response((await response.text()).slice(0, -20), { status: 200 })
    return response
  }

  highWater(epoch: number): number {
    const seqs = new Set([...this.ledger.values()].filter((e) => e.epoch === epoch).map((e) => e.seq))
    let mark = 0
    while (seqs.has(mark + 1)) mark++
    return mark
  }

  /** As a backup of that moment would have it. */
  restore(ledger: ReadonlyMap<string, Stored>): void {
    this.#life++
    this.ledger.clear()
    for (const [hash, entry] of ledger) this.ledger.set(hash, entry)
  }

  async #answer(path: string, init: RequestInit, body: Uint8Array): Promise<Response> {
    const turnedAway = await this.#authenticate(path, init, body)
    if (turnedAway !== undefined) return turnedAway
    const url = new URL(path, 'http://till.test')
    if (url.pathname === '/api/pull') {
      const cursor = url.searchParams.get('cursor')
      this.pulls.push(cursor)
      const snapshot = cursor !== `c${this.#life}`
      return Response.json({
        ...this.feed,
        cursor: `c${this.#life}`,
        snapshot,
        ...this.#arrived(url.searchParams.get('after')),
        serverTime: this.#time(),
      })
    }
    const isPacked = new Headers(init.headers).get('content-encoding') === 'gzip'
    return this.#push(new TextDecoder().decode(isPacked ? gunzipSync(body) : body), isPacked)
  }

  #arrived(after: string | null): Pick<PullResponse, 'arrived'> {
    if (after === null) return {}
    const [epoch, seq = 0] = after.split('.').map(Number)
    const later = [...this.ledger.values()].filter((entry) => entry.epoch === epoch && entry.seq > seq)
    return { arrived: later.map(({ raw }) => (JSON.parse(raw) as { id: string }).id) }
  }

  #push(text: string, isPacked: boolean): Response {
    const [first = '', ...lines] = text.split('\n')
    const header = zPushHeader.parse(JSON.parse(first))
    const entries = lines.map((line): Stored => {
      const raw = line.slice(65)
      const { epoch, seq } = JSON.parse(raw)
      return { hash: line.slice(0, 64), raw, epoch, seq }
    })
    this.pushes.push({ header, hashes: entries.map((entry) => entry.hash), isPacked })
    if (entries.length > this.mostEntries) return problem(413, { code: 'too-large', message: 'too large' })
    if (entries.some(this.crashesOn)) return problem(500, { code: 'internal', message: 'crashed' })
    const outcomes = entries.map((entry): Outcome => {
      const { hash, raw } = entry
      if (sha256Hex(raw) !== hash) throw new Error('the text is not the one that was hashed')
      if (this.unreadable(entry))
        return {
          hash,
          id: null,
          outcome: 'quarantined',
          exceptions: ['unreadable'],
          reason: 'cannot be read',
        }
      const known = this.ledger.has(hash)
      if (!known) this.applied.push(hash)
      this.ledger.set(hash, entry)
      return { hash, id: null, outcome: known ? 'duplicate' : 'applied' }
    })
    const response: PushResponse = {
      outcomes,
      highWater: this.highWater(header.epoch),
      serverTime: this.#time(),
      ...(this.newEpoch !== undefined && { newEpoch: this.newEpoch }),
    }
    return Response.json(response)
  }

  async #authenticate(path: string, init: RequestInit, body: Uint8Array): Promise<Response | undefined> {
    if (this.publicKey === undefined) return undefined
    const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? ''
    const { payload, protectedHeader } = await jwtVerify(token, await importJWK(this.publicKey, 'ES256'))
    const hash = base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(body))))
    const { iss, iat = 0, bh, htm, htu } = payload
    if (protectedHeader.typ !== 'JWT' || iss !== TILL || bh !== hash || htm !== init.method || htu !== path)
      return problem(401, { code: 'unauthenticated', message: 'wrong claims' })
    if (Math.abs(this.clockMs() - iat * 1000) > TOKEN_MAX_AGE_MS)
      return problem(401, { code: 'token-stale', message: 'stale', serverTime: this.#time() })
    return undefined
  }

  #time(): string {
    return new Date(this.clockMs()).toISOString()
  }
}

const problem = (status: number, body: Problem): Response => Response.json(body, { status })
