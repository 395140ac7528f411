import type { PrintRow } from '@evertill/shared/receipt/print-row'
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import { layOut } from './lay-out.ts'

/** What a roll carries: columns of type, and dots across. */
export const ROLLS = { 80: { columns: 48, dots: 576 }, 58: { columns: 32, dots: 384 } } as const
export type RollMm = keyof typeof ROLLS

export type PrinterLanguage = 'esc-pos' | 'star-prnt' | 'star-line'

export interface PrintOptions {
  readonly language: PrinterLanguage
  readonly rollMm: RollMm
  /** Draws what has no letters in the printer, in black on white. */
  readonly draw: (row: DrawnRow, dots: number) => ImageData
}

export type DrawnRow = Extract<PrintRow, { kind: 'text' | 'pair' }>

/** From the last line past the head to the cutter. */
const LINES_TO_CUTTER = 4
/** 0.75 mm a module: a phone and a hand scanner read it at arm's length. */
const CODE_DOTS = 6

function encoderFor(language: PrinterLanguage, rollMm: RollMm): ReceiptPrinterEncoder {
  const encoder = new ReceiptPrinterEncoder({
    language,
    columns: ROLLS[rollMm].columns,
    imageMode: language === 'esc-pos' ? 'raster' : 'column',
    feedBeforeCut: LINES_TO_CUTTER,
    // A drawn row ends where the next begins, as a line of type does.
    feedAfterBlock: false,
  })
  return encoder.initialize()
}

/** The bytes that make a printer print these rows and cut. */
export function encodePrint(rows: readonly PrintRow[], { language, rollMm, draw }: PrintOptions): Uint8Array {
  const { columns, dots } = ROLLS[rollMm]
  const encoder = encoderFor(language, rollMm)
  for (const line of layOut(rows, columns)) {
    if (line.kind === 'code')
      encoder
        .align('center')
        .newline()
        .qrcode(line.text, { size: CODE_DOTS, errorlevel: 'm' })
        .align('left')
        .newline()
    else if (line.kind === 'picture')
      encoder.image(inTheMiddle(line, dots), { mode: imageMode(language) }).newline()
    else if (line.kind === 'drawn') encoder.image(draw(line.row, dots), { mode: imageMode(language) })
    else
      encoder
        .align(line.centred ? 'center' : 'left')
        .bold(line.strong)
        .height(line.tall ? 2 : 1)
        .line(line.text)
        .height(1)
        .bold(false)
        .align('left')
  }
  return encoder.cut().encode()
}

/** As wide as the paper: not every printer knows how to put a picture in the middle. */
function inTheMiddle(
  { width, height, dots }: Extract<PrintRow, { kind: 'picture' }>,
  across: number,
): ImageData {
  const bits = Uint8Array.from(atob(dots), (char) => char.charCodeAt(0))
  const data = new Uint8ClampedArray(across * height * 4).fill(255)
  const left = Math.floor((across - width) / 2)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0) data.set([0, 0, 0], 4 * (y * across + left + x))
    }
  return { width: across, height, data, colorSpace: 'srgb' } as ImageData
}

const imageMode = (language: PrinterLanguage) => (language === 'esc-pos' ? 'raster' : 'column')

/** The bytes that make a printer open the drawer that is plugged into it. */
export const encodeKick = (language: PrinterLanguage): Uint8Array => encoderFor(language, 80).pulse().encode()
