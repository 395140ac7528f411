import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'

export interface PrintJob {
  readonly receipt: NamedReceipt
  /** A reprint says so on the paper. */
  readonly copy: boolean
}

/** The first of them is being printed. */
let jobs: readonly PrintJob[] = []
const listeners = new Set<() => void>()

export const currentPrintJob = (): PrintJob | undefined => jobs[0]

export function onPrintJob(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function become(next: readonly PrintJob[]): void {
  jobs = next
  for (const listener of listeners) listener()
}

let handed = false

/**
 * Hands a receipt to the print root, which prints it and nothing else the way this device prints; what is asked
 * meanwhile comes after it.
 */
export function printReceipt(next: PrintJob): void {
  // Not every browser tells when it has printed: what it was given keeps nothing waiting for ever.
  const waiting = handed ? jobs.slice(1) : jobs
  handed = false
  // The same receipt twice is two jobs.
  become([...waiting, { ...next }])
}

/** The browser was given the first: it is in its dialog. */
export function printHanded(): void {
  handed = true
}

export function printDone(): void {
  handed = false
  become(jobs.slice(1))
}
