import type { ExceptionType } from '@evertill/shared/protocol/push'
import type { Sql } from '../db/connect.ts'
import { storedHashes } from '../db/queries/journal.ts'
import { replay } from '../db/queries/replay.ts'
import { isDataError, type RetryingPorts, retrying } from '../db/retrying.ts'
import type { ReadableLine } from './read-line.ts'
import { toBatch } from './to-batch.ts'

export type ApplyPorts = RetryingPorts & { readonly now: () => Date }

/** How far the journal of an entry's till had arrived after the call that replayed it. */
export type Mark = { readonly epoch: number; readonly highWater: number }

/** What became of a readable line. `newEpoch`: whoever sent it must go on under that one. */
export type Fate =
  | {
      readonly fate: 'applied'
      readonly exceptions: ExceptionType[]
      readonly newEpoch?: number
      readonly mark?: Mark
    }
  | { readonly fate: 'duplicate'; readonly newEpoch?: number; readonly mark?: Mark }
  /** Its id is stored with another text. */
  | { readonly fate: 'id-reused' }
  /** The database cannot hold it. */
  | { readonly fate: 'unstorable'; readonly reason: string }

/** Applies each entry once and says what became of it, in order. Safe to repeat, whole or in parts. */
export async function applyLines(
  sql: Sql,
  companyId: string,
  lines: readonly ReadableLine[],
  ports: ApplyPorts,
): Promise<Fate[]> {
  const fates = new Map<string, Fate>()
  // One call sees an id once. Lines with one id and several texts take a call each: the first one counts.
  for (let waiting = [...byKey(lines).values()]; waiting.length > 0; ) {
    const first = new Map(waiting.toReversed().map((line) => [idOf(line), line]))
    await applyOnce(sql, companyId, [...first.values()].reverse(), ports, fates)
    waiting = waiting.filter((line) => first.get(idOf(line)) !== line)
  }
  const answered = new Set<string>()
  return lines.map((line) => {
    const fate = fates.get(keyOf(line))
    if (fate === undefined) throw new Error('a line was left without a fate')
    // The same line twice in one push: applied once, and said so once.
    if (fate.fate === 'applied' && answered.has(keyOf(line))) {
      const { fate: _, exceptions, ...rest } = fate
      return { fate: 'duplicate', ...rest }
    }
    answered.add(keyOf(line))
    return fate
  })
}

/** Applies lines in a call of their own. */
export const applier =
  (sql: Sql, ports: ApplyPorts) =>
  (companyId: string, lines: readonly ReadableLine[]): Promise<Fate[]> =>
    applyLines(sql, companyId, lines, ports)

const idOf = (line: ReadableLine): string => line.entry.id
const keyOf = (line: ReadableLine): string => `${idOf(line)} ${line.hash}`
const byKey = (lines: readonly ReadableLine[]) => new Map(lines.map((line) => [keyOf(line), line]))

/** Applies lines of different ids in one call; where the data cannot be stored, in halves around the offender. */
async function applyOnce(
  sql: Sql,
  companyId: string,
  lines: readonly ReadableLine[],
  ports: ApplyPorts,
  fates: Map<string, Fate>,
): Promise<void> {
  let replayed: Awaited<ReturnType<typeof replay>>
  try {
    const batch = toBatch(lines)
    replayed = await retrying(() => replay(sql, companyId, batch, ports.now()), ports)
  } catch (error) {
    if (!isDataError(error)) throw error
    const [offender] = lines
    if (lines.length === 1 && offender !== undefined) {
      fates.set(keyOf(offender), { fate: 'unstorable', reason: error.message })
      return
    }
    const middle = lines.length >> 1
    await applyOnce(sql, companyId, lines.slice(0, middle), ports, fates)
    await applyOnce(sql, companyId, lines.slice(middle), ports, fates)
    return
  }

  const exceptions = lines.map((): ExceptionType[] => [])
  replayed.raised_entry.forEach((position, i) => {
    exceptions[position - 1]?.push(replayed.raised_type[i] as ExceptionType)
  })
  const newEpochs = new Map(
    replayed.ordered_entry.map((position, i) => [position - 1, replayed.ordered_epoch[i]]),
  )
  const known = lines.filter((_, i) => !replayed.fresh[i])
  const hashes =
    known.length === 0
      ? new Map<string, string>()
      : await retrying(() => storedHashes(sql, companyId, known.map(idOf)), ports)
  const marks = new Map(
    replayed.journal_till.map((till, i) => [
      `${till} ${replayed.journal_epoch[i]}`,
      replayed.high_water[i] ?? 0,
    ]),
  )
  lines.forEach((line, i) => {
    const newEpoch = newEpochs.get(i)
    const { tillId, epoch } = line.entry
    const highWater = marks.get(`${tillId} ${epoch}`)
    const order = {
      ...(newEpoch !== undefined && { newEpoch }),
      ...(highWater !== undefined && { mark: { epoch, highWater } }),
    }
    if (replayed.fresh[i])
      fates.set(keyOf(line), { fate: 'applied', exceptions: exceptions[i] ?? [], ...order })
    else if (hashes.get(idOf(line)) === line.hash) fates.set(keyOf(line), { fate: 'duplicate', ...order })
    else fates.set(keyOf(line), { fate: 'id-reused' })
  })
}
