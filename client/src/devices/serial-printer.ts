import WebSerialReceiptPrinter from '@point-of-sale/webserial-receipt-printer'
import { deviceApis } from './device-apis.ts'
import { connect, type LinkRefusal, languageOf, type PrinterLink } from './printer-link.ts'
import type { ChosenDevice } from './printer-settings.ts'

/** The driver's `print` answers before anything is written, so the bytes are written here, to the port it opened. */
export async function linkSerial(baudRate: number, known?: ChosenDevice): Promise<PrinterLink | LinkRefusal> {
  const driver = new WebSerialReceiptPrinter({ baudRate })
  const connected = await connect(driver, known)
  const port = (await deviceApis().serial?.getPorts())?.find(({ writable }) => writable !== null)
  if (connected === undefined || port === undefined) return 'not-connected'
  const { vendorId, productId } = connected
  return {
    device: {
      name: '',
      // Only a port that is USB at heart can be told from others, and found again.
      ...(vendorId && productId && { vendorId, productId }),
    },
    language: languageOf(connected.language) ?? 'esc-pos',
    async write(bytes) {
      const writer = port.writable?.getWriter()
      if (writer === undefined) throw new Error('the port is closed')
      try {
        await writer.write(bytes)
      } finally {
        writer.releaseLock()
      }
    },
    close: () => port.close(),
  }
}
