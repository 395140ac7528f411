// The little that is used of the browser's device interfaces: TypeScript's own library has none of them.

export interface UsbDevice {
  readonly opened: boolean
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber?: string
  readonly configuration?: {
    readonly interfaces: readonly {
      readonly claimed: boolean
      readonly alternate: {
        readonly endpoints: readonly { readonly direction: 'in' | 'out'; readonly endpointNumber: number }[]
      }
    }[]
  }
  transferOut(endpointNumber: number, bytes: Uint8Array<ArrayBuffer>): Promise<{ readonly status: string }>
}

export interface SerialPort {
  readonly writable: WritableStream<Uint8Array> | null
  close(): Promise<void>
}

export interface BluetoothDevice extends EventTarget {
  readonly id: string
  readonly gatt?: { readonly connected: boolean; disconnect(): void }
}

interface DeviceApis {
  readonly usb?: { getDevices(): Promise<UsbDevice[]> }
  readonly serial?: { getPorts(): Promise<SerialPort[]> }
  readonly bluetooth?: {
    requestDevice(options: object): Promise<BluetoothDevice>
    /** Not every browser has it. */
    getDevices?(): Promise<BluetoothDevice[]>
  }
}

/** What this browser can speak to. */
export const deviceApis = (): DeviceApis => navigator as DeviceApis
