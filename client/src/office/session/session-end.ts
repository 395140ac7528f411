/** Whether the session of a signed-in person has ended under their hands; screens subscribe to it. */
export interface SessionEnd {
  readonly subscribe: (listener: () => void) => () => void
  readonly ended: () => boolean
  readonly set: (ended: boolean) => void
}

export function createSessionEnd(): SessionEnd {
  let ended = false
  const listeners = new Set<() => void>()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ended: () => ended,
    set: (value) => {
      if (ended === value) return
      ended = value
      for (const listener of listeners) listener()
    },
  }
}
