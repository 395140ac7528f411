import type { Problem } from '@evertill/shared/protocol/problem'
import type { Outcome, PushResponse } from '@evertill/shared/protocol/push'
import type { Logger } from 'pino'
import type { Sql } from '../db/connect.ts'
import { areStored, highWater } from '../db/queries/journal.ts'
import { type HeldLine, holdLines } from '../db/queries/quarantine.ts'
import { type Contact, recordContact } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { acceptRevokedPush } from './accept-revoked-push.ts'
import { type ApplyPorts, applyLines, type Fate } from './apply-lines.ts'
import {
  idAtAGlance,
  openLine,
  type ReadableLine,
  readEntry,
  type SealedLine,
  type UnreadableLine,
} from './read-line.ts'
import { readPush } from './read-push.ts'
import { type Apply, laneOf } from './replay-queue.ts'

export type AcceptPushPorts = ApplyPorts & {
  readonly log: Logger
  /** How lines are applied: a server of many tills lets their pushes share calls (see replay-queue). */
  readonly apply?: Apply
  /** How a till's report is kept: a server of many tills does not write every one (see tills/keep-contact). */
  readonly keepContact?: (contact: Contact) => Promise<void>
}

type Settled = { readonly outcome: Outcome; readonly held?: HeldLine; readonly newEpoch?: number | undefined }

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
  const { company_id: companyId, till_id: tillId, outlet_id: outletId } = till
  const opened = given.map(openLine)
  const known = await findResent(sql, till, opened.filter(isSealed), ports)
  const lines = opened.map((line) => (isSealed(line) && !known.has(line) ? readEntry(line, till) : line))
  // What was taken once stays taken, also where it could no longer be read today.
  const unreadable = opened.filter((line, i) => isSealed(line) && isUnreadable(lines[i]))
  const taken = await findKnown(sql, till, unreadable.filter(isSealed), ports)
  const readable = lines.filter(isReadable)
  const { apply = applier(sql, ports) } = ports
  const fates = readable.length === 0 ? [] : await apply(companyId, readable)
  const fateOf = new Map(readable.map((line, i) => [line, fates[i]]))
  const settled = lines.map((line, i): Settled => {
    if (isSealed(line)) return duplicate(line.hash, known.get(line))
    const sent = opened[i]
    if (sent !== undefined && isSealed(sent) && taken.has(sent)) return duplicate(sent.hash, taken.get(sent))
    return line.readable ? settle(line, fateOf.get(line)) : settleUnreadable(line)
  })

  const held = settled.flatMap(({ held }) => (held === undefined ? [] : [held]))
  if (held.length > 0) {
    ports.log.warn({ tillId, held: held.map(({ type, reason }) => ({ type, reason })) }, 'lines were held')
    await retrying(() => holdLines(sql, { companyId, tillId, outletId }, held), ports)
  }
  const ordered = settled.flatMap(({ newEpoch }) => (newEpoch === undefined ? [] : [newEpoch]))
  return {
    outcomes: settled.map(({ outcome }) => outcome),
    ...(ordered.length > 0 && { newEpoch: Math.max(...ordered) }),
    marks: marksOf(fates),
  }
}

/** Applies the lines of each push in a call of its own. */
export const applier =
  (sql: Sql, ports: ApplyPorts): Apply =>
  (companyId, lines) =>
    applyLines(sql, companyId, lines, ports)

type Line = SealedLine | ReadableLine | UnreadableLine
const isSealed = (line: Line): line is SealedLine => 'sealed' in line
const isReadable = (line: Line): line is ReadableLine => 'readable' in line && line.readable
const isUnreadable = (line: Line | undefined): boolean =>
  line !== undefined && 'readable' in line && !line.readable

/** Of each epoch the highest mark: none ever goes back. */
function marksOf(fates: readonly Fate[]): Map<number, number> {
  const marks = new Map<number, number>()
  for (const fate of fates) {
    if (!('mark' in fate) || fate.mark === undefined) continue
    const { epoch, highWater } = fate.mark
    marks.set(epoch, Math.max(highWater, marks.get(epoch) ?? 0))
  }
  return marks
}

type Known = { readonly id: string; readonly newEpoch: number | null | undefined }

/**
 * A long push is mostly new or mostly sent before, and its first line says which: only then all are looked up.
 * A short one is replayed as it comes: that costs less than asking first.
 */
async function findResent(
  sql: Sql,
  till: AuthenticatedTill,
  lines: readonly SealedLine[],
  ports: AcceptPushPorts,
): Promise<Map<SealedLine, Known>> {
  if (laneOf(lines.length) === 'live') return new Map()
  const first = await findKnown(sql, till, lines.slice(0, 1), ports)
  return first.size === 0 ? first : findKnown(sql, till, lines, ports)
}

/**
 * The lines that this till has sent before, with their ids: a resent backlog costs a look-up instead of a
 * reading, pricing and replay. Sound by the hash alone, which stands for the whole text. What slips through
 * is applied or not by the primary key.
 */
async function findKnown(
  sql: Sql,
  { company_id: companyId, till_id: tillId }: AuthenticatedTill,
  lines: readonly SealedLine[],
  ports: AcceptPushPorts,
): Promise<Map<SealedLine, Known>> {
  const seals = lines.flatMap((line) => {
    const id = idAtAGlance(line)
    return id === undefined ? [] : [{ line, id, hash: line.hash }]
  })
  if (seals.length === 0) return new Map()
  const stored = await retrying(() => areStored(sql, { companyId, tillId }, seals), ports)
  return new Map(
    seals.flatMap(({ line, id }, i) =>
      stored[i]?.stored ? [[line, { id, newEpoch: stored[i].newEpoch }]] : [],
    ),
  )
}

const duplicate = (hash: string, known: Known | undefined): Settled => ({
  outcome: { hash, id: known?.id ?? null, outcome: 'duplicate' },
  newEpoch: known?.newEpoch ?? undefined,
})

function settle(line: ReadableLine, fate: Fate | undefined): Settled {
  const { hash, entry } = line
  const { id } = entry
  switch (fate?.fate) {
    case 'applied': {
      const { exceptions, newEpoch } = fate
      return {
        outcome: { hash, id, outcome: 'applied', ...(exceptions.length > 0 && { exceptions }) },
        newEpoch,
      }
    }
    case 'duplicate':
      return duplicate(hash, { id, newEpoch: fate.newEpoch })
    case 'id-reused': {
      const fields = [{ path: 'id', message: 'is stored with another text' }]
      return held(line, id, {
        type: 'id-reused',
        reason: 'Another entry has this id.',
        fields,
        entryId: id,
      })
    }
    case 'unstorable':
      return held(line, id, {
        type: 'unreadable',
        reason: `The database cannot store it: ${fate.reason}`,
        fields: [],
        entryId: null,
      })
    case undefined:
      throw new Error('a readable line was left without a fate')
  }
}

const settleUnreadable = (line: UnreadableLine): Settled =>
  held(line, line.id, { type: 'unreadable', reason: line.reason, fields: line.fields, entryId: null })

function held(
  { hash, line }: { hash: string | null; line: Uint8Array },
  id: string | null,
  why: Omit<HeldLine, 'line'>,
): Settled {
  const { type, reason } = why
  return {
    outcome: { hash, id, outcome: 'quarantined', exceptions: [type], reason },
    held: { line, ...why },
  }
}
