import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bluetoothLink } from './bluetooth-link.ts'
import { driverForTests } from './driver-for-tests.ts'
import { makePrinter } from './make-printer.ts'
import { choosePrinterKind } from './printer-settings.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** A printer that the driver knows, in a browser that hands it to a person only. */
function bluetoothForTests() {
  const printed: string[] = []
  const print = {
    writeValueWithResponse: async (bytes: Uint8Array) => {
      if (!device.gatt.connected) throw new DOMException('GATT Server is disconnected.', 'NetworkError')
      printed.push(new TextDecoder().decode(bytes))
    },
  }
  const service = { uuid: 'any', getCharacteristic: async () => print }
  const device = Object.assign(new EventTarget(), {
    id: 'belt',
    name: 'TM-P20',
    gatt: {
      connected: false,
      async connect() {
        device.gatt.connected = true
        return { getPrimaryServices: async () => [service], getPrimaryService: async () => service }
      },
      disconnect() {
        if (!device.gatt.connected) return
        device.gatt.connected = false
        device.dispatchEvent(new Event('gattserverdisconnected'))
      },
    },
  })
  return {
    printed,
    switchOff: () => device.gatt.disconnect(),
    navigator: { bluetooth: { requestDevice: async () => device, addEventListener: () => undefined } },
  }
}

let bluetooth: ReturnType<typeof bluetoothForTests>

beforeEach(() => {
  bluetooth = bluetoothForTests()
  vi.stubGlobal('navigator', bluetooth.navigator)
  choosePrinterKind('bluetooth')
})

afterEach(() => {
  vi.unstubAllGlobals()
  choosePrinterKind('browser')
})

test('a Bluetooth printer that was switched off is known to be gone, and prints its next job, each time', async () => {
  const printer = makePrinter({
    openLink: async (known) => bluetoothLink(await driverForTests('webbluetooth'), known),
    answerWaitMs: 1000,
  })
  expect(await printer.choose()).toBe('ready')
  for (const job of ['first', 'second']) {
    bluetooth.switchOff()
    await vi.waitFor(() => expect(printer.state()).toBe('gone'))
    expect(await printer.send(() => bytesOf(job))).toBe('printed')
  }
  expect(bluetooth.printed).toEqual(['first', 'second'])
})
