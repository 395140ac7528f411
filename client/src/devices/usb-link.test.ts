import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { UsbDevice } from './device-apis.ts'
import { driverForTests } from './driver-for-tests.ts'
import { makePrinter } from './make-printer.ts'
import { choosePrinterKind } from './printer-settings.ts'
import { usbLink } from './usb-link.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** A port with one printer in it. A device that was pulled never opens again: plugged in, it is another object. */
function usbForTests() {
  const printed: string[] = []
  const tell = new Set<(event: { device: UsbDevice }) => void>()
  let transfer = async (bytes: Uint8Array) => {
    printed.push(new TextDecoder().decode(bytes))
  }
  const plugIn = () => {
    const device = {
      opened: false,
      vendorId: 0x04b8,
      productId: 0x0202,
      serialNumber: 'X1',
      configuration: {
        interfaces: [
          {
            interfaceNumber: 0,
            claimed: true,
            alternate: { endpoints: [{ direction: 'out' as const, endpointNumber: 1 }] },
          },
        ],
      },
      async open() {
        device.opened = true
      },
      async close() {
        device.opened = false
      },
      selectConfiguration: async () => undefined,
      claimInterface: async () => undefined,
      reset: async () => undefined,
      async transferOut(_: number, bytes: Uint8Array) {
        if (!device.opened) throw new DOMException('The device was disconnected.', 'NotFoundError')
        await transfer(bytes)
        return { status: 'ok' }
      },
    }
    return device
  }
  let device = plugIn()
  return {
    printed,
    replug: ({ told }: { told: boolean }) => {
      const before = device
      before.opened = false
      device = plugIn()
      if (told) for (const listener of tell) listener({ device: before })
    },
    failNext: (error: Error) => {
      const working = transfer
      transfer = () => {
        transfer = working
        return Promise.reject(error)
      }
    },
    navigator: {
      usb: {
        requestDevice: async () => device,
        getDevices: async () => [device],
        addEventListener: (_: 'disconnect', listener: (event: { device: UsbDevice }) => void) =>
          tell.add(listener),
      },
    },
  }
}

let usb: ReturnType<typeof usbForTests>

beforeEach(() => {
  usb = usbForTests()
  vi.stubGlobal('navigator', usb.navigator)
  choosePrinterKind('usb')
})

afterEach(() => {
  vi.unstubAllGlobals()
  choosePrinterKind('browser')
})

async function printerThere() {
  const printer = makePrinter({
    openLink: async (known) => usbLink(await driverForTests('webusb'), known),
    answerWaitMs: 1000,
  })
  await printer.choose()
  return printer
}

describe('a USB printer that was switched off and on again', () => {
  test('is known to be gone, and prints its next job', async () => {
    const printer = await printerThere()
    usb.replug({ told: true })
    await vi.waitFor(() => expect(printer.state()).toBe('gone'))
    expect(await printer.send(() => bytesOf('a job'))).toBe('printed')
    expect(usb.printed).toEqual(['a job'])
    expect(printer.state()).toBe('ready')
  })

  test('prints its next job also where nobody has told of it', async () => {
    const printer = await printerThere()
    usb.replug({ told: false })
    expect(await printer.send(() => bytesOf('a job'))).toBe('printed')
    expect(usb.printed).toEqual(['a job'])
  })
})

test('a job that failed on its way is not sent again: some of it may be on paper', async () => {
  const printer = await printerThere()
  usb.failNext(new DOMException('A transfer error has occurred.', 'NetworkError'))
  expect(await printer.send(() => bytesOf('a job'))).toBe('gone')
  expect(usb.printed).toEqual([])
  expect(await printer.send(() => bytesOf('another'))).toBe('printed')
  expect(usb.printed).toEqual(['another'])
})
