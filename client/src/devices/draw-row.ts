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
  const value = row.kind === 'pair' ? row.value : ''
  const room = dots - (value === '' ? 0 : widthOf(value) + GAP_PX)
  const beside = row.kind === 'text' || room >= dots / 4
  const lines = breakLines(row.kind === 'text' ? row.text : row.label, beside ? room : dots, widthOf)
  const below = beside ? [] : breakLines(value, dots, widthOf)

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
  if (beside) put(value, lines.length - 1, 'right')
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

/** Between words as the script has them: Chinese puts no spaces. */
export function breakLines(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let open = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (open !== '' && widthOf(open + segment) > room) {
      lines.push(open.trimEnd())
      open = segment.trimStart()
    } else open += segment
  }
  return [...lines, open.trimEnd()]
}
