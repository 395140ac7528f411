import { hash as digest } from 'node:crypto'
import { type Entry, zEntry } from '@evertill/shared/protocol/entry'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { type Finding, findingsOf } from './findings.ts'
import { quickGuard } from './quick-guard.ts'

export type FieldProblem = { readonly path: string; readonly message: string }

export type ReadableLine = {
  readonly readable: true
  readonly line: Uint8Array
  readonly hash: string
  readonly raw: string
  readonly entry: Entry
  readonly findings: readonly Finding[]
}

export type UnreadableLine = {
  readonly readable: false
  readonly line: Uint8Array
  /** As far as they could be made out: the till knows its entry by them. */
  readonly hash: string | null
  readonly id: string | null
  readonly reason: string
  readonly fields: readonly FieldProblem[]
}

/** A line whose text is the one that was hashed; nothing else of it was looked at. */
export type SealedLine = {
  readonly sealed: true
  readonly line: Uint8Array
  readonly hash: string
  /** The canonical JSON. */
  readonly bytes: Uint8Array
}

export type LineOwner = {
  readonly till_id: string
  readonly outlet_ids: readonly string[]
}

const isEntry = quickGuard(zEntry)
const hashLength = 64
const space = 32
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type Known = Partial<Pick<UnreadableLine, 'hash' | 'id' | 'fields'>>

const unreadable = (line: Uint8Array, reason: string, known: Known = {}): UnreadableLine => ({
  readable: false,
  line,
  hash: null,
  id: null,
  fields: [],
  reason,
  ...known,
})

/** Opens one line of a push, `<hash> <canonical JSON>`, and checks its hash. */
export function openLine(line: Uint8Array): SealedLine | UnreadableLine {
  const hash = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, hashLength)).toString('latin1')
  if (!/^[0-9a-f]{64}$/.test(hash) || line[hashLength] !== space)
    return unreadable(line, 'The line does not begin with a hash.')
  const bytes = line.subarray(hashLength + 1)
  if (digest('sha256', bytes) !== hash)
    return unreadable(line, 'The text is not the one that was hashed.', { hash })
  return { sealed: true, line, hash, bytes }
}

/** Reads one line of a push. What it says of its neighbours: nothing. */
export function readLine(line: Uint8Array, owner: LineOwner): ReadableLine | UnreadableLine {
  const opened = openLine(line)
  return 'sealed' in opened ? readEntry(opened, owner) : opened
}

export function readEntry(
  { line, hash, bytes }: SealedLine,
  owner: LineOwner,
): ReadableLine | UnreadableLine {
  const raw = decodeUtf8(bytes)
  if (raw === undefined) return unreadable(line, 'The text is not UTF-8.', { hash })
  const json = parseJson(raw)
  if (json === undefined) return unreadable(line, 'The text is not JSON.', { hash })
  const parsed = isEntry(json) ? { success: true as const, data: json as Entry } : zEntry.safeParse(json)
  if (!parsed.success) {
    const id = zUuid.safeParse((json as { id?: unknown } | null)?.id).data ?? null
    const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return unreadable(line, 'The entry has wrong fields.', { hash, id, fields })
  }
  const entry = parsed.data
  const strange = strangeFields(entry, owner)
  if (strange.length > 0)
    return unreadable(line, 'The entry is not of this till.', { hash, id: entry.id, fields: strange })
  return { readable: true, line, hash, raw, entry, findings: findingsOf(entry) }
}

const idKey = Buffer.from('"id":"')
const idLength = 36

/** The id that a sealed line seems to have, found without reading the rest: only good to ask with. */
export function idAtAGlance({ bytes }: SealedLine): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = text.lastIndexOf(idKey)
  if (at === -1) return undefined
  const id = text.toString('latin1', at + idKey.length, at + idKey.length + idLength)
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : undefined
}

function strangeFields({ tillId, outletId }: Entry, owner: LineOwner): FieldProblem[] {
  const fields: FieldProblem[] = []
  if (tillId !== owner.till_id) fields.push({ path: 'tillId', message: 'is not the till that sent it' })
  if (!owner.outlet_ids.includes(outletId))
    fields.push({ path: 'outletId', message: 'is not an outlet of this company' })
  return fields
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
