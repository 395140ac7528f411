import type { LinkRefusal, PrinterLink, Written } from './printer-link.ts'
import { type ChosenDevice, changePrinterSettings, printerSettings } from './printer-settings.ts'

/*
 * The printer of this device:
 *
 *   none ──choose / reconnect──▶ connecting ──▶ ready ──it goes, or a write fails──▶ gone ──reconnect──▶ ready
 */
export type PrinterState = 'none' | 'connecting' | 'ready' | 'gone'
/** `no-answer`: no paper, the cover open, or switched off: what was sent may print later. */
export type PrintOutcome = 'printed' | 'gone' | 'no-answer'

interface Job {
  readonly bytesFor: (link: PrinterLink) => Uint8Array
  readonly onLost: () => void
}

export interface PrinterMeans {
  /** To the device that was chosen before, or to the one that a person chooses now. */
  readonly openLink: (known: ChosenDevice | undefined) => Promise<PrinterLink | LinkRefusal>
  readonly answerWaitMs: number
}

/** A serial line at its slowest takes half of it. */
const WAIT_PER_BYTE_MS = 2

export function makePrinter({ openLink, answerWaitMs }: PrinterMeans) {
  let state: PrinterState = 'none'
  let link: PrinterLink | undefined
  const listeners = new Set<() => void>()

  function become(next: PrinterState): void {
    state = next
    for (const listener of listeners) listener()
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
    await closing
    const linked = await openLink(known).catch(() => 'not-connected' as const)
    if (typeof linked === 'string') {
      become(known === undefined ? 'none' : 'gone')
      return linked
    }
    link = linked
    void linked.gone.then(() => lose(linked))
    changePrinterSettings({ device: linked.device })
    become('ready')
    return 'ready'
  }

  /** The same device cannot be opened again before it is closed. */
  let closing: Promise<void> = Promise.resolve()

  function close(open: PrinterLink): Promise<void> {
    closing = open.close().catch(() => undefined)
    return closing
  }

  async function lose(open: PrinterLink): Promise<void> {
    if (link !== open) return
    link = undefined
    become('gone')
    await close(open)
  }

  async function reconnect(): Promise<void> {
    const { kind, device } = printerSettings()
    if (state === 'ready' || kind === 'browser' || (kind !== 'virtual' && device === undefined)) return
    await take(device)
  }

  async function letGo(): Promise<void> {
    const open = link
    link = undefined
    become('none')
    if (open !== undefined) await close(open)
  }

  /** What was sent there has not been taken yet; more would stand behind it. */
  const unanswered = new WeakSet<PrinterLink>()

  async function sendNow(job: Job, tries = 2): Promise<PrintOutcome> {
    await reconnect()
    const open = link
    if (open === undefined || state !== 'ready') return 'gone'
    if (unanswered.has(open)) return 'no-answer'
    const bytes = Uint8Array.from(job.bytesFor(open))
    const written = open.write(bytes)
    const answer = await withinReason(written, answerWaitMs + bytes.length * WAIT_PER_BYTE_MS)
    switch (answer) {
      case 'taken':
        return 'printed'
      case 'no-answer':
        unanswered.add(open)
        void written
          .then((late) => late === 'taken')
          .catch(() => false)
          .then((taken) => {
            unanswered.delete(open)
            if (taken) return
            job.onLost()
            return lose(open)
          })
        return 'no-answer'
      case 'not-sent':
        await lose(open)
        return tries > 1 ? sendNow(job, tries - 1) : 'gone'
      case 'failed':
        await lose(open)
        return 'gone'
    }
  }

  let last: Promise<unknown> = Promise.resolve()

  return {
    state: (): PrinterState => state,
    onState: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Lets a person choose the printer: to be called from a click. */
    choose: async (): Promise<'ready' | LinkRefusal> => {
      await letGo()
      return take(undefined)
    },
    /** Finds the printer that was chosen before, without asking anyone. */
    reconnect,
    /** Forgets the way to the printer, when another is chosen. */
    letGo,
    /** A line that is open keeps its speed: the next job opens it anew. */
    changeBaudRate: async (baudRate: number): Promise<void> => {
      changePrinterSettings({ baudRate })
      await letGo()
    },
    /**
     * One after the other; a printer that went is looked for once more first.
     * @param onLost told where there was no answer, and then it turned out that there never will be
     */
    send: (bytesFor: Job['bytesFor'], onLost: Job['onLost'] = () => undefined): Promise<PrintOutcome> => {
      const sent = last.then(() => sendNow({ bytesFor, onLost }))
      last = sent.catch(() => undefined)
      return sent
    },
  }
}

async function withinReason(
  written: Promise<Written>,
  waitMs: number,
): Promise<Written | 'failed' | 'no-answer'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'no-answer'>((resolve) => {
    timer = setTimeout(() => resolve('no-answer'), waitMs)
  })
  try {
    return await Promise.race([written.catch(() => 'failed' as const), late])
  } finally {
    clearTimeout(timer)
  }
}
