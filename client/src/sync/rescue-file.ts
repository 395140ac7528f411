import { sha256OfPieces } from '@evertill/shared/domain/journal-hash'
import {
  RESCUE_FORMAT,
  RESCUE_UNSIGNED,
  RESCUE_VERSION,
  type RescueHeader,
  type RescueScope,
} from '@evertill/shared/protocol/rescue'
import { CompactSign } from 'jose'
import { rescueLines, rescuePlaces } from '../store/rescue.ts'
import { hasKey, type NamedTill } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import { type JournalKey, noteRescued, toRanges } from '../store/unsent.ts'

export interface RescueInput {
  readonly till: NamedTill
  readonly scope: RescueScope
  readonly now: () => Date
  readonly appVersion: string
  /** Lets the screen draw and the cashier sell between two pieces. */
  readonly pause: () => Promise<void>
  readonly onProgress?: (done: number, total: number) => void
}

export interface RescueFile {
  readonly name: string
  readonly blob: Blob
  readonly count: number
  readonly signed: boolean
  /** To be called when a person has the file: from then on the till may be left. */
  readonly saved: () => Promise<boolean>
}

/** Entries read and hashed at once: some milliseconds of work on a slow tablet. */
const AT_A_TIME = 200

/**
 * The journal as a file, for head office to import: see shared/protocol/rescue. Needs no network and no catalogue,
 * stores nothing, changes no entry; pieces go into blobs, which the browser may keep outside of memory.
 */
export async function makeRescueFile(db: TillDatabase, input: RescueInput): Promise<RescueFile> {
  const { till, scope, now } = input
  const at = now()
  // An acknowledged entry may be pruned while `all` are read; then the count in the header is wrong: once more.
  for (;;) {
    const places = await rescuePlaces(db, till.tillId, scope)
    const header = headerOf(input, places, at)
    const body = await readPieces(db, input, header, places)
    if (body === undefined) continue
    const signature = await sign(body.hash, till)
    const count = places.length
    return {
      name: nameOf(till, at),
      blob: new Blob([...body.pieces, `${signature}\n`], { type: 'application/x-ndjson' }),
      count,
      signed: signature !== RESCUE_UNSIGNED,
      saved: () =>
        noteRescued(db, { tillId: till.tillId, at: at.toISOString(), count, ranges: toRanges(places) }),
    }
  }
}

async function readPieces(
  db: TillDatabase,
  { till, pause, onProgress }: RescueInput,
  header: RescueHeader,
  places: readonly JournalKey[],
): Promise<{ pieces: Blob[]; hash: Uint8Array<ArrayBuffer> } | undefined> {
  const utf8 = new TextEncoder()
  const hash = sha256OfPieces()
  const pieces: Blob[] = []
  const add = (text: string) => {
    const bytes = utf8.encode(text)
    hash.add(bytes)
    pieces.push(new Blob([bytes]))
  }
  add(`${JSON.stringify(header)}\n`)
  for (let done = 0; done < places.length; ) {
    const some = places.slice(done, done + AT_A_TIME)
    const lines = await rescueLines(db, till.tillId, some)
    if (lines.includes(undefined)) return undefined
    add(lines.map((line) => `${line}\n`).join(''))
    done += some.length
    onProgress?.(done, places.length)
    await pause()
  }
  return { pieces, hash: hash.digest() }
}

/** Better a file that a person has to vouch for than none. */
async function sign(hash: Uint8Array, till: NamedTill): Promise<string> {
  if (!hasKey(till)) return RESCUE_UNSIGNED
  try {
    return await new CompactSign(hash)
      .setProtectedHeader({ alg: 'ES256', typ: RESCUE_FORMAT })
      .sign(till.privateKey)
  } catch {
    return RESCUE_UNSIGNED
  }
}

function headerOf(
  { till, scope, appVersion }: RescueInput,
  places: readonly JournalKey[],
  at: Date,
): RescueHeader {
  const { companyId, companyName, outletId, outletCode, tillId, tillCode, tillName } = till
  return {
    format: RESCUE_FORMAT,
    version: RESCUE_VERSION,
    companyId,
    companyName,
    outletId,
    outletCode,
    tillId,
    tillCode,
    tillName,
    epochs: [...new Set(places.map(([epoch]) => epoch))],
    exportedAt: at.toISOString(),
    count: places.length,
    scope,
    appVersion,
  }
}

/** `evertill-rescue-BR-1-20260301-0400.jsonl`, in UTC so that two files never change places. */
function nameOf({ outletCode, tillCode }: NamedTill, at: Date): string {
  const stamp = at.toISOString().slice(0, 16).replaceAll(/[-:]/g, '').replace('T', '-')
  const code = `${outletCode}-${tillCode}`.replaceAll(/[^\w-]/g, '_')
  return `evertill-rescue-${code}-${stamp}.jsonl`
}
