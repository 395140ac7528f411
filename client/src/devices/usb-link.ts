import { deviceApis, type UsbDevice } from './device-apis.ts'
import { connect, goneOf, type LinkRefusal, languageOf, type PrinterLink } from './printer-link.ts'
import type { ChosenDevice } from './printer-settings.ts'

/**
 * The driver knows the models and how each is opened. Its `print` swallows every failure, so the bytes are written
 * here, to the device it opened.
 */
export async function usbLink(
  driver: ReceiptPrinterDriver,
  known?: ChosenDevice,
): Promise<PrinterLink | LinkRefusal> {
  const connected = await connect(driver, known)
  const opened = connected && (await openedDevice(connected))
  if (connected === undefined || opened === undefined) return 'not-connected'
  const language = languageOf(connected.language)
  if (language === undefined) {
    await driver.disconnect()
    return 'not-understood'
  }
  const { device, endpoint } = opened
  const { productName, manufacturerName, serialNumber } = connected
  return {
    device: {
      name: [manufacturerName, productName].filter(Boolean).join(' '),
      vendorId: device.vendorId,
      productId: device.productId,
      ...(serialNumber && { serialNumber }),
    },
    language,
    async write(bytes) {
      if (!device.opened) return 'not-sent'
      const { status } = await device.transferOut(endpoint, bytes)
      if (status !== 'ok') throw new Error(`the printer answered ${status}`)
      return 'taken'
    },
    gone: goneOf(driver),
    close: () => driver.disconnect(),
  }
}

async function openedDevice(connected: ConnectedPrinter) {
  const devices = (await deviceApis().usb?.getDevices()) ?? []
  const same = (device: UsbDevice) =>
    device.opened &&
    device.vendorId === connected.vendorId &&
    device.productId === connected.productId &&
    device.serialNumber === connected.serialNumber
  const device = devices.find(same)
  const ways = device?.configuration?.interfaces.find(({ claimed }) => claimed)?.alternate.endpoints
  const endpoint = ways?.find(({ direction }) => direction === 'out')?.endpointNumber
  return device === undefined || endpoint === undefined ? undefined : { device, endpoint }
}
