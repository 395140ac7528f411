import type { PrintRow } from '@evertill/shared/receipt/print-row'
import { drawRow } from './draw-row.ts'
import { encodeKick, encodePrint, type RollMm } from './encode-print.ts'
import type { LinkRefusal, PrinterLink } from './printer-link.ts'
import { type ChosenDevice, changePrinterSettings, printerSettings } from './printer-settings.ts'
import { virtualLink } from './virtual-printer.ts'

/*
 * The printer of this device:
 *
 *   none ──choose / reconnect──▶ connecting ──▶ ready ──a write fails──▶ gone ──reconnect──▶ ready
 */
export type PrinterState = 'none' | 'connecting' | 'ready' | 'gone'
/** `no-answer`: no paper, the cover open, or switched off: what was sent may print later. */
export type PrintOutcome = 'printed' | 'gone' | 'no-answer'

const ANSWER_WAIT_MS = 10_000
/** A serial line at its slowest takes half of it. */
const WAIT_PER_BYTE_MS = 2

let state: PrinterState = 'none'
let link: PrinterLink | undefined
const listeners = new Set<() => void>()

export const printerState = (): PrinterState => state

export function onPrinterState(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function become(next: PrinterState): void {
  state = next
  for (const listener of listeners) listener()
}

/** Lets a person choose the printer: to be called from a click. */
export async function choosePrinter(): Promise<'ready' | LinkRefusal> {
  await letGo()
  return take(undefined)
}

/** Finds the printer that was chosen before, without asking anyone. */
export async function reconnectPrinter(): Promise<void> {
  const { kind, device } = printerSettings()
  if (state === 'ready' || kind === 'browser' || (kind !== 'virtual' && device === undefined)) return
  await take(device)
}

/** Forgets the way to the printer, when another is chosen. */
export async function letGo(): Promise<void> {
  const open = link
  link = undefined
  become('none')
  await open?.close().catch(() => undefined)
}

let taking: Promise<'ready' | LinkRefusal> | undefined

function take(known: ChosenDevice | undefined): Promise<'ready' | LinkRefusal> {
  taking ??= open(known).finally(() => {
    taking = undefined
  })
  return taking
}

async function open(known: ChosenDevice | undefined): Promise<'ready' | LinkRefusal> {
  become('connecting')
  const linked = await openLink(known).catch(() => 'not-connected' as const)
  if (typeof linked === 'string') {
    become(known === undefined ? 'none' : 'gone')
    return linked
  }
  link = linked
  changePrinterSettings({ device: linked.device })
  become('ready')
  return 'ready'
}

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

export const printRows = (rows: readonly PrintRow[], rollMm: RollMm): Promise<PrintOutcome> =>
  send(({ language }) => encodePrint(rows, { language, rollMm, draw: drawRow }))

export const kickDrawer = (): Promise<PrintOutcome> => send(({ language }) => encodeKick(language))

let last: Promise<unknown> = Promise.resolve()

/** One after the other; a printer that went is looked for once more first. */
function send(bytesFor: (link: PrinterLink) => Uint8Array): Promise<PrintOutcome> {
  const sent = last.then(async (): Promise<PrintOutcome> => {
    await reconnectPrinter()
    const open = link
    if (open === undefined || state !== 'ready') return 'gone'
    const bytes = Uint8Array.from(bytesFor(open))
    const outcome = await withinReason(open.write(bytes), ANSWER_WAIT_MS + bytes.length * WAIT_PER_BYTE_MS)
    if (outcome === 'gone') {
      link = undefined
      become('gone')
      await open.close().catch(() => undefined)
    }
    return outcome
  })
  last = sent.catch(() => undefined)
  return sent
}

async function withinReason(written: Promise<void>, waitMs: number): Promise<PrintOutcome> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'no-answer'>((resolve) => {
    timer = setTimeout(() => resolve('no-answer'), waitMs)
  })
  try {
    return await Promise.race([
      written.then(
        () => 'printed' as const,
        () => 'gone' as const,
      ),
      late,
    ])
  } finally {
    clearTimeout(timer)
  }
}
