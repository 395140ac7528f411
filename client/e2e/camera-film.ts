import { closeSync, openSync, writeSync } from 'node:fs'
import { create } from 'qrcode'

/*
 * A film for Chromium's pretended camera: pictures of codes, in black and white, as uncompressed video (YUV4MPEG2).
 * https://wiki.multimedia.cx/index.php/YUV4MPEG2. The camera shows it over and over.
 */

const WIDTH = 640
const HEIGHT = 360
const FRAMES_A_SECOND = 5

/** What is dark of a code, row by row; a row may be repeated for its height. */
type Modules = readonly (readonly boolean[])[]

export interface Shown {
  readonly modules: Modules
  /** Pixels to a module. */
  readonly scale: number
  readonly x: number
  readonly y: number
}

// Source: GS1 General Specifications, EAN/UPC symbology: number sets A and C, and which of A and B the first digit asks for.
const A = '0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011'.split(' ')
const PARITIES = 'AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA'.split(' ')
const inverted = (bits: string) => [...bits].map((bit) => (bit === '0' ? '1' : '0')).join('')
const mirrored = (bits: string) => [...bits].reverse().join('')

/** The bars of an EAN-13, so many modules high. */
export function ean13(code: string, height: number): Modules {
  if (!/^\d{13}$/.test(code)) throw new Error(`${code} is no EAN-13`)
  const [first = '', ...digits] = code
  const left = digits.slice(0, 6).map((digit, i) => {
    const bits = A[Number(digit)] ?? ''
    return PARITIES[Number(first)]?.[i] === 'A' ? bits : mirrored(inverted(bits))
  })
  const right = digits.slice(6).map((digit) => inverted(A[Number(digit)] ?? ''))
  const row = [...`101${left.join('')}01010${right.join('')}101`].map((bit) => bit === '1')
  return Array.from({ length: height }, () => row)
}

export function qrCode(text: string): Modules {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1),
  )
}

/** Writes scenes of so many seconds, each with the codes in it. */
export function writeFilm(path: string, scenes: readonly { seconds: number; codes: readonly Shown[] }[]) {
  const file = openSync(path, 'w')
  writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`)
  for (const { seconds, codes } of scenes) {
    const picture = draw(codes)
    for (let frame = 0; frame < seconds * FRAMES_A_SECOND; frame++) {
      writeSync(file, 'FRAME\n')
      writeSync(file, picture)
    }
  }
  closeSync(file)
}

/** Brightness for each pixel, then no colour at all. */
function draw(codes: readonly Shown[]): Buffer {
  const picture = Buffer.concat([Buffer.alloc(WIDTH * HEIGHT, 230), Buffer.alloc((WIDTH * HEIGHT) / 2, 128)])
  for (const { modules, scale, x, y } of codes)
    for (const [row, dark] of modules.entries())
      for (const [column, isDark] of dark.entries())
        if (isDark)
          for (let line = 0; line < scale; line++) {
            const start = (y + row * scale + line) * WIDTH + x + column * scale
            picture.fill(16, start, start + scale)
          }
  return picture
}
