import type { Problem } from '@evertill/shared/protocol/problem'
import type { RescueHeader, RescueReport, RescueSignature } from '@evertill/shared/protocol/rescue'
import { RESCUE_UNSIGNED } from '@evertill/shared/protocol/rescue'
import { addFormerTill } from '../../db/queries/enrolment.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import { keysOfTill, outletName } from '../../db/queries/office-rescue.ts'
import { holdLines } from '../../db/queries/quarantine.ts'
import { findTill, type TillRow } from '../../db/queries/till.ts'
import { retrying } from '../../db/retrying.ts'
import { type AcceptPushPorts, acceptLines } from '../../replay/accept-push.ts'
import { authenticateRescue } from '../../tills/authenticate-rescue.ts'
import type { AuthenticatedTill } from '../../tills/authenticate-till.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { isRefused, type Refused, refused } from '../refused.ts'
import { lookAt, NOTHING_SEEN, type Seen } from './look-at.ts'
import { openRescue, type RescueContent, readSeal } from './read-rescue.ts'
import { LineTooLong, type SpooledFile, withSpooled } from './spooled-file.ts'

export type RescuePorts = OfficeWrite & AcceptPushPorts

export interface ImportOptions {
  readonly commit: boolean
  readonly addTill?: boolean
}

/** Whoever is enrolled next gets one more, and that the database has to hold. */
const MOST_EPOCH = 2 ** 31 - 2

/**
 * Takes a till's journal that came as a file. What a key of the till has signed is replayed as if the till had sent
 * it; all else is kept for a person to look at, line by line. Nothing is dropped, and the same file, or the till
 * itself, may bring the same entries again: they count once.
 * @param addTill whether a till that is not known here is added as the file says it is, so that a person can let count
 * what it wrote. Should it still be there, its certificate lets it in then
 */
export async function importRescue(
  ports: RescuePorts,
  granted: Granted<'till.enrol'>,
  upload: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<RescueReport | Refused> {
  try {
    const result = await withSpooled(upload, (file) => readAndImport(ports, granted, file, options))
    return 'message' in result ? { refused: result } : result
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error
    return refused('bad-request', 'This is not a rescue file: one of its lines is longer than any sale.')
  }
}

async function readAndImport(
  ports: RescuePorts,
  granted: Granted<'till.enrol'>,
  file: SpooledFile,
  { commit, addTill = false }: ImportOptions,
): Promise<RescueReport | Refused | Problem> {
  const { sql } = ports
  const content = await openRescue(file)
  if ('message' in content) return content
  const { header } = content
  if (header.companyId !== granted.companyId)
    return refused(
      'conflict',
      `This file is of another company, ${header.companyName}. Import it at that company’s head office.`,
    )
  const till = await retrying(() => findTill(sql, granted.companyId, header.tillId))
  const { signature, trusted } = await checkSignature(ports, granted, file, till)
  const seen = await lookThrough(ports, granted, content)
  const report: RescueReport = {
    committed: false,
    fileHash: file.hash,
    till: {
      tillId: header.tillId,
      code: till?.code ?? header.tillCode,
      name: till?.name ?? header.tillName,
      outletName: (await outletName(sql, granted, till?.outlet_id ?? header.outletId)) ?? header.outletCode,
      state: till?.state ?? 'unknown',
    },
    signature,
    exportedAt: header.exportedAt,
    scope: header.scope,
    promised: header.count,
    ...seen,
    applied: 0,
    duplicate: 0,
    quarantined: 0,
  }
  if (!commit) return report
  const added = till === undefined && addTill ? await addTillOf(ports, granted, header) : {}
  if (isRefused(added)) return added
  const done = {
    ...report,
    till: { ...report.till, ...added },
    committed: true,
    ...(await take(ports, granted, content, report, trusted)),
  }
  const { till: of, applied, duplicate, quarantined, entries, fileHash } = done
  const detail = { ...of, signature, entries, applied, duplicate, quarantined, fileHash }
  await recordedChange(ports, granted, async () => ({
    answer: undefined,
    changed: { action: 'journal.imported', detail },
  }))
  return done
}

/** @returns what is another than the file says */
async function addTillOf(
  ports: RescuePorts,
  granted: Granted<'till.enrol'>,
  { tillId, outletId, outletCode, tillCode, tillName: name, epochs }: RescueHeader,
): Promise<Pick<RescueReport['till'], 'code' | 'state'> | Refused> {
  const { companyId } = granted
  const epoch = Math.max(0, ...epochs.filter((given) => given <= MOST_EPOCH))
  const till = { companyId, tillId, outletId, code: tillCode, name, epoch }
  return recordedChange<Pick<RescueReport['till'], 'code' | 'state'> | Refused>(
    ports,
    granted,
    async (tx) => {
      const code = await addFormerTill(tx, till)
      if (code === undefined)
        return {
          answer: refused(
            'conflict',
            `Its outlet, ${outletCode}, is not known here: no till can be added to it.`,
          ),
        }
      return {
        answer: { code, state: 'waiting-for-enrolment' },
        changed: { action: 'till.added', detail: { tillId, outletId, code, name } },
      }
    },
  )
}

async function checkSignature(
  { sql }: RescuePorts,
  granted: Granted<'till.enrol'>,
  file: SpooledFile,
  till: TillRow | undefined,
): Promise<{ signature: RescueSignature; trusted?: AuthenticatedTill }> {
  const { signature, hash } = await readSeal(file)
  if (till === undefined) return { signature: 'unknown-till' }
  if (signature === undefined || signature === RESCUE_UNSIGNED) return { signature: 'missing' }
  const keys = await keysOfTill(sql, granted, till.till_id)
  const trusted = await authenticateRescue(till, keys, { signature, hash })
  return trusted === undefined ? { signature: 'wrong' } : { signature: 'good', trusted }
}

async function lookThrough(
  { sql }: RescuePorts,
  { companyId }: Granted<'till.enrol'>,
  { header, batches }: RescueContent,
): Promise<Seen> {
  let seen = NOTHING_SEEN
  for await (const lines of batches()) {
    const { unknown: _, ...more } = await lookAt(sql, { companyId, tillId: header.tillId }, lines, seen)
    seen = more
  }
  return seen
}

type Fates = Pick<RescueReport, 'applied' | 'duplicate' | 'quarantined'>

async function take(
  ports: RescuePorts,
  granted: Granted<'till.enrol'>,
  { header, batches }: RescueContent,
  report: RescueReport,
  trusted: AuthenticatedTill | undefined,
): Promise<Fates> {
  const fates = { applied: 0, duplicate: 0, quarantined: 0 }
  const { companyId } = granted
  const { tillId, outletId } = header
  for await (const lines of batches()) {
    if (trusted !== undefined) {
      for (const { outcome } of await acceptLines(ports.sql, trusted, lines, ports)) fates[outcome] += 1
      continue
    }
    const { known, unknown } = await lookAt(ports.sql, { companyId, tillId }, lines, NOTHING_SEEN)
    const reason = whyHeld(report)
    const held = unknown.map((line) => ({
      line,
      type: 'unreadable' as const,
      reason,
      fields: [],
      entryId: null,
    }))
    if (held.length > 0)
      await retrying(() => holdLines(ports.sql, { companyId, tillId, outletId }, held), ports)
    fates.duplicate += known
    fates.quarantined += held.length
  }
  return fates
}

/** For the exception that each line raises. */
function whyHeld({ signature, till }: Pick<RescueReport, 'signature' | 'till'>): string {
  const from = `It came in a rescue file of ${till.name} (${till.outletName})`
  switch (signature) {
    case 'unknown-till':
      return `${from}, a till that this server does not know, so that nobody could check who wrote it.`
    case 'missing':
      return `${from} without a signature: the file was cut short, or the device could not sign.`
    case 'wrong':
    case 'good':
      return `${from} that no key of this till has signed: it was changed on the way, or another device wrote it.`
  }
}
