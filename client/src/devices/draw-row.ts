import type { DrawnRow } from './encode-print.ts'

/** As high as the printer's own letters. */
const TYPE_PX = 24
const LINE_PX = 32
const GAP_PX = 16
const FAMILY =
  "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans Tamil', 'Nirmala UI', sans-serif"

export interface Drawing {
  readonly canvas: HTMLCanvasElement
  readonly width: number
  readonly height: number
}

/** A row in any script, with this device's own fonts, at `scale` times the dots of the paper. */
export function drawOnCanvas(row: DrawnRow, dots: number, scale = 1): Drawing {
  const canvas = document.createElement('canvas')
  const font = `${row.strong === true ? 700 : 500} ${TYPE_PX}px ${FAMILY}`
  const measure = contextOf(canvas)
  measure.font = font
  const widthOf = (text: string) => measure.measureText(text).width
  const { lines, beside, below } = drawnLines(row, dots, widthOf)

  const height = (lines.length + below.length) * LINE_PX
  canvas.width = dots * scale
  canvas.height = height * scale
  const context = contextOf(canvas)
  context.scale(scale, scale)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, dots, height)
  context.fillStyle = '#000'
  context.font = font
  context.textBaseline = 'middle'
  const put = (text: string, place: number, at: 'left' | 'center' | 'right') => {
    context.textAlign = at
    context.fillText(text, at === 'left' ? 0 : at === 'right' ? dots : dots / 2, (place + 0.5) * LINE_PX)
  }
  for (const [i, text] of lines.entries())
    put(text, i, row.kind === 'text' && row.centred === true ? 'center' : 'left')
  put(beside, lines.length - 1, 'right')
  for (const [i, text] of below.entries()) put(text, lines.length + i, 'right')
  return { canvas, width: dots, height }
}

/** The same as dots for a printer. */
export function drawRow(row: DrawnRow, dots: number): ImageData {
  const { canvas, width, height } = drawOnCanvas(row, dots)
  return contextOf(canvas).getImageData(0, 0, width, height)
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('this browser gave no canvas to draw on')
  return context
}

type WidthOf = (text: string) => number

interface DrawnLines {
  readonly lines: readonly string[]
  /** At the right of the last of them. */
  readonly beside: string
  /** At the right, each on a line of its own. */
  readonly below: readonly string[]
}

/** The value stands beside its label where the label has room to, whole words and all; else below it. */
export function drawnLines(row: DrawnRow, dots: number, widthOf: WidthOf): DrawnLines {
  if (row.kind === 'text') return { lines: breakLines(row.text, dots, widthOf), beside: '', below: [] }
  const { label, value } = row
  const room = dots - (value === '' ? 0 : widthOf(value) + GAP_PX)
  const widest = Math.max(0, ...wordsOf(label).map(widthOf))
  return room >= dots / 4 && room >= widest
    ? { lines: breakLines(label, room, widthOf), beside: value, below: [] }
    : { lines: breakLines(label, dots, widthOf), beside: '', below: breakLines(value, dots, widthOf) }
}

/** Between words as the script has them, for Chinese puts no spaces, and inside those wider than there is room. */
export function breakLines(text: string, room: number, widthOf: WidthOf): string[] {
  const lines: string[] = []
  let open = ''
  for (const word of wordsOf(text))
    for (const part of widthOf(word) > room ? lettersOf(word) : [word]) {
      if (open !== '' && widthOf(open + part) > room) {
        lines.push(open.trimEnd())
        open = part.trimStart()
      } else open += part
    }
  return [...lines, open.trimEnd()]
}

const wordsOf = (text: string) => segmentsOf(text, 'word')
const lettersOf = (word: string) => segmentsOf(word, 'grapheme')

function segmentsOf(text: string, granularity: 'word' | 'grapheme'): string[] {
  const segments = new Intl.Segmenter(undefined, { granularity }).segment(text)
  return Array.from(segments, ({ segment }) => segment)
}
