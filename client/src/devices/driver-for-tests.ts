/**
 * The driver itself, by the path of its file: its package has an entry for browsers only, which the tests' resolver
 * does not take.
 */
export async function driverForTests(
  name: 'webusb' | 'webserial' | 'webbluetooth',
  options: object = {},
): Promise<ReceiptPrinterDriver> {
  const file = `../../../node_modules/@point-of-sale/${name}-receipt-printer/dist/${name}-receipt-printer.esm.js`
  const { default: Driver } = await import(/* @vite-ignore */ new URL(file, import.meta.url).href)
  return new Driver(options)
}
