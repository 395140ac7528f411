import type { StorageKind } from '@evertill/shared/protocol/push'
import type { StorageNote } from '../store/state.ts'

/** What a browser tells of its storage. */
export interface StorageFacts {
  /** What `navigator.storage.persist()` answered. */
  readonly persisted: boolean
  /** `navigator.storage.estimate()`, bytes; undefined where the browser does not tell. */
  readonly quota: number | undefined
  /** The most that JavaScript may use of the memory, where the browser tells. */
  readonly heapLimit?: number | undefined
}

/*
 * No browser says "private window". Chromium gives a private window a share of memory rather than of the disk: less
 * than it gives JavaScript. Firefox and Safari give theirs little. A real profile gets gigabytes, and a till needs far
 * less: being wrong about a nearly full disk only warns of what is true anyway, that this storage may not last. Where
 * a browser hides the difference, the warning for best effort speaks of private windows too.
 */
const EPHEMERAL_BELOW_BYTES = 600_000_000

export function storageKindOf({ persisted, quota, heapLimit = 0 }: StorageFacts): StorageKind {
  if (persisted) return 'persistent'
  const least = Math.max(EPHEMERAL_BELOW_BYTES, heapLimit)
  return quota !== undefined && quota < least ? 'ephemeral' : 'best-effort'
}

export interface StorageAnswer extends StorageNote {
  readonly persisted: boolean
}

export interface StorageAsk {
  /** `navigator.storage.persist()`, or `persisted()` where nothing should be asked for yet. */
  readonly persist: () => Promise<boolean>
  readonly estimate?: () => Promise<StorageEstimated>
}

export interface StorageEstimated {
  readonly quota?: number
  readonly usage?: number
  readonly heapLimit?: number | undefined
}

/** `navigator.storage.estimate()` where the browser has it, and what Chromium tells of its memory. */
export async function estimateStorage(): Promise<StorageEstimated> {
  const { memory } = performance as { memory?: { jsHeapSizeLimit?: number } }
  return { ...(await navigator.storage?.estimate?.()), heapLimit: memory?.jsHeapSizeLimit }
}

/** What is left changes with every write: head office needs it to the ten million. */
const ROUGHLY_BYTES = 10_000_000

/** Never rejects: a browser that cannot answer has promised nothing. */
export async function askStorage({ persist, estimate }: StorageAsk): Promise<StorageAnswer> {
  const persisted = await persist().catch(() => false)
  const { quota, usage = 0, heapLimit } = (await estimate?.().catch(() => undefined)) ?? {}
  const kind = storageKindOf({ persisted, quota, heapLimit })
  if (quota === undefined) return { persisted, kind }
  const freeBytes = Math.max(0, Math.floor((quota - usage) / ROUGHLY_BYTES) * ROUGHLY_BYTES)
  return { persisted, kind, freeBytes }
}
