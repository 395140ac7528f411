import { type BluetoothDevice, deviceApis } from './device-apis.ts'
import { connect, type LinkRefusal, languageOf, type PrinterLink } from './printer-link.ts'
import type { ChosenDevice } from './printer-settings.ts'

/** Some systems look without end for what is out of reach. */
const REACH_WAIT_MS = 10_000

/**
 * The driver knows each model's services and how fast it takes bytes, but keeps the device to itself and swallows
 * failures: whether the printer was there all the while is asked of the device itself.
 */
export async function bluetoothLink(
  driver: ReceiptPrinterDriver,
  known?: ChosenDevice,
): Promise<PrinterLink | LinkRefusal> {
  const unwatch = watchDevices()
  const tooFar = setTimeout(() => seen.get(known?.id ?? '')?.gatt?.disconnect(), REACH_WAIT_MS)
  const connected = await connect(driver, known).finally(() => {
    clearTimeout(tooFar)
    unwatch()
  })
  if (connected === undefined) return 'not-connected'
  const language = languageOf(connected.language)
  if (language === undefined) {
    await driver.disconnect()
    return 'not-understood'
  }
  const device = seen.get(connected.id ?? '')
  const gone = new Promise<void>((resolve) => {
    device?.addEventListener('gattserverdisconnected', () => resolve(), { once: true })
  })
  const failed = gone.then(() => Promise.reject(new Error('the printer is gone')))
  // Heard by whoever prints; until then it is nobody's failure.
  failed.catch(() => undefined)
  return {
    device: { name: connected.name ?? '', ...(connected.id !== undefined && { id: connected.id }) },
    language,
    async write(bytes) {
      if (device?.gatt?.connected === false) return 'not-sent'
      await Promise.race([driver.print(bytes), failed])
      return 'taken'
    },
    gone,
    close: () => driver.disconnect(),
  }
}

/** What the browser handed out to this page: without `getDevices` it does so only where a person chooses. */
const seen = new Map<string, BluetoothDevice>()

/** Sees what the driver is given, and gives it what was seen before. */
function watchDevices(): () => void {
  const { bluetooth } = deviceApis()
  if (bluetooth === undefined) return () => undefined
  const { requestDevice, getDevices } = bluetooth
  bluetooth.requestDevice = async (options) => {
    const device = await requestDevice.call(bluetooth, options)
    seen.set(device.id, device)
    return device
  }
  bluetooth.getDevices = async () => {
    for (const device of (await getDevices?.call(bluetooth)) ?? []) seen.set(device.id, device)
    return [...seen.values()]
  }
  return () => Object.assign(bluetooth, { requestDevice, getDevices })
}
