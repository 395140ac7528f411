import WebUSBReceiptPrinter from '@point-of-sale/webusb-receipt-printer'
import type { ChosenDevice } from './printer-settings.ts'
import { usbLink } from './usb-link.ts'

export const linkUsb = (known?: ChosenDevice) => usbLink(new WebUSBReceiptPrinter(), known)
