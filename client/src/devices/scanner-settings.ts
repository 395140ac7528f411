import { ANY_SCANNER, type ScannerSettings } from './wedge-scanner.ts'

/** How this device's scanner was set: it belongs to the device, not to the shop. */
const KEY = 'evertill-scanner'
export const SUFFIXES = ['any', 'Enter', 'Tab', 'none'] as const

let settings = read()
const listeners = new Set<() => void>()

export const scannerSettings = (): ScannerSettings => settings

export function changeScannerSettings(next: ScannerSettings): void {
  settings = next
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Kept for as long as this page lives.
  }
  for (const listener of listeners) listener()
}

export function onScannerSettings(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): ScannerSettings {
  try {
    const stored: Partial<ScannerSettings> = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const suffix = SUFFIXES.find((known) => known === stored.suffix) ?? ANY_SCANNER.suffix
    return typeof stored.prefix === 'string' && stored.prefix !== ''
      ? { prefix: stored.prefix, suffix }
      : { suffix }
  } catch {
    return ANY_SCANNER
  }
}
