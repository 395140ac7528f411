import type { Fetch } from '../../client/src/sync/request.ts'
import { Random } from './random.ts'
import type { Reply, ServerUnderTest } from './server-under-test.ts'
import type { Actor, World } from './world.ts'

/** What the network, or something in it, does to one request and its answer. */
export type WireFault =
  | { readonly kind: 'request-lost' | 'response-lost' | 'portal' }
  /** The answer hangs on until the client has given up; the server acts all the same. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Arrives once more, that much later. */
  | { readonly kind: 'request-doubled'; readonly ms: number }
  /** Cut after that part of its bytes. */
  | { readonly kind: 'request-cut' | 'response-cut' | 'response-broken'; readonly part: number }
  /** A proxy answers: instead of the server, or in spite of it. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly after: boolean
      readonly retryAfterS?: number
    }

/** Between one browser and the server. */
export class Wire {
  #requests = 0
  /** Doubles under way, which nobody waits for. */
  #ghosts = 0
  #landedAt = Number.NEGATIVE_INFINITY
  online = true
  /** By number of the request, counted from the start of the history. */
  readonly faults = new Map<number, WireFault>()
  readonly #world: World
  readonly #server: ServerUnderTest
  readonly #random: Random

  constructor(world: World, server: ServerUnderTest, seed: number, name: string) {
    this.#world = world
    this.#server = server
    this.#random = new Random(seed, 'wire', name)
  }

  /** When the last doubled request landed, by the world's clock; infinite while one is under way. */
  get quietSince(): number {
    return this.#ghosts > 0 ? Number.POSITIVE_INFINITY : this.#landedAt
  }

  readonly fetchFor =
    (page: Actor): Fetch =>
    (path, init) =>
      new Promise((resolve, reject) => {
        const world = this.#world
        const fault = this.faults.get(++this.#requests)
        const up = this.#latencyMs()
        const fail = (message: string) => () =>
          world.after(this.#latencyMs(), page, () => reject(new TypeError(message)))
        init.signal?.addEventListener('abort', () => reject(new DOMException('gave up', 'AbortError')))
        if (!this.online) {
          world.count('request while offline')
          fail('fetch failed')()
          return
        }
        if (fault !== undefined) {
          world.count(
            fault.kind === 'status'
              ? `status ${fault.status}${fault.after ? ' after commit' : ''}`
              : fault.kind,
          )
          world.tell(`${page.name}: ${init.method} ${path.slice(0, 9)} meets ${JSON.stringify(fault)}`)
        }
        if (fault?.kind === 'request-lost') return fail('fetch failed')()
        if (fault?.kind === 'portal') return this.#deliver(page, resolve, portal(), undefined)
        if (fault?.kind === 'status' && !fault.after)
          return this.#deliver(page, resolve, proxySays(fault.status, fault.retryAfterS), undefined)

        const arrive = (afterMs: number, answered: (reply: Reply) => void, broken: () => void) => {
          const carrier: Actor = { name: 'wire', alive: true }
          world.after(afterMs, carrier, () =>
            this.#server.serve(requestOf(path, init, fault), answered, broken),
          )
        }
        if (fault?.kind === 'request-doubled') {
          this.#ghosts++
          const landed = () => {
            this.#ghosts--
            this.#landedAt = this.#world.now
          }
          arrive(up + fault.ms, landed, landed)
        }
        arrive(
          up,
          (reply) => {
            if (fault?.kind === 'response-lost') return fail('socket hang up')()
            if (fault?.kind === 'status') {
              this.#deliver(page, resolve, proxySays(fault.status, fault.retryAfterS), undefined)
              return
            }
            this.#deliver(page, resolve, reply, fault)
          },
          fail('socket hang up'),
        )
      })

  #latencyMs(): number {
    return 5 + Math.floor(this.#random.next() ** 3 * 400)
  }

  #deliver(page: Actor, resolve: (response: Response) => void, reply: Reply, fault: WireFault | undefined) {
    const ms = this.#latencyMs() + (fault?.kind === 'slow' ? fault.ms : 0)
    this.#world.after(ms, page, () => resolve(responseOf(reply, fault)))
  }
}

function requestOf(path: string, init: RequestInit, fault: WireFault | undefined): Request {
  const whole =
    init.body instanceof Uint8Array ? init.body : new TextEncoder().encode(String(init.body ?? ''))
  const body = fault?.kind === 'request-cut' ? whole.slice(0, Math.floor(whole.length * fault.part)) : whole
  const headers = new Headers(init.headers as Record<string, string>)
  headers.set('content-length', String(body.length))
  const method = init.method ?? 'GET'
  return new Request(`http://till.test${path}`, {
    method,
    headers,
    ...(method === 'POST' && { body: new Uint8Array(body) }),
  })
}

function responseOf({ status, headers, body }: Reply, fault: WireFault | undefined): Response {
  const cuts = fault?.kind === 'response-cut' || fault?.kind === 'response-broken'
  const arrived = cuts ? body.subarray(0, Math.floor(body.length * fault.part)) : body
  const text = async () => {
    if (fault?.kind === 'response-broken') throw new TypeError('terminated')
    return new TextDecoder().decode(arrived)
  }
  // All that a till asks of a response, without the streams of Node's own.
  return { status, ok: status >= 200 && status < 300, headers, text } as unknown as Response
}

const textReply = (status: number, text: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: new Headers(headers),
  body: new TextEncoder().encode(text),
})
const portal = () => textReply(200, '<html>Sign in to the Wi-Fi</html>')
const proxySays = (status: number, retryAfterS?: number) =>
  textReply(
    status,
    '<html>nginx</html>',
    retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) },
  )
