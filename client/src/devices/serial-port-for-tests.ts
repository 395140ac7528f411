/** What a browser's serial port does, and a printer at its other end that may be out of paper. */
export function serialPortForTests(usb: { usbVendorId?: number; usbProductId?: number }) {
  const openedAt: number[] = []
  const printed: string[] = []
  let paper = true
  let paperIn = () => {}

  const sink: UnderlyingSink<Uint8Array> = {
    write: (bytes, { signal }) =>
      new Promise((resolve, reject) => {
        const take = () => {
          printed.push(new TextDecoder('latin1').decode(bytes))
          resolve()
        }
        signal.addEventListener('abort', () => {
          paperIn = () => {}
          reject(new DOMException('aborted', 'AbortError'))
        })
        if (paper) take()
        else paperIn = take
      }),
  }
  const port = {
    writable: null as WritableStream<Uint8Array> | null,
    getInfo: () => usb,
    async open({ baudRate }: { baudRate: number }) {
      if (port.writable !== null) throw new DOMException('The port is already open.', 'InvalidStateError')
      openedAt.push(baudRate)
      port.writable = new WritableStream(sink)
    },
    async close() {
      if (port.writable?.locked) throw new TypeError('Cannot cancel a locked stream')
      port.writable = null
    },
  }
  const hearDisconnect = new Set<(event: { target: unknown }) => void>()
  return {
    openedAt,
    printed,
    runOut: () => {
      paper = false
    },
    putPaperIn: async () => {
      paper = true
      paperIn()
      // The stream tells of it in its own time.
      await new Promise((resolve) => setTimeout(resolve))
    },
    unplug: () => {
      port.writable = null
      for (const listener of hearDisconnect) listener({ target: port })
    },
    navigator: {
      serial: {
        requestPort: async () => port,
        getPorts: async () => [port],
        addEventListener: (_: 'disconnect', listener: (event: { target: unknown }) => void) =>
          hearDisconnect.add(listener),
      },
    },
  }
}
