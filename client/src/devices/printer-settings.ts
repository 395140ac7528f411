/** How this device reaches its printer: it belongs to the device, not to the shop. */
export type PrinterKind = 'browser' | 'usb' | 'serial' | 'bluetooth' | 'virtual'

/** What a browser needs to find again the device a person chose. */
export interface ChosenDevice {
  readonly name: string
  readonly vendorId?: number
  readonly productId?: number
  readonly serialNumber?: string
  /** A Bluetooth device's. */
  readonly id?: string
}

export interface PrinterSettings {
  readonly kind: PrinterKind
  readonly device?: ChosenDevice
  /** Bits a second on a serial line. */
  readonly baudRate: number
  /** Whether a receipt is printed as soon as a sale is paid. */
  readonly printsAtOnce: boolean
  /** Whether the drawer opens when cash was taken. */
  readonly kicksForCash: boolean
}

const KEY = 'evertill-printer'
const KINDS: readonly PrinterKind[] = ['browser', 'usb', 'serial', 'bluetooth', 'virtual']
export const BAUD_RATES = [9600, 19_200, 38_400, 115_200] as const

export const DEFAULT_PRINTER: PrinterSettings = {
  kind: 'browser',
  baudRate: BAUD_RATES[0],
  printsAtOnce: false,
  kicksForCash: true,
}

let settings = read()
const listeners = new Set<() => void>()

export const printerSettings = (): PrinterSettings => settings

export function changePrinterSettings(change: Partial<PrinterSettings>): void {
  settings = { ...settings, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(settings))
  } catch {
    // Kept for as long as this page lives.
  }
  for (const listener of listeners) listener()
}

/** Another printer is another device: the one that was chosen before is forgotten. */
export function choosePrinterKind(kind: PrinterKind): void {
  const { device: _, ...rest } = settings
  settings = rest
  changePrinterSettings({ kind })
}

export function onPrinterSettings(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): PrinterSettings {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<PrinterSettings>
    if (stored.kind !== undefined && !KINDS.includes(stored.kind)) return DEFAULT_PRINTER
    return { ...DEFAULT_PRINTER, ...stored }
  } catch {
    return DEFAULT_PRINTER
  }
}

// The till may be open in another tab.
globalThis.window?.addEventListener('storage', (event) => {
  if (event.key !== KEY) return
  settings = read()
  for (const listener of listeners) listener()
})
