import type { StorageKind } from '@evertill/shared/protocol/push'
import { useEffect, useState } from 'react'
import { estimateStorage, storageKindOf } from '../../sync/storage-kind.ts'

export interface StorageFacts {
  readonly kind: StorageKind | undefined
  readonly usage: number | undefined
  readonly quota: number | undefined
  readonly persisted: boolean | undefined
}

/** What the browser says of its storage now; asked once, and again when the page comes back into view. */
export function useStorage(): StorageFacts {
  const [facts, setFacts] = useState<StorageFacts>({
    usage: undefined,
    quota: undefined,
    persisted: undefined,
    kind: undefined,
  })
  useEffect(() => {
    let current = true
    const ask = async () => {
      const { usage, quota, heapLimit } = await estimateStorage()
      const persisted = await navigator.storage?.persisted?.()
      const kind = storageKindOf({ persisted: persisted ?? false, quota, heapLimit })
      if (current) setFacts({ usage, quota, persisted, kind })
    }
    const onVisible = () => void ask().catch(() => undefined)
    onVisible()
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      current = false
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [])
  return facts
}
