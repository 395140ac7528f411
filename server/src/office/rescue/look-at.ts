import type { RescueReport } from '@evertill/shared/protocol/rescue'
import type { Sql } from '../../db/connect.ts'
import { areStored } from '../../db/queries/journal.ts'
import { retrying } from '../../db/retrying.ts'
import { idAtAGlance, openLine } from '../../replay/read-line.ts'

export type Seen = Pick<RescueReport, 'entries' | 'firstAt' | 'lastAt' | 'known' | 'newSales' | 'newTotal'>

export const NOTHING_SEEN: Seen = {
  entries: 0,
  firstAt: null,
  lastAt: null,
  known: 0,
  newSales: 0,
  newTotal: 0,
}

/** Adds to what was seen of a journal what these lines say, without judging them. */
export async function lookAt(
  sql: Sql,
  till: { readonly companyId: string; readonly tillId: string },
  lines: readonly Buffer[],
  before: Seen,
): Promise<Seen & { readonly unknown: readonly Buffer[] }> {
  const sealed = lines.flatMap((line) => {
    const opened = openLine(line)
    const id = 'sealed' in opened ? idAtAGlance(opened) : undefined
    return 'sealed' in opened && id !== undefined
      ? [{ line, id, hash: opened.hash, bytes: opened.bytes }]
      : []
  })
  const stored = sealed.length === 0 ? [] : await retrying(() => areStored(sql, till, sealed))
  const known = new Set(sealed.filter((_, i) => stored[i]?.stored).map(({ line }) => line))
  let { firstAt, lastAt, newSales, newTotal } = before
  for (const { line, bytes } of sealed) {
    const { at, sale } = glance(bytes)
    if (at !== undefined && (firstAt === null || at < firstAt)) firstAt = at
    if (at !== undefined && (lastAt === null || at > lastAt)) lastAt = at
    if (sale === undefined || known.has(line)) continue
    newSales += 1
    newTotal += sale
  }
  return {
    entries: before.entries + lines.length,
    firstAt,
    lastAt,
    known: before.known + known.size,
    newSales,
    newTotal,
    unknown: lines.filter((line) => !known.has(line)),
  }
}

/** When an entry says it happened, by the server's clock, and what it sold for; for a person to recognise it by. */
function glance(bytes: Uint8Array): { at?: string; sale?: number } {
  try {
    const entry = JSON.parse(new TextDecoder().decode(bytes))
    const at = new Date(Date.parse(entry.at) + Number(entry.clockOffsetMs)).toISOString()
    const total = entry.kind === 'sale' ? entry.body.total : undefined
    return { at, ...(Number.isSafeInteger(total) && { sale: total }) }
  } catch {
    return {}
  }
}
