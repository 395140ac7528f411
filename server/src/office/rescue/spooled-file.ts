import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '@evertill/shared/protocol/problem'
import { MAX_RESCUE_BYTES, MAX_RESCUE_LINE_BYTES } from '@evertill/shared/protocol/rescue'

/** A file laid down on the disk: its signature stands last, and must be known before its first line counts. */
export interface SpooledFile {
  readonly path: string
  /** SHA-256 of the whole, lower-case hex. */
  readonly hash: string
}

/** Lays an upload down, lets `use` read it as often as it wants, and removes it. Memory holds a piece at a time. */
export async function withSpooled<T>(
  upload: AsyncIterable<Uint8Array>,
  use: (file: SpooledFile) => Promise<T>,
  mostBytes = MAX_RESCUE_BYTES,
): Promise<T | Problem> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-rescue-'))
  try {
    const path = join(folder, 'file')
    const hash = createHash('sha256')
    const target = await open(path, 'wx', 0o600)
    let bytes = 0
    try {
      for await (const piece of upload) {
        bytes += piece.length
        if (bytes > mostBytes)
          return { code: 'too-large', message: `The file is larger than ${mostBytes} bytes.` }
        hash.update(piece)
        await target.writeFile(piece)
      }
    } finally {
      await target.close()
    }
    return await use({ path, hash: hash.digest('hex') })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const LINE_BREAK = 10
const CARRIAGE_RETURN = 13
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

export class LineTooLong extends Error {}

/**
 * The lines of a file, without their ends; empty ones are left out. Mail programs and editors add byte order marks
 * and carriage returns: no line of a rescue file ends in one by itself.
 */
export async function* linesOf(
  { path }: SpooledFile,
  mostBytes = MAX_RESCUE_LINE_BYTES,
): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = []
  let length = 0
  let first = true
  const take = (): Buffer => {
    let line = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)
    pieces = []
    length = 0
    if (first && line.subarray(0, 3).equals(BYTE_ORDER_MARK)) line = line.subarray(3)
    first = false
    return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (let start = 0; start < chunk.length; ) {
      const end = chunk.indexOf(LINE_BREAK, start)
      const piece = chunk.subarray(start, end === -1 ? chunk.length : end)
      pieces.push(piece)
      length += piece.length
      if (length > mostBytes) throw new LineTooLong()
      start += piece.length
      if (end === -1) break
      start += 1
      const line = take()
      if (line.length > 0) yield line
    }
  }
  const last = take()
  if (last.length > 0) yield last
}
