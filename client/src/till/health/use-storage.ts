import { useEffect, useState } from 'react'

export interface StorageFacts {
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
  })
  useEffect(() => {
    let current = true
    const ask = async () => {
      const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
      const persisted = await navigator.storage?.persisted?.()
      if (current) setFacts({ usage, quota, persisted })
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
