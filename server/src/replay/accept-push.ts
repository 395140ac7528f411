import type { Problem } from '@evertill/shared/protocol/problem'
import type { Outcome, PushResponse } from '@evertill/shared/protocol/push'
import type { Logger } from 'pino'
import type { Sql } from '../db/connect.ts'
import { highWater } from '../db/queries/journal.ts'
import { type Contact, recordContact } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { acceptRevokedPush } from './accept-revoked-push.ts'
import type { ApplyPorts } from './apply-lines.ts'
import { findResent } from './find-known.ts'
import { openLine } from './read-line.ts'
import { readPush } from './read-push.ts'
import { type Apply, LIMITS } from './replay-queue.ts'
import { isSealed, type Settled, takePiece } from './take-piece.ts'

export type AcceptPushPorts = ApplyPorts & {
  readonly log: Logger
  /** How lines are applied: a server of many tills lets their pushes share calls (see replay-queue). */
  readonly apply?: Apply
  /** How many lines to read and apply at once, before others get their turn. */
  readonly pieceSize?: (companyId: string) => number
  /** How a till's report is kept: a server of many tills does not write every one (see tills/keep-contact). */
  readonly keepContact?: (contact: Contact) => Promise<void>
}

type TakenLines = {
  readonly outcomes: Outcome[]
  /** The epoch that whoever sent these must go on under. */
  readonly newEpoch?: number
  /** How far the journal has arrived, of each epoch of which lines were replayed. */
  readonly marks: ReadonlyMap<number, number>
}

/**
 * Takes what a till sent: every line is applied, known already, or held with its bytes; none is refused.
 * Answers after everything it speaks of is committed. Throws only when the database does not answer: then
 * the till sends the same again, and what was applied meanwhile is a duplicate.
 */
export async function acceptPush(
  sql: Sql,
  till: AuthenticatedTill,
  body: Uint8Array,
  ports: AcceptPushPorts,
): Promise<PushResponse | Problem> {
  if (till.state === 'revoked') return acceptRevokedPush(sql, till, body, ports)
  const push = readPush(body)
  if ('code' in push) return push
  const { header } = push
  const { company_id: companyId, till_id: tillId } = till
  const { keepContact = (contact: Contact) => recordContact(sql, contact) } = ports
  const contact = keepContact({ companyId, tillId, report: header.report, now: ports.now() }).catch(
    (error: unknown) => ports.log.warn({ err: error, tillId }, "a till's report was not kept"),
  )

  const { marks, ...taken } = await takeLines(sql, till, push.lines, ports)
  const [mark] = await Promise.all([
    marks.get(header.epoch) ??
      retrying(() => highWater(sql, { companyId, tillId, epoch: header.epoch }), ports),
    contact,
  ])
  return {
    ...taken,
    highWater: mark,
    serverTime: ports.now().toISOString(),
  }
}

/**
 * Applies, knows or holds each line, and answers after commit: one outcome a line, in order. A push and a
 * rescued journal come in by it alike.
 */
export async function acceptLines(
  sql: Sql,
  till: AuthenticatedTill,
  lines: readonly Uint8Array[],
  ports: AcceptPushPorts,
): Promise<Outcome[]> {
  return (await takeLines(sql, till, lines, ports)).outcomes
}

async function takeLines(
  sql: Sql,
  till: AuthenticatedTill,
  given: readonly Uint8Array[],
  ports: AcceptPushPorts,
): Promise<TakenLines> {
  const opened = given.map(openLine)
  const known = await findResent(sql, till, opened.filter(isSealed), ports)
  const { pieceSize = () => LIMITS.backlog.entries } = ports
  const settled: Settled[] = []
  while (settled.length < opened.length) {
    if (settled.length > 0) await nextTurn()
    const piece = nextPiece(opened, settled.length, pieceSize(till.company_id))
    settled.push(...(await takePiece(sql, till, piece, known, ports)))
  }
  const ordered = settled.flatMap(({ newEpoch }) => newEpoch ?? [])
  return {
    outcomes: settled.map(({ outcome }) => outcome),
    ...(ordered.length > 0 && { newEpoch: Math.max(...ordered) }),
    marks: marksOf(settled),
  }
}

// The global one, looked up at each use: whoever runs the server under a clock of its own replaces it.
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What is left in as few equal pieces as may be: a rest of three entries would pass for a sale at the counter. */
function nextPiece<T>(items: readonly T[], from: number, most: number): T[] {
  const left = items.length - from
  return items.slice(from, from + Math.ceil(left / Math.ceil(left / most)))
}

/** Of each epoch the highest mark: none ever goes back. */
function marksOf(settled: readonly Settled[]): Map<number, number> {
  const marks = new Map<number, number>()
  for (const { mark } of settled) {
    if (mark !== undefined) marks.set(mark.epoch, Math.max(mark.highWater, marks.get(mark.epoch) ?? 0))
  }
  return marks
}
