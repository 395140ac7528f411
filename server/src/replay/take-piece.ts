import type { Outcome } from '@evertill/shared/protocol/push'
import type { Sql } from '../db/connect.ts'
import { type HeldLine, holdLines } from '../db/queries/quarantine.ts'
import { retrying } from '../db/retrying.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import type { AcceptPushPorts } from './accept-push.ts'
import { applier, type Fate, type Mark } from './apply-lines.ts'
import { findKnown, type Known } from './find-known.ts'
import { type ReadableLine, readEntry, type SealedLine, type UnreadableLine } from './read-line.ts'

/** What a line came to. */
export type Settled = {
  readonly outcome: Outcome
  /** The epoch that its sender must go on under. */
  readonly newEpoch?: number | undefined
  readonly mark?: Mark | undefined
  readonly held?: HeldLine
}

/** Reads lines and applies, knows or holds each, in order. Answers after commit. */
export async function takePiece(
  sql: Sql,
  till: AuthenticatedTill,
  opened: readonly (SealedLine | UnreadableLine)[],
  known: ReadonlyMap<SealedLine, Known>,
  ports: AcceptPushPorts,
): Promise<Settled[]> {
  const { company_id: companyId, till_id: tillId, outlet_id: outletId } = till
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
  return settled
}

type Line = SealedLine | ReadableLine | UnreadableLine
export const isSealed = (line: Line): line is SealedLine => 'sealed' in line
const isReadable = (line: Line): line is ReadableLine => 'readable' in line && line.readable
const isUnreadable = (line: Line | undefined): boolean =>
  line !== undefined && 'readable' in line && !line.readable

const duplicate = (hash: string, known: Known | undefined): Settled => ({
  outcome: { hash, id: known?.id ?? null, outcome: 'duplicate' },
  newEpoch: known?.newEpoch ?? undefined,
})

function settle(line: ReadableLine, fate: Fate | undefined): Settled {
  const { hash, entry } = line
  const { id } = entry
  switch (fate?.fate) {
    case 'applied': {
      const { exceptions, newEpoch, mark } = fate
      return {
        outcome: { hash, id, outcome: 'applied', ...(exceptions.length > 0 && { exceptions }) },
        newEpoch,
        mark,
      }
    }
    case 'duplicate':
      return { ...duplicate(hash, { id, newEpoch: fate.newEpoch }), mark: fate.mark }
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
