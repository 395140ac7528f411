import type { PrinterLanguage } from './encode-print.ts'
import type { ChosenDevice } from './printer-settings.ts'

/** `not-sent`: the printer was gone before the first byte, so nothing of it is on paper. */
export type Written = 'taken' | 'not-sent'

/** An open way to a printer. */
export interface PrinterLink {
  readonly device: ChosenDevice
  readonly language: PrinterLanguage
  /** Resolves when the printer has taken all of it, or none; rejects when nobody knows how much. */
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<Written>
  /** Resolves when the printer goes by itself: unplugged, switched off or out of reach. */
  readonly gone: Promise<void>
  /** What is still being written is given up. */
  readonly close: () => Promise<void>
}

/** `not-understood`: the printer prints pictures only, in a language nothing here writes. */
export type LinkRefusal = 'not-connected' | 'not-understood'

const EVENT_WAIT_MS = 100

/**
 * Lets a person choose, or finds again what was chosen before. The drivers tell of a printer by an event only, and
 * say nothing when the list was closed or the printer could not be opened.
 */
export function connect(
  driver: ReceiptPrinterDriver,
  known?: ChosenDevice,
): Promise<ConnectedPrinter | undefined> {
  return new Promise((resolve, reject) => {
    driver.addEventListener('connected', resolve)
    const asked = known === undefined ? driver.connect() : driver.reconnect(known)
    asked.then(() => setTimeout(() => resolve(undefined), EVENT_WAIT_MS), reject)
  })
}

/** Resolves when the driver tells that the device was unplugged. */
export const goneOf = (driver: ReceiptPrinterDriver): Promise<void> =>
  new Promise((resolve) => driver.addEventListener('disconnected', resolve))

/** Serial printers do not say what they speak: nearly all of them ESC/POS. */
export function languageOf(language: string | null): PrinterLanguage | undefined {
  if (language === null || language === 'esc-pos') return 'esc-pos'
  return language === 'star-prnt' || language === 'star-line' ? language : undefined
}
