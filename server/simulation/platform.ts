import { createHash, KeyObject, sign, verify, type webcrypto } from 'node:crypto'
import { createRequire, syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'
import zlib from 'node:zlib'
import { realImmediate } from './real-time.ts'
import type { Actor, World } from './world.ts'

/*
 * The platform under client and server, without its threads: what a browser and Node do in the background is done
 * at once here, so that nothing depends on which thread was faster. Import this before any code of the product:
 * some of it takes hold of the platform while it loads.
 */

type CryptoKey = webcrypto.CryptoKey
type BufferSource = webcrypto.BufferSource

let world: World | undefined

/** Whose tasks, ids and keys the platform serves from now on. */
export function inhabit(next: World | undefined): void {
  world = next
}
export const inhabited = (): World => {
  if (world === undefined) throw new Error('no world')
  return world
}

const acting = (): boolean => world?.current !== undefined

// fake-indexeddb looks its task queue up at each use.
globalThis.setImmediate = Object.assign(
  (run: (...args: unknown[]) => void, ...args: unknown[]) =>
    acting() ? world?.task(() => run(...args)) : realImmediate(run, ...args),
  { __promisify__: realImmediate.__promisify__ },
) as unknown as typeof setImmediate

// Whatever takes its time or its chance from the platform takes the world's: a server's own waits, Dexie's, a
// library's. Postgres answers while nobody acts, so the driver keeps its own.
interface Timer {
  run: (() => void) | undefined
}
const timerFunctions = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout }
globalThis.setTimeout = Object.assign(
  (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    if (!acting()) return timerFunctions.setTimeout(run, ms, ...args)
    const timer: Timer = { run: () => run(...args) }
    world?.after(ms, world.current as Actor, () => timer.run?.())
    return Object.assign(timer, { ref: () => timer, unref: () => timer, hasRef: () => false })
  },
  { __promisify__: timerFunctions.setTimeout.__promisify__ },
) as unknown as typeof setTimeout
globalThis.clearTimeout = ((timer: unknown) => {
  if (typeof timer === 'object' && timer !== null && 'run' in timer) (timer as Timer).run = undefined
  else timerFunctions.clearTimeout(timer as NodeJS.Timeout)
}) as typeof clearTimeout
const realWait = timers.setTimeout
timers.setTimeout = ((ms: number, value: unknown, options?: object) =>
  acting()
    ? new Promise<unknown>((resolve) => world?.after(ms, world.current as Actor, () => resolve(value)))
    : realWait(ms, value, options)) as typeof realWait

const { now } = Date
Date.now = () => (acting() && world !== undefined ? world.now : now())
const chance = Math.random
Math.random = () => (acting() && world !== undefined ? world.random.next() : chance())

// Dexie tells other tabs of its changes by real messages; nothing that is simulated listens.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')

// Dexie puts another Promise in the global's place whenever it enters or leaves a transaction. As a property that is
// defined anew each time it costs more than the transaction; assigned it is the same.
const { defineProperty, getOwnPropertyDescriptor } = Object
const globals = globalThis as unknown as Record<string, unknown>
Object.defineProperty = ((of: object, key: PropertyKey, how: PropertyDescriptor) => {
  if (of !== globalThis || key !== 'Promise' || !('value' in how)) return defineProperty(of, key, how)
  globals.Promise = how.value
  return of
}) as typeof defineProperty
Object.getOwnPropertyDescriptor = ((of: object, key: PropertyKey) =>
  of === globalThis && key === 'Promise'
    ? { value: globals.Promise, writable: true, enumerable: false, configurable: true }
    : getOwnPropertyDescriptor(of, key)) as typeof getOwnPropertyDescriptor

// Node's own makes a resource to follow of each; Dexie queues several for every step of a transaction.
const settled = Promise.resolve()
const { then } = Promise.prototype
globalThis.queueMicrotask = (run) => {
  then.call(settled, run)
}

// Whoever sleeps is woken by this; the stack of each such error takes longer than the sleep.
const { abort } = AbortController.prototype
const wokenUp = new DOMException('This operation was aborted', 'AbortError')
AbortController.prototype.abort = function (reason: unknown = wokenUp) {
  abort.call(this, reason)
}

// What is stored is plain data and keys, and keys are immutable. Node's own clone takes most of a write.
const cloneForAll = globalThis.structuredClone
globalThis.structuredClone = ((value: unknown, options?: object) =>
  options === undefined ? clone(value) : cloneForAll(value, options as never)) as typeof structuredClone
const { CryptoKey: Key } = globalThis as unknown as { CryptoKey: new () => object }
function clone(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(clone)
  if (value instanceof Key) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return cloneForAll(value)
  const copy: Record<string, unknown> = {}
  for (const key in value) copy[key] = clone(value[key as keyof typeof value])
  return copy
}

const { subtle } = crypto
const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>
const keyObjects = new WeakMap<CryptoKey, KeyObject>()
function keyObject(key: CryptoKey): KeyObject {
  const known = keyObjects.get(key) ?? KeyObject.from(key)
  keyObjects.set(key, known)
  return known
}

// Enough for the tills of one history; a key says nothing about what happens, so all histories share them.
let keyPairs: webcrypto.CryptoKeyPair[] = []
const publicKeys = new Map<string | undefined, CryptoKey>()

/** Once, before the first history. Not while loading: modules beside this one would load before it was done. */
export async function preparePlatform(): Promise<void> {
  if (keyPairs.length > 0) return
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
  keyPairs = await Promise.all(
    Array.from({ length: 40 }, () => subtle.generateKey(algorithm, false, ['sign', 'verify'])),
  )
  for (const { publicKey } of keyPairs)
    publicKeys.set(keyObject(publicKey).export({ format: 'jwk' }).x, publicKey)
}

const bytesOf = (data: BufferSource): Uint8Array =>
  data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
const bufferOf = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer

const atOnce = {
  digest: async (_: unknown, data: BufferSource) =>
    bufferOf(createHash('sha256').update(bytesOf(data)).digest()),
  sign: async (_: unknown, key: CryptoKey, data: BufferSource) =>
    bufferOf(sign('sha256', bytesOf(data), { key: keyObject(key), dsaEncoding: 'ieee-p1363' })),
  verify: async (_: unknown, key: CryptoKey, signature: BufferSource, data: BufferSource) =>
    verify('sha256', bytesOf(data), { key: keyObject(key), dsaEncoding: 'ieee-p1363' }, bytesOf(signature)),
  generateKey: async () => keyPairs[(world as World).keys++ % keyPairs.length],
  importKey: async (format: 'jwk', jwk: { x?: string }, ...rest: unknown[]) =>
    publicKeys.get(jwk.x) ?? importKey(format, jwk, ...rest),
  exportKey: async (_: 'jwk', key: CryptoKey) => keyObject(key).export({ format: 'jwk' }),
}
for (const [name, quick] of Object.entries(atOnce)) {
  const own = subtle[name as keyof typeof atOnce] as (...args: unknown[]) => Promise<unknown>
  Object.defineProperty(subtle, name, {
    value: (...args: unknown[]) =>
      acting() ? (quick as (...args: unknown[]) => Promise<unknown>)(...args) : own.apply(subtle, args),
  })
}

const randomUuid = crypto.randomUUID.bind(crypto)
Object.defineProperty(crypto, 'randomUUID', {
  value: () => {
    if (!acting() || world === undefined) return randomUuid()
    world.ids++
    return `00000000-0000-4000-8000-${world.ids.toString(16).padStart(12, '0')}`
  },
})

// The client packs with streams, which hop through timers and threads of their own.
class BlobAtOnce {
  readonly #parts: readonly Uint8Array[]
  constructor(parts: readonly (string | Uint8Array | BlobAtOnce)[]) {
    this.#parts = parts.map((part) =>
      part instanceof BlobAtOnce ? part.bytesAtOnce() : typeof part === 'string' ? Buffer.from(part) : part,
    )
  }
  bytesAtOnce(): Uint8Array {
    return Buffer.concat(this.#parts)
  }
  stream() {
    return { pipeThrough: () => new Uint8Array(zlib.gzipSync(this.bytesAtOnce(), { level: 1 })) }
  }
}
class CompressionAtOnce {}
globalThis.Blob = BlobAtOnce as unknown as typeof Blob
globalThis.CompressionStream = CompressionAtOnce as unknown as typeof CompressionStream

const { gunzip, gunzipSync } = zlib
zlib.gunzip = ((data: Uint8Array, options: object, done: (error: unknown, bytes?: Uint8Array) => void) => {
  if (!acting()) return gunzip(data, options, done)
  try {
    done(null, gunzipSync(data, options))
  } catch (error) {
    done(error)
  }
}) as typeof gunzip
syncBuiltinESMExports()

// Each start of the server would watch this process anew, for ever.
createRequire(import.meta.url)('prom-client').collectDefaultMetrics = () => {}
