import { isGtin } from '@evertill/shared/domain/barcode'
import { type Minor, MOST_PRICE, minor, type Thousandths, thousandths } from '@evertill/shared/domain/money'
import { barcodeFault } from '@evertill/shared/protocol/barcode'
import {
  MAX_OPTIONS,
  MAX_PICTURE,
  PICTURE,
  type ProductOption,
} from '@evertill/shared/protocol/product-traits'

/** What a cell says, or why it says nothing. Numbers never pass through a float. */
export type Read<T> = { readonly value: T } | { readonly reason: string }

const mostStock = 1_000_000_000

/**
 * Money as people and shops write it: `12.9`, `$1,234.50`, `S$ 3.00`, `12,90`. A comma before one or two last
 * digits is a decimal comma; before three it groups thousands.
 * @param digits minor digits of the currency: 2 for SGD
 */
export function readMoney(text: string, digits: number): Read<Minor> {
  const bare = text
    .replace(/[\s\u00a0']/g, '')
    .replace(/^[A-Z]{0,3}\p{Sc}?/iu, '')
    .replace(/[A-Z]{3}$/i, '')
  const decimal = readDecimal(bare)
  if (decimal === undefined) return { reason: 'is not a price' }
  const fraction = decimal.fraction.replace(/0+$/, '')
  if (fraction.length > digits) return { reason: `has more than ${digits} decimals` }
  const value = Number(decimal.whole + fraction.padEnd(digits, '0'))
  if (decimal.negative && value > 0) return { reason: 'is below zero' }
  if (value > MOST_PRICE) return { reason: 'is more than a price can be' }
  return { value: minor(value) }
}

/** A quantity with up to three decimals, of either sign: shops do have less than nothing in their old system. */
export function readQuantity(text: string): Read<Thousandths> {
  const decimal = readDecimal(text.replace(/[\s\u00a0']/g, ''))
  if (decimal === undefined) return { reason: 'is not a quantity' }
  const fraction = decimal.fraction.replace(/0+$/, '')
  if (fraction.length > 3) return { reason: 'has more than 3 decimals' }
  const value = Number(decimal.whole + fraction.padEnd(3, '0'))
  if (value > mostStock) return { reason: 'is more than a stock can be' }
  return { value: thousandths(decimal.negative ? -value : value) }
}

function readDecimal(text: string): { negative: boolean; whole: string; fraction: string } | undefined {
  const found =
    /^(-?)(\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.(\d{0,30}))?$/.exec(text) ??
    /^(-?)()\.(\d{1,30})$/.exec(text) ??
    /^(-?)(\d{1,15}|\d{1,3}(?:\.\d{3})+),(\d{1,2})$/.exec(text)
  if (found === null) return undefined
  const [, sign, grouped = '', fraction = ''] = found
  const whole = grouped.replace(/[,.]/g, '') || '0'
  return whole.length > 15 ? undefined : { negative: sign === '-', whole, fraction }
}

const excelNumber = /^\d(?:[.,]\d+)?E\+?\d+$/i
const excelReason =
  'was turned into a rounded number by a spreadsheet: format the column as text and export it again'

/** Whether a spreadsheet has destroyed a code by taking it for a number, such as `8.88E+12`. */
export const excelDamage = (text: string): Read<string> =>
  excelNumber.test(text) ? { reason: excelReason } : { value: text }

/** Text that begins like a formula is written with an apostrophe in front, against spreadsheets: see words/csv.ts. */
export const unescaped = (text: string): string => text.replace(/^'(?='*[=+\-@\t\r])/, '')

/**
 * The barcodes in a cell, between `|`, `;`, `,` or spaces; one that has such a sign in it is written with `\` before it.
 * An ISBN may be written with hyphens or spaces, where no `|` says that it was not.
 */
export function readBarcodes(text: string): Read<string[]> {
  const whole = excelDamage(text)
  if ('reason' in whole) return whole
  const joined = text.replace(/[\s-]/g, '')
  const codes = isGtin(joined) ? [joined] : (text.match(/(?:\\[\\|;,]|[^|;,\s])+/g) ?? [])
  const read: string[] = []
  for (const code of codes) {
    const barcode = code
      .replace(/\\([\\|;,])/g, '$1')
      .replace(/^'/, '')
      .replace(/^(\d{8,})\.0+$/, '$1')
    const damaged = excelDamage(barcode)
    if ('reason' in damaged) return damaged
    if (!/^[\x21-\x7e]{1,48}$/.test(barcode))
      return { reason: 'must be 1 to 48 letters, digits and signs without spaces' }
    const fault = barcodeFault(barcode)
    if (fault !== undefined) return { reason: fault }
    if (!read.includes(barcode)) read.push(barcode)
  }
  if (read.length > 20) return { reason: 'has more than 20 barcodes' }
  return { value: read }
}

const units = new Map([
  ...['each', 'ea', 'pc', 'pcs', 'piece', 'pieces', 'unit', 'item'].map((word) => [word, 'each'] as const),
  ...['kg', 'kgs', 'kilo', 'kilogram', 'kilograms'].map((word) => [word, 'kg'] as const),
])

export function readUnit(text: string): Read<'each' | 'kg'> {
  const value = units.get(text.toLowerCase())
  return value === undefined ? { reason: 'must be each or kg' } : { value }
}

const flags = new Map([
  ...['yes', 'y', 'true', '1', 'x'].map((word) => [word, true] as const),
  ...['no', 'n', 'false', '0', '-'].map((word) => [word, false] as const),
])

export function readFlag(text: string): Read<boolean> {
  const value = flags.get(text.toLowerCase())
  return value === undefined ? { reason: 'must be yes or no' } : { value }
}

export function readPicture(text: string): Read<string> {
  if (text.length > MAX_PICTURE) return { reason: `is longer than ${MAX_PICTURE} characters` }
  if (PICTURE.test(text)) return { value: text }
  return { reason: 'must be an address that begins with https://' }
}

/** `Colour: Black; Size: M`; a `:` or `;` that belongs to a name or a value is written with `\` before it. */
export function readOptions(text: string): Read<ProductOption[]> {
  const options: ProductOption[] = []
  const plain = (part: string) => oneLine(part.replace(/\\([\\:;])/g, '$1'))
  for (const part of (text.match(/(?:\\[\\:;]|[^;])+/g) ?? []).filter((some) => some.trim() !== '')) {
    const [name = ''] = /^(?:\\[\\:;]|[^:])*/.exec(part) ?? []
    const option = { name: plain(name), value: plain(part.slice(name.length + 1)) }
    if (option.name === '' || option.value === '') return { reason: 'must be like Colour: Black; Size: M' }
    if (option.name.length > 40 || option.value.length > 80)
      return { reason: 'has an option that is too long' }
    options.push(option)
  }
  if (options.length === 0) return { reason: 'must be like Colour: Black; Size: M' }
  return options.length > MAX_OPTIONS
    ? { reason: `has more than ${MAX_OPTIONS} options` }
    : { value: options }
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  times: '×',
  deg: '°',
  reg: '®',
  trade: '™',
  eacute: 'é',
  frac12: '½',
  frac14: '¼',
}

/** Text from a cell of several lines. */
export const oneLine = (text: string): string =>
  text
    .split(/[\t\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')

/** The words of a name that may hold HTML; web shops export `Bread &amp; Butter <em>200 g</em>`. */
export function plainText(html: string): string {
  return html
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+\d*));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
        ? String.fromCodePoint(point)
        : whole
    })
    .replace(/\s+/g, ' ')
    .trim()
}
