import type { PrintRow } from '@evertill/shared/receipt/print-row'
import { deviceApis } from './device-apis.ts'
import { drawRow } from './draw-row.ts'
import { encodeKick, encodePrint, type RollMm } from './encode-print.ts'
import { makePrinter, type PrintOutcome } from './make-printer.ts'
import type { LinkRefusal, PrinterLink } from './printer-link.ts'
import { type ChosenDevice, type PrinterKind, printerSettings } from './printer-settings.ts'
import { virtualLink } from './virtual-printer.ts'

const ANSWER_WAIT_MS = 10_000

const printer = makePrinter({ openLink, answerWaitMs: ANSWER_WAIT_MS })

export const printerState = printer.state
export const onPrinterState = printer.onState
export const choosePrinter = printer.choose
export const reconnectPrinter = printer.reconnect
export const letGo = printer.letGo
export const changeBaudRate = printer.changeBaudRate

// Each driver is fetched only where it is used.
async function openLink(known: ChosenDevice | undefined): Promise<PrinterLink | LinkRefusal> {
  const { kind, baudRate } = printerSettings()
  switch (kind) {
    case 'usb':
      return (await import('./usb-printer.ts')).linkUsb(known)
    case 'serial':
      return (await import('./serial-printer.ts')).linkSerial(baudRate, known)
    case 'bluetooth':
      return (await import('./bluetooth-printer.ts')).linkBluetooth(known)
    case 'virtual':
      return virtualLink
    case 'browser':
      return 'not-connected'
  }
}

/** Whether the browser hands this printer out again after a restart; otherwise a person has to choose it. */
export function isFoundAgain(kind: PrinterKind, device: ChosenDevice): boolean {
  switch (kind) {
    case 'serial':
      // A port that is not USB at heart is told from no other.
      return device.vendorId !== undefined
    case 'bluetooth':
      return deviceApis().bluetooth?.getDevices !== undefined
    default:
      return true
  }
}

/** @param onLost told where there was no answer, and then it turned out that no paper will come */
export const printRows = (
  rows: readonly PrintRow[],
  rollMm: RollMm,
  onLost?: () => void,
): Promise<PrintOutcome> =>
  printer.send(({ language }) => encodePrint(rows, { language, rollMm, draw: drawRow }), onLost)

export const kickDrawer = (): Promise<PrintOutcome> => printer.send(({ language }) => encodeKick(language))
