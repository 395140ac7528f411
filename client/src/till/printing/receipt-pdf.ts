import { PDFDocument, type PDFFont, type PDFImage, rgb, StandardFonts } from '@cantoo/pdf-lib'
import type { PrintRow } from '@evertill/shared/receipt/print-row'
import { create } from 'qrcode'
import { drawOnCanvas } from '../../devices/draw-row.ts'
import type { DrawnRow } from '../../devices/encode-print.ts'
import { wrapToWidth } from '../../devices/lay-out.ts'

/*
 * A receipt as a PDF: one page as wide as a roll of paper and as long as the receipt. The fonts every reader has say
 * Latin letters; a row in another script is drawn, as it is for a printer, instead of megabytes of fonts.
 */

const MM = 72 / 25.4
const WIDTH = 80 * MM
const MARGIN = 5 * MM
const INNER = WIDTH - 2 * MARGIN
const SIZE = 9
const LEADING = 12
const TOTAL_SIZE = 12
const CODE = 25 * MM
/** Of a picture that is measured in them, as a printer has them: 8 a millimetre. */
const DOT = MM / 8
/** Sharp on a phone's screen. */
const DRAWING_SCALE = 3
const DRAWING_DOTS = 576

type DrawImage = (
  row: DrawnRow,
) => Promise<{ readonly png: Uint8Array; readonly width: number; readonly height: number }>

/** What stands where, from the top. */
interface Placed {
  readonly height: number
  readonly put: (top: number) => void
}

export async function receiptPdf(
  rows: readonly PrintRow[],
  title: string,
  draw: DrawImage = drawPng,
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title)
  pdf.setCreator('Evertill')
  const regular = await pdf.embedFont(StandardFonts.Helvetica)
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold)
  const page = pdf.addPage([WIDTH, WIDTH])

  const line =
    (text: string, font: PDFFont, size: number, at: 'left' | 'centre' | 'right') => (top: number) => {
      const free = INNER - font.widthOfTextAtSize(text, size)
      const x = MARGIN + (at === 'left' ? 0 : at === 'centre' ? free / 2 : free)
      page.drawText(text, { x, y: page.getHeight() - top - size, size, font })
    }

  const place = async (row: PrintRow): Promise<Placed[]> => {
    if (row.kind === 'rule')
      return [
        {
          height: LEADING,
          put: (top) => {
            const y = page.getHeight() - top - LEADING / 2
            page.drawLine({
              start: { x: MARGIN, y },
              end: { x: WIDTH - MARGIN, y },
              thickness: 0.5,
              dashArray: [2, 2],
            })
          },
        },
      ]
    if (row.kind === 'code')
      return [
        { height: CODE + LEADING, put: (top) => putCode(page.getHeight() - top - LEADING / 2, row.text) },
      ]
    if (row.kind === 'picture') {
      const image = await pdf.embedPng(row.picture)
      return [placeImage(image, { width: row.width * DOT, height: row.height * DOT, below: LEADING / 2 })]
    }
    const font = row.strong === true ? bold : regular
    const label = inFont(row.kind === 'pair' ? row.label : row.text, font)
    const value = inFont(row.kind === 'pair' ? row.value : '', font)
    if (label === undefined || value === undefined) {
      const { png, width, height } = await draw(row)
      return [placeImage(await pdf.embedPng(png), { width: INNER, height: (INNER / width) * height })]
    }
    const size = row.kind === 'pair' && row.strong === true ? TOTAL_SIZE : SIZE
    const height = LEADING + size - SIZE
    const widthOf = (text: string) => font.widthOfTextAtSize(text, size)
    if (row.kind === 'text') {
      const at = row.centred === true ? 'centre' : 'left'
      return wrapToWidth(label, INNER, widthOf).map((text) => ({ height, put: line(text, font, size, at) }))
    }
    const room = INNER - widthOf(value) - SIZE
    const beside = room >= Math.min(INNER / 4, widthOf(label))
    const lines = wrapToWidth(label, beside ? room : INNER, widthOf)
    const values = wrapToWidth(value, INNER, widthOf)
    return [
      ...lines.map((text, i) => ({
        height,
        put: (top: number) => {
          line(text, font, size, 'left')(top)
          if (beside && i === lines.length - 1) line(value, font, size, 'right')(top)
        },
      })),
      ...(beside ? [] : values.map((text) => ({ height, put: line(text, font, size, 'right') }))),
    ]
  }

  const placeImage = (
    image: PDFImage,
    { width, height, below = 0 }: { width: number; height: number; below?: number },
  ): Placed => ({
    height: height + below,
    put: (top) =>
      page.drawImage(image, { x: (WIDTH - width) / 2, y: page.getHeight() - top - height, width, height }),
  })

  const putCode = (y: number, text: string) => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    const module = CODE / modules.size
    let path = ''
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`
    page.drawSvgPath(path, { x: (WIDTH - CODE) / 2, y, scale: module, color: rgb(0, 0, 0), borderWidth: 0 })
  }

  const placed: Placed[] = []
  for (const row of rows) placed.push(...(await place(row)))
  page.setHeight(2 * MARGIN + placed.reduce((sum, { height }) => sum + height, 0))
  let top = MARGIN
  for (const { height, put } of placed) {
    put(top)
    top += height
  }
  return Uint8Array.from(await pdf.save())
}

/** The text as this font can say it, if it can: its minus is a hyphen, and its spaces are all alike. */
function inFont(text: string, font: PDFFont): string | undefined {
  const spelled = text.replaceAll('−', '-').replace(/[\u2009\u202f]/g, ' ')
  const known = new Set(font.getCharacterSet())
  return [...spelled].every((char) => known.has(char.codePointAt(0) ?? 0)) ? spelled : undefined
}

const drawPng: DrawImage = async (row) => {
  const { canvas, width, height } = drawOnCanvas(row, DRAWING_DOTS, DRAWING_SCALE)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('this browser could not make a picture of a row')
  return { png: new Uint8Array(await blob.arrayBuffer()), width, height }
}
