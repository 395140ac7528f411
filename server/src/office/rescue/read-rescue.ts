import { createHash } from 'node:crypto'
import type { Problem } from '@evertill/shared/protocol/problem'
import { RESCUE_UNSIGNED, type RescueHeader, zRescueHeader } from '@evertill/shared/protocol/rescue'
import { LineTooLong, linesOf, type SpooledFile } from './spooled-file.ts'

export interface RescueContent {
  readonly header: RescueHeader
  /** The lines of entries, some at a time, as they came. Can be read again. */
  batches(): AsyncGenerator<Buffer[]>
}

/** What stands at the end, and the hash of all before it. */
export interface RescueSeal {
  readonly signature: string | undefined
  readonly hash: Uint8Array
}

/** Entries that travel together: few enough not to hold up the tills that sell meanwhile. */
const AT_A_TIME = 200
const MOST_BYTES = 2_000_000

const noRescueFile = (message: string): Problem => ({ code: 'bad-request', message })

/** Opens a rescue file by its first line. */
export async function openRescue(file: SpooledFile): Promise<RescueContent | Problem> {
  const header = zRescueHeader.safeParse(parseJson(await firstLine(file)))
  if (header.success) return { header: header.data, batches: () => batchesOf(file) }
  const { format, version } = Object(parseJson(await firstLine(file))) as Record<string, unknown>
  if (format === 'evertill-rescue' && version !== 1)
    return noRescueFile(
      'This rescue file was written by a newer Evertill than this server: update the server.',
    )
  return noRescueFile(
    'This is not a rescue file. A till saves one on its health page; its name begins with “evertill-rescue”.',
  )
}

async function firstLine(file: SpooledFile): Promise<string> {
  try {
    for await (const line of linesOf(file)) return line.length > 1_000_000 ? '' : line.toString('utf8')
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error
  }
  return ''
}

/** Reads a file to its end: its signature, and what was signed. Line ends count as the till wrote them. */
export async function readSeal(file: SpooledFile): Promise<RescueSeal> {
  const hash = createHash('sha256')
  let last: Buffer | undefined
  for await (const line of linesOf(file)) {
    if (last !== undefined) hash.update(last).update('\n')
    last = line
  }
  if (last !== undefined && isSignature(last))
    return { signature: last.toString('latin1'), hash: hash.digest() }
  return { signature: undefined, hash: hash.digest() }
}

/** Everything between the header and the signature; where the file was cut, the last line may be half an entry. */
async function* batchesOf(file: SpooledFile): AsyncGenerator<Buffer[]> {
  let batch: Buffer[] = []
  let bytes = 0
  let isHeader = true
  for await (const line of linesOf(file)) {
    if (isHeader) {
      isHeader = false
      continue
    }
    if (isSignature(line)) continue
    if (batch.length >= AT_A_TIME || (batch.length > 0 && bytes + line.length > MOST_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(line)
    bytes += line.length
  }
  if (batch.length > 0) yield batch
}

/** An entry's line begins with a hash and a space: it is never taken for one. */
const isSignature = (line: Buffer): boolean =>
  line.length < 2000 &&
  (line.equals(Buffer.from(RESCUE_UNSIGNED)) || /^[\w-]+\.[\w-]+\.[\w-]+$/.test(line.toString('latin1')))

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
