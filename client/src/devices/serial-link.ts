import { deviceApis } from './device-apis.ts'
import { connect, goneOf, type LinkRefusal, languageOf, type PrinterLink } from './printer-link.ts'
import type { ChosenDevice } from './printer-settings.ts'

/** The driver's `print` answers before anything is written, so the bytes are written here, to the port it opened. */
export async function serialLink(
  driver: ReceiptPrinterDriver,
  known?: ChosenDevice,
): Promise<PrinterLink | LinkRefusal> {
  const connected = await connect(driver, known)
  const port = (await deviceApis().serial?.getPorts())?.find(({ writable }) => writable !== null)
  if (connected === undefined || port === undefined) return 'not-connected'
  const { vendorId, productId } = connected
  let writer: WritableStreamDefaultWriter<Uint8Array> | undefined
  return {
    device: {
      name: '',
      // Only a port that is USB at heart can be told from others, and found again.
      ...(vendorId && productId && { vendorId, productId }),
    },
    language: languageOf(connected.language) ?? 'esc-pos',
    async write(bytes) {
      writer = port.writable?.getWriter()
      if (writer === undefined) return 'not-sent'
      try {
        await writer.write(bytes)
        return 'taken'
      } finally {
        writer.releaseLock()
        writer = undefined
      }
    },
    gone: goneOf(driver),
    async close() {
      // Bytes that a printer without paper does not take hold the port.
      const aborted = writer?.abort()
      writer?.releaseLock()
      await aborted?.catch(() => undefined)
      await port.close()
    },
  }
}
