import WebBluetoothReceiptPrinter from '@point-of-sale/webbluetooth-receipt-printer'
import { bluetoothLink } from './bluetooth-link.ts'
import type { ChosenDevice } from './printer-settings.ts'

export const linkBluetooth = (known?: ChosenDevice) => bluetoothLink(new WebBluetoothReceiptPrinter(), known)
