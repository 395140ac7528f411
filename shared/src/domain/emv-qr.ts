/**
 * CRC-16/CCITT-FALSE (polynomial 0x1021, initial value 0xFFFF, nothing reflected) over UTF-8.
 * Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1, section 4.7.3.
 */
export function crc16(text: string): number {
  let crc = 0xffff
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021
    crc &= 0xffff
  }
  return crc
}

/** One data object: two digits of id, two of length in characters, then the value. */
function field(id: string, value: string): string {
  if (value.length === 0 || value.length > 99) throw new RangeError(`field ${id} holds 1 to 99 characters`)
  return `${id}${String(value.length).padStart(2, '0')}${value}`
}

/** Data objects by id; a nested one is a template. Those without a value are left out. */
export interface EmvTemplate {
  readonly [id: string]: string | EmvTemplate | undefined
}

const template = (fields: EmvTemplate): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    // Keys that look like numbers come out of an object before those that start with a zero.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, value]) => field(id, typeof value === 'object' ? template(value) : (value ?? '')))
    .join('')

/**
 * A merchant-presented EMV QR code as text: the data objects in order of their ids, then the checksum (63) over
 * all that stands before it, its own id and length included.
 */
export function emvQrText(fields: EmvTemplate): string {
  const text = `${template(fields)}6304`
  return text + crc16(text).toString(16).toUpperCase().padStart(4, '0')
}

/** What any app can show: printable ASCII without accents, at most `most` characters. */
export const plainText = (text: string, most: number): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/gu, '')
    .trim()
    .slice(0, most)
    .trim()
