import type { NamedReceipt } from '@evertill/shared/receipt/named-receipt'

export interface PrintJob {
  readonly receipt: NamedReceipt
  /** A reprint says so on the paper. */
  readonly copy: boolean
}

let job: PrintJob | undefined
const listeners = new Set<() => void>()

export const currentPrintJob = (): PrintJob | undefined => job

export function onPrintJob(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function become(next: PrintJob | undefined): void {
  job = next
  for (const listener of listeners) listener()
}

/** Hands a receipt to the print root, which prints it and nothing else the way this device prints. */
export const printReceipt = (next: PrintJob): void => become(next)
export const printDone = (): void => become(undefined)
