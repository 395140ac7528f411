import { useState } from 'react'

/** What is typed of each note and coin, by its value. */
export type TypedCount = ReadonlyMap<number, string>

/**
 * A count that is begun and not done: it is there again after Escape, a lock or a reload, for nobody counts a drawer
 * twice gladly. Of this tab alone.
 * @param name of what is counted
 */
export function useCountDraft(
  name: string,
): readonly [typed: TypedCount, type: (next: TypedCount) => void, forget: () => void] {
  const key = `evertill-count ${name}`
  const [typed, setTyped] = useState(() => readDraft(key))
  return [
    typed,
    (next) => {
      setTyped(next)
      sessionStorage.setItem(key, JSON.stringify([...next]))
    },
    () => sessionStorage.removeItem(key),
  ]
}

function readDraft(key: string): TypedCount {
  const text = sessionStorage.getItem(key)
  // Only `type` writes these.
  return new Map(text === null ? [] : (JSON.parse(text) as [number, string][]))
}
