/** Of what a reader found: the names that browsers and the decoder have for the kinds that matter. */
export interface Found {
  readonly format: string
  readonly text: string
}

/** What a wedge scanner would have typed for it. */
export function readCode({ format, text }: Found): string {
  const isUpcE = /^upc.?e$/i.test(format)
  return (isUpcE && /^[01]\d{7}$/.test(text) ? expandUpcE(text) : text).trim()
}

/**
 * The UPC-A that an eight-digit UPC-E leaves the noughts out of: goods are listed by that.
 * Source: GS1 General Specifications, UPC-E barcode (zero suppression).
 */
function expandUpcE(text: string): string {
  const [system = '', digits = '', check = ''] = [text[0], text.slice(1, 7), text[7]]
  const last = Number(digits[5])
  const body =
    last <= 2
      ? `${digits.slice(0, 2)}${last}0000${digits.slice(2, 5)}`
      : last === 3
        ? `${digits.slice(0, 3)}00000${digits.slice(3, 5)}`
        : last === 4
          ? `${digits.slice(0, 4)}00000${digits[4]}`
          : `${digits.slice(0, 5)}0000${last}`
  return `${system}${body}${check}`
}
