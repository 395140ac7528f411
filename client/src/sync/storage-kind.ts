import type { StorageKind } from '@evertill/shared/protocol/push'
import type { StorageNote } from '../store/state.ts'

/** What a browser tells of its storage. */
export interface StorageFacts {
  /** What `navigator.storage.persist()` answered. */
  readonly persisted: boolean
  /** `navigator.storage.estimate()`, bytes; undefined where the browser does not tell. */
  readonly quota: number | undefined
}

/*
 * No browser says "private window". Chromium gives a private window a share of memory rather than of the disk, and
 * Firefox and Safari give theirs little; a real profile gets gigabytes. A till needs far less than this limit, so
 * being wrong about a nearly full disk only warns of what is true anyway: this storage may not last.
 */
const EPHEMERAL_BELOW_BYTES = 600_000_000

export function storageKindOf({ persisted, quota }: StorageFacts): StorageKind {
  if (persisted) return 'persistent'
  return quota !== undefined && quota < EPHEMERAL_BELOW_BYTES ? 'ephemeral' : 'best-effort'
}

export interface StorageAnswer extends StorageNote {
  readonly persisted: boolean
}

export interface StorageAsk {
  /** `navigator.storage.persist()`, or `persisted()` where nothing should be asked for yet. */
  readonly persist: () => Promise<boolean>
  /** `navigator.storage.estimate()`, where the browser has it. */
  readonly estimate?: () => Promise<{ quota?: number; usage?: number }>
}

/** What is left changes with every write: head office needs it to the ten million. */
const ROUGHLY_BYTES = 10_000_000

/** Never rejects: a browser that cannot answer has promised nothing. */
export async function askStorage({ persist, estimate }: StorageAsk): Promise<StorageAnswer> {
  const persisted = await persist().catch(() => false)
  const { quota, usage = 0 } = (await estimate?.().catch(() => undefined)) ?? {}
  const kind = storageKindOf({ persisted, quota })
  if (quota === undefined) return { persisted, kind }
  const freeBytes = Math.max(0, Math.floor((quota - usage) / ROUGHLY_BYTES) * ROUGHLY_BYTES)
  return { persisted, kind, freeBytes }
}
