import WebSerialReceiptPrinter from '@point-of-sale/webserial-receipt-printer'
import type { ChosenDevice } from './printer-settings.ts'
import { serialLink } from './serial-link.ts'

export const linkSerial = (baudRate: number, known?: ChosenDevice) =>
  serialLink(new WebSerialReceiptPrinter({ baudRate }), known)
