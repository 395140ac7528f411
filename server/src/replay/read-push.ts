import type { Problem } from '@evertill/shared/protocol/problem'
import { MAX_PUSH_ENTRIES, type PushHeader, zPushHeader } from '@evertill/shared/protocol/push'
import { quickGuard } from './quick-guard.ts'

export type Push = {
  readonly header: PushHeader
  /** The entry lines, as they came. */
  readonly lines: Uint8Array[]
}

const lineBreak = 10
const isHeader = quickGuard(zPushHeader)

/** Splits a push into its header and its lines. Only a wrong header refuses it: the till keeps its entries. */
export function readPush(body: Uint8Array): Push | Problem {
  const [first = new Uint8Array(), ...lines] = splitLines(body)
  const json = parseJson(first)
  const header = isHeader(json)
    ? { success: true as const, data: json as PushHeader }
    : zPushHeader.safeParse(json)
  if (!header.success) {
    return {
      code: 'bad-request',
      message: 'The first line of a push must be its header.',
      fields: header.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    }
  }
  if (lines.length > MAX_PUSH_ENTRIES) {
    return { code: 'too-large', message: `A push holds at most ${MAX_PUSH_ENTRIES} entries.` }
  }
  return { header: header.data, lines }
}

function splitLines(body: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  // One too many is enough to know: a small gzipped body can unpack to millions of lines.
  for (let start = 0; start < body.length && lines.length <= MAX_PUSH_ENTRIES + 1; ) {
    const end = body.indexOf(lineBreak, start)
    const line = body.subarray(start, end === -1 ? body.length : end)
    // An empty line is nobody's entry; the last one ends in a line break.
    if (line.length > 0) lines.push(line)
    start += line.length + 1
  }
  return lines
}

function parseJson(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(line))
  } catch {
    return undefined
  }
}
