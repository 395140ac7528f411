// The drivers come without types. What is used of them, from their READMEs and sources.

interface ConnectedPrinter {
  readonly name?: string
  readonly id?: string
  readonly manufacturerName?: string
  readonly productName?: string
  readonly serialNumber?: string
  readonly vendorId?: number | null
  readonly productId?: number | null
  readonly language: string | null
}

interface ReceiptPrinterDriver {
  /** Asks a person to choose; resolves without an event when nothing was connected. */
  connect(): Promise<void>
  reconnect(device: object): Promise<void>
  disconnect(): Promise<void>
  print(bytes: Uint8Array): Promise<void>
  addEventListener(event: 'connected', listener: (device: ConnectedPrinter) => void): void
  addEventListener(event: 'disconnected', listener: () => void): void
}

declare module '@point-of-sale/webusb-receipt-printer' {
  const Driver: new () => ReceiptPrinterDriver
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default Driver
}

declare module '@point-of-sale/webserial-receipt-printer' {
  const Driver: new (options: { readonly baudRate: number }) => ReceiptPrinterDriver
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default Driver
}

declare module '@point-of-sale/webbluetooth-receipt-printer' {
  const Driver: new () => ReceiptPrinterDriver
  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default Driver
}
