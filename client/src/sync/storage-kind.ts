import type { StorageKind } from '@evertill/shared/protocol/push'

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
