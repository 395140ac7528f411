import { createHash } from 'node:crypto'
import { checkSale } from '@evertill/shared/domain/sale'
import { type Entry, zEntry } from '@evertill/shared/protocol/entry'
import { zUuid } from '@evertill/shared/protocol/scalars'

export type FieldProblem = { readonly path: string; readonly message: string }

/** An exception found in an entry itself. It is raised if, and only if, the entry is applied. */
export type Finding = { readonly type: 'totals-differ'; readonly detail: object }

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

export type LineOwner = {
  readonly till_id: string
  readonly outlet_ids: readonly string[]
}

const hashLength = 64
const space = 32
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads one line of a push, `<hash> <canonical JSON>`. What it says of its neighbours: nothing. */
export function readLine(line: Uint8Array, owner: LineOwner): ReadableLine | UnreadableLine {
  const unreadable = (
    reason: string,
    known: Partial<Pick<UnreadableLine, 'hash' | 'id' | 'fields'>> = {},
  ): UnreadableLine => ({ readable: false, line, hash: null, id: null, fields: [], reason, ...known })

  const hash = Buffer.from(line.subarray(0, hashLength)).toString('latin1')
  if (!/^[0-9a-f]{64}$/.test(hash) || line[hashLength] !== space)
    return unreadable('The line does not begin with a hash.')
  const bytes = line.subarray(hashLength + 1)
  if (createHash('sha256').update(bytes).digest('hex') !== hash)
    return unreadable('The text is not the one that was hashed.', { hash })

  const raw = decodeUtf8(bytes)
  if (raw === undefined) return unreadable('The text is not UTF-8.', { hash })
  const json = parseJson(raw)
  if (json === undefined) return unreadable('The text is not JSON.', { hash })
  const id = zUuid.safeParse((json as { id?: unknown } | null)?.id).data ?? null
  const parsed = zEntry.safeParse(json)
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return unreadable('The entry has wrong fields.', { hash, id, fields })
  }
  const entry = parsed.data
  const strange = strangeFields(entry, owner)
  if (strange.length > 0) return unreadable('The entry is not of this till.', { hash, id, fields: strange })
  return { readable: true, line, hash, raw, entry, findings: findingsOf(entry) }
}

function strangeFields({ tillId, outletId }: Entry, owner: LineOwner): FieldProblem[] {
  const fields: FieldProblem[] = []
  if (tillId !== owner.till_id) fields.push({ path: 'tillId', message: 'is not the till that sent it' })
  if (!owner.outlet_ids.includes(outletId))
    fields.push({ path: 'outletId', message: 'is not an outlet of this company' })
  return fields
}

function findingsOf(entry: Entry): Finding[] {
  const differences = checkSale(entry.body)
  return differences.length === 0 ? [] : [{ type: 'totals-differ', detail: { differences } }]
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
