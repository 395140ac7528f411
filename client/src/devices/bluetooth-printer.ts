import WebBluetoothReceiptPrinter from '@point-of-sale/webbluetooth-receipt-printer'
import { type BluetoothDevice, deviceApis } from './device-apis.ts'
import { connect, type LinkRefusal, languageOf, type PrinterLink } from './printer-link.ts'
import type { ChosenDevice } from './printer-settings.ts'

/**
 * The driver knows each model's services and how fast it takes bytes, but keeps the device to itself and swallows
 * failures: whether the printer was there all the while is asked of the device itself.
 */
export async function linkBluetooth(known?: ChosenDevice): Promise<PrinterLink | LinkRefusal> {
  const chosen = watchChoice()
  const driver = new WebBluetoothReceiptPrinter()
  const connected = await connect(driver, known).finally(chosen.stop)
  if (connected === undefined) return 'not-connected'
  const language = languageOf(connected.language)
  if (language === undefined) {
    await driver.disconnect()
    return 'not-understood'
  }
  const device = chosen.device()
  const gone = new Promise<never>((_, reject) => {
    device?.addEventListener('gattserverdisconnected', () => reject(new Error('the printer is gone')), {
      once: true,
    })
  })
  // Heard by whoever prints; until then it is nobody's failure.
  gone.catch(() => undefined)
  return {
    device: { name: connected.name ?? '', ...(connected.id !== undefined && { id: connected.id }) },
    language,
    write: (bytes) => Promise.race([driver.print(bytes), gone]),
    close: () => driver.disconnect(),
  }
}

function watchChoice() {
  const { bluetooth } = deviceApis()
  let device: BluetoothDevice | undefined
  if (bluetooth === undefined) return { device: () => device, stop: () => undefined }
  const ask = bluetooth.requestDevice
  bluetooth.requestDevice = async (options) => {
    device = await ask.call(bluetooth, options)
    return device
  }
  return {
    device: () => device,
    stop: () => {
      bluetooth.requestDevice = ask
    },
  }
}
