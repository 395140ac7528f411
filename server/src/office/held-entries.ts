import { MOST_MONEY } from '@evertill/shared/domain/money'
import type { HeldEntries, HeldEntry, ReplayReport } from '@evertill/shared/protocol/office/exceptions'
import { zEntryKind } from '@evertill/shared/protocol/office/journal'
import { zUuid } from '@evertill/shared/protocol/scalars'
import type { Sql } from '../db/connect.ts'
import { findException, noteOnResolved, settleReplayed } from '../db/queries/office-exceptions.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import {
  countHeldSince,
  type HeldOf,
  type HeldRow,
  heldLines,
  markReread,
  type Reread,
} from '../db/queries/quarantine.ts'
import { findTill } from '../db/queries/till.ts'
import { retrying } from '../db/retrying.ts'
import { type ApplyPorts, applyLines, type Fate } from '../replay/apply-lines.ts'
import { type ReadableLine, readLine, type UnreadableLine } from '../replay/read-line.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

const MOST_SHOWN = 100
const MOST_TEXT = 4000
/** Few enough not to hold up the tills that sell meanwhile. */
const AT_A_TIME = 500

const UNKNOWN_TILL =
  'The till that wrote it is not known here: import its rescue file once more, and add the till.'
const COUNTS_NOW = 'Replayed: it counts now.'

type Ports = OfficeWrite & ApplyPorts

const noSuchException = () => refused('not-found', 'There is no such exception.')

/** What is kept for an exception, as far as it can be made out. */
export async function heldEntries(
  { sql }: Pick<Ports, 'sql'>,
  granted: Granted<'report.view'>,
  exceptionId: string,
): Promise<HeldEntries | Refused> {
  if ((await findException(sql, granted, exceptionId)) === undefined) return noSuchException()
  const rows: HeldEntry[] = []
  let all: HeldEntries['all'] = { entries: 0, sales: 0, refunds: 0, amount: 0, unclear: 0 }
  let upTo: string | undefined
  for (;;) {
    const next = { after: upTo, limit: AT_A_TIME }
    const entries = (await heldLines(sql, granted.companyId, { exceptionId }, next)).map(heldEntry)
    all = entries.reduce(withOneMore, all)
    rows.push(...entries.slice(0, MOST_SHOWN - rows.length))
    upTo = entries.at(-1)?.quarantineId ?? upTo
    if (entries.length < AT_A_TIME) return { rows, all, upTo: upTo ?? null }
  }
}

function withOneMore(all: HeldEntries['all'], { kind, total }: HeldEntry): HeldEntries['all'] {
  const isSale = kind === 'sale'
  const hasAmount = isSale || isRefund(kind)
  const unclear = hasAmount ? total === null : !zEntryKind.safeParse(kind).success
  return {
    entries: all.entries + 1,
    sales: all.sales + Number(isSale),
    refunds: all.refunds + Number(isRefund(kind)),
    amount: all.amount + (hasAmount ? (total ?? 0) : 0),
    unclear: all.unclear + Number(unclear),
  }
}

function heldEntry({ quarantineId, receivedAt, reason, fields, line }: HeldRow): HeldEntry {
  const text = line.toString('utf8')
  return {
    quarantineId,
    receivedAt: receivedAt.toISOString(),
    reason,
    fields: [...fields],
    ...glance(text.slice(text.indexOf('{'))),
    text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text,
  }
}

/** For a person to recognise an entry by; nothing here was checked. */
function glance(text: string): Pick<HeldEntry, 'at' | 'kind' | 'entryId' | 'receiptNo' | 'total'> {
  const entry = asObject(parseJson(text))
  const body = asObject(entry.body)
  const at = typeof entry.at === 'string' ? Date.parse(entry.at) : Number.NaN
  const sign = isRefund(entry.kind) ? -1 : 1
  return {
    at: Number.isFinite(at) ? new Date(at).toISOString() : null,
    kind: typeof entry.kind === 'string' ? entry.kind : null,
    entryId: zUuid.safeParse(entry.id).data ?? null,
    receiptNo: typeof body.receiptNo === 'string' ? body.receiptNo : null,
    total: isMoney(body.total) ? sign * body.total : null,
  }
}

const isRefund = (kind: unknown): boolean => kind === 'refund' || kind === 'void'
const isMoney = (total: unknown): total is number =>
  Number.isSafeInteger(total) && Math.abs(Number(total)) <= MOST_MONEY

/**
 * Reads what is kept for one exception again, with the code of today, and applies it by the road that every entry
 * takes: it counts once, however often this is asked for. What still cannot be taken stays, with its reason of today.
 * @param upTo the last line that was looked at: what came later is left alone. All that is held, unless given
 * @param after only a part is read: from the `start`, or what came later than this line; a page that shows how far it is
 * asks part by part
 */
export async function replayHeld(
  ports: Ports,
  granted: Granted<'exception.resolve'>,
  exceptionId: string,
  { upTo, after }: { readonly upTo?: string; readonly after?: string | undefined } = {},
): Promise<ReplayReport | Refused> {
  const found = await findException(ports.sql, granted, exceptionId)
  if (found === undefined) return noSuchException()
  return replay(ports, granted, { exceptionId, upTo }, { after, leftOut: found.state === 'resolved' })
}

/** The same for all open exceptions of a type: after an update of the server, say. */
export const replayAllHeld = (
  ports: Ports,
  granted: Granted<'exception.resolve'>,
  type: 'unreadable' | 'id-reused',
): Promise<ReplayReport> => replay(ports, granted, { type })

async function replay(
  ports: Ports,
  granted: Granted<'exception.resolve'>,
  of: HeldOf,
  { after, leftOut = false }: { after?: string | undefined; leftOut?: boolean } = {},
): Promise<ReplayReport> {
  const { sql, now } = ports
  const inParts = after !== undefined
  let report: ReplayReport = {
    applied: 0,
    duplicate: 0,
    held: 0,
    reason: null,
    readTo: null,
    left: 0,
    since: 0,
  }
  let last = after === 'start' ? undefined : after
  do {
    const rows = await retrying(
      () => heldLines(sql, granted.companyId, of, { after: last, limit: AT_A_TIME }),
      ports,
    )
    if (rows.length === 0) break
    last = rows.at(-1)?.quarantineId
    const taken = await takeAgain(ports, granted.companyId, rows)
    const reread = taken.map(({ quarantineId, ...fate }): Reread => ({ quarantineId, ...whyStill(fate) }))
    await retrying(() => markReread(sql, granted.companyId, reread, now()), ports)
    report = {
      ...report,
      readTo: last ?? null,
      applied: report.applied + taken.filter(({ fate }) => fate === 'applied').length,
      duplicate: report.duplicate + taken.filter(({ fate }) => fate === 'duplicate').length,
      held: report.held + reread.filter(({ reason }) => reason !== null).length,
      reason: report.reason ?? reread.find(({ reason }) => reason !== null)?.reason ?? null,
    }
  } while (!inParts)
  const { since, left } = await retrying(() => countRest(sql, granted, of, report.readTo), ports)
  report = { ...report, since, left: inParts ? left : 0 }
  await recordedChange(ports, granted, async (tx) => {
    if (leftOut && 'exceptionId' in of && report.applied > 0)
      await noteOnResolved(tx, granted, of.exceptionId, `${report.applied} accepted after all.`)
    await settleReplayed(tx, granted, of, { note: COUNTS_NOW, now: now() })
    return { answer: undefined, changed: { action: 'exception.replayed', detail: { ...of, ...report } } }
  })
  return report
}

/** What of an exception is held yet: how much came later than was asked for, and how much else was not read again. */
async function countRest(
  sql: Sql,
  { companyId }: Granted<'exception.resolve'>,
  of: HeldOf,
  readTo: string | null,
): Promise<{ since: number; left: number }> {
  if ('type' in of) return { since: 0, left: 0 }
  const since = of.upTo === undefined ? 0 : await countHeldSince(sql, companyId, { ...of, upTo: of.upTo })
  // Where nothing was there to be read, nothing is left.
  const unread = readTo === null ? since : await countHeldSince(sql, companyId, { ...of, upTo: readTo })
  return { since, left: Math.max(0, unread - since) }
}

type Taken = Fate | (Pick<UnreadableLine, 'reason' | 'fields'> & { readonly fate: 'unreadable' })

const unreadable = (reason: string, fields: Reread['fields'] = []): Taken => ({
  fate: 'unreadable',
  reason,
  fields,
})

/** Each line is read as one of the till that sent it; together they are one call. */
async function takeAgain(
  ports: Ports,
  companyId: string,
  rows: readonly HeldRow[],
): Promise<(Taken & { readonly quarantineId: string })[]> {
  const tills = new Map(
    await Promise.all(
      [...new Set(rows.map((row) => row.tillId))].map(
        async (tillId) =>
          [tillId, await retrying(() => findTill(ports.sql, companyId, tillId), ports)] as const,
      ),
    ),
  )
  const lines = rows.map((row): ReadableLine | Taken => {
    const till = tills.get(row.tillId)
    if (till === undefined) return unreadable(UNKNOWN_TILL)
    const line = readLine(row.line, till)
    return line.readable ? line : unreadable(line.reason, line.fields)
  })
  const readable = lines.filter((line) => 'readable' in line)
  const fates = readable.length === 0 ? [] : await applyLines(ports.sql, companyId, readable, ports)
  const fateOf = new Map(readable.map((line, i) => [line, fates[i]]))
  return rows.map(({ quarantineId }, i) => {
    const line = lines[i]
    const taken = line && 'readable' in line ? fateOf.get(line) : line
    if (taken === undefined) throw new Error('a held line was left without a fate')
    return { ...taken, quarantineId }
  })
}

/** Why a line is held on; null when it is in the ledger. */
function whyStill(taken: Taken): Pick<Reread, 'reason' | 'fields'> {
  switch (taken.fate) {
    case 'applied':
    case 'duplicate':
      return { reason: null, fields: [] }
    case 'unreadable':
      return { reason: taken.reason, fields: taken.fields }
    case 'id-reused':
      return {
        reason: 'Another entry has this id, and only one can count under it.',
        fields: [{ path: 'id', message: 'is stored with another text' }],
      }
    case 'unstorable':
      return { reason: `The database cannot store it: ${taken.reason}`, fields: [] }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
