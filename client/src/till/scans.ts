const listeners = new Set<() => void>()

/** Tells of each scan: what a scanner typed into a keypad meanwhile is not an amount. @returns stops it */
export function onScan(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Not by rendering anything anew: a scan has better things to do. */
export function tellOfScan(): void {
  for (const listener of listeners) listener()
}
