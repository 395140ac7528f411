import { crc32, type Inflate, inflateSync } from 'node:zlib'

/*
 * What a PNG is, without drawing it: enough to know that a picture which every till and receipt will show is one, is
 * as large as it says, and holds no more than that. Source: W3C, Portable Network Graphics (Third Edition), 5 and 11.
 */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Samples a pixel by colour type. No canvas writes the one with a palette. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 }
/** A chunk of no other kind changes how the picture is drawn: text and profiles have no place on a receipt. */
const KNOWN_CHUNKS: ReadonlySet<string> = new Set([
  'IHDR',
  'IDAT',
  'IEND',
  'tRNS',
  'sRGB',
  'gAMA',
  'pHYs',
  'sBIT',
])

export interface PngSize {
  readonly width: number
  readonly height: number
}

/** The size of a whole, sound PNG of at most `most` pixels a side; nothing for anything else. */
export function readPng(bytes: Buffer, most: number): PngSize | undefined {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return undefined
  const chunks = chunksOf(bytes)
  if (chunks?.[0]?.type !== 'IHDR' || chunks.at(-1)?.type !== 'IEND') return undefined
  if (chunks.some(({ type }) => !KNOWN_CHUNKS.has(type))) return undefined
  const head = chunks[0].data
  if (head.length !== 13) return undefined
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const [depth = 0, colour = -1, compression, filter, interlace] = head.subarray(8)
  const channels = CHANNELS[colour]
  if (width < 1 || height < 1 || width > most || height > most || channels === undefined) return undefined
  // What canvases write. Interlacing would make the length below another one.
  if (depth !== 8 || compression !== 0 || filter !== 0 || interlace !== 0) return undefined
  const length = height * (1 + width * channels)
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  return inflatedLength(packed, length) === length ? { width, height } : undefined
}

function chunksOf(bytes: Buffer): { type: string; data: Buffer }[] | undefined {
  const chunks: { type: string; data: Buffer }[] = []
  let at = SIGNATURE.length
  while (at < bytes.length) {
    if (at + 12 > bytes.length) return undefined
    const length = bytes.readUInt32BE(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length || bytes.readUInt32BE(end) !== crc32(bytes.subarray(at + 4, end)))
      return undefined
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end) })
    at = end + 4
  }
  return chunks
}

/** A bomb is not unpacked: more than is expected is as wrong as less, and so is what stands behind the end. */
function inflatedLength(packed: Buffer, expected: number): number | undefined {
  try {
    const options = { maxOutputLength: expected + 1, info: true }
    // Node's types know the option, and not what it answers.
    const { buffer, engine } = inflateSync(packed, options) as unknown as { buffer: Buffer; engine: Inflate }
    return engine.bytesWritten === packed.length ? buffer.length : undefined
  } catch {
    return undefined
  }
}
