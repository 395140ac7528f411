import type { PrinterLink } from './printer-link.ts'

/** What came to the virtual printer at once. */
export interface VirtualJob {
  readonly id: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

const KEY = 'evertill-virtual-printer'
/** As much as a demo needs; the oldest falls off the end of the roll. */
const JOBS_KEPT = 8

let jobs: readonly VirtualJob[] | undefined
const listeners = new Set<() => void>()

/** Newest first. */
export function virtualJobs(): readonly VirtualJob[] {
  jobs ??= read()
  return jobs
}

export function onVirtualJobs(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function keep(next: readonly VirtualJob[]): void {
  jobs = next
  const stored = next.map(({ id, bytes }) => ({ id, base64: toBase64(bytes) }))
  try {
    localStorage.setItem(KEY, JSON.stringify(stored))
  } catch {
    // Shown in this window all the same.
  }
  for (const listener of listeners) listener()
}

export const clearVirtualPrinter = (): void => keep([])

/** A printer that is always there, and whose paper is a page of the app. */
export const virtualLink: PrinterLink = {
  device: { name: '' },
  language: 'esc-pos',
  async write(bytes) {
    const [newest] = virtualJobs()
    keep([{ id: (newest?.id ?? 0) + 1, bytes }, ...virtualJobs()].slice(0, JOBS_KEPT))
    return 'taken'
  },
  gone: new Promise(() => undefined),
  close: async () => undefined,
}

function read(): VirtualJob[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]') as { id: number; base64: string }[]
    return stored.map(({ id, base64 }) => ({ id, bytes: fromBase64(base64) }))
  } catch {
    return []
  }
}

const toBase64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

// The paper may be shown in a window of its own.
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key !== KEY) return
  jobs = read()
  for (const listener of listeners) listener()
})
