import { later } from '../../app/later.tsx'

const load = async () => (await import('../../app/qr-code.tsx')).QrCode

/** The receipt's number for a scanner, when goods come back. */
export const ReceiptCode = later(load)

/** Resolves when a receipt shows its code at once; without it, it is still a receipt. */
export const receiptCodeReady = (): Promise<unknown> => load().catch(() => undefined)
