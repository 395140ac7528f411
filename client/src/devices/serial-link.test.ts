import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { driverForTests } from './driver-for-tests.ts'
import { makePrinter } from './make-printer.ts'
import { changePrinterSettings, choosePrinterKind, printerSettings } from './printer-settings.ts'
import { serialLink } from './serial-link.ts'
import { serialPortForTests } from './serial-port-for-tests.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

let port: ReturnType<typeof serialPortForTests>

beforeEach(() => {
  port = serialPortForTests({ usbVendorId: 0x067b, usbProductId: 0x2303 })
  vi.stubGlobal('navigator', port.navigator)
  choosePrinterKind('serial')
  changePrinterSettings({ baudRate: 9600 })
})

afterEach(() => {
  vi.unstubAllGlobals()
  choosePrinterKind('browser')
})

const printerThere = async (answerWaitMs: number) => {
  const printer = makePrinter({
    openLink: async (known) => {
      const { baudRate } = printerSettings()
      return serialLink(await driverForTests('webserial', { baudRate }), known)
    },
    answerWaitMs,
  })
  await printer.choose()
  return printer
}

describe('a serial printer without paper', () => {
  test('prints again once paper is in, and nothing that was refused meanwhile', async () => {
    const printer = await printerThere(20)
    port.runOut()
    expect(await printer.send(() => bytesOf('first'))).toBe('no-answer')
    expect(await printer.send(() => bytesOf('second'))).toBe('no-answer')
    await port.putPaperIn()
    expect(await printer.send(() => bytesOf('third'))).toBe('printed')
    expect(port.printed).toEqual(['first', 'third'])
  })

  test('can be chosen again, and prints what is sent then', async () => {
    const printer = await printerThere(20)
    port.runOut()
    expect(await printer.send(() => bytesOf('first'))).toBe('no-answer')
    expect(await printer.choose()).toBe('ready')
    await port.putPaperIn()
    expect(await printer.send(() => bytesOf('second'))).toBe('printed')
    expect(port.printed).toEqual(['second'])
  })

  test('tells of what never comes, and of nothing that still does', async () => {
    const printer = await printerThere(20)
    const lost: string[] = []
    const send = (job: string) =>
      printer.send(
        () => bytesOf(job),
        () => lost.push(job),
      )
    port.runOut()
    await send('first')
    await port.putPaperIn()
    port.runOut()
    await send('second')
    await printer.letGo()
    await expect.poll(() => lost).toEqual(['second'])
    expect(port.printed).toEqual(['first'])
  })
})

test('another speed is that of the next job', async () => {
  const printer = await printerThere(1000)
  await printer.changeBaudRate(38_400)
  expect(await printer.send(() => bytesOf('a job'))).toBe('printed')
  expect(port.openedAt).toEqual([9600, 38_400])
})

describe('a serial printer that was unplugged', () => {
  test('is known to be gone, and prints its next job when it is plugged in again', async () => {
    const printer = await printerThere(1000)
    expect(printerSettings().device).toMatchObject({ vendorId: 0x067b, productId: 0x2303 })
    port.unplug()
    await vi.waitFor(() => expect(printer.state()).toBe('gone'))
    expect(await printer.send(() => bytesOf('a job'))).toBe('printed')
    expect(port.printed).toEqual(['a job'])
  })

  test('prints its next job also before the driver has told of it', async () => {
    const printer = await printerThere(1000)
    port.unplug()
    expect(await printer.send(() => bytesOf('a job'))).toBe('printed')
    expect(port.printed).toEqual(['a job'])
  })
})
