import type { EnrolmentCode, NewTill, TillSummary } from '@evertill/shared/protocol/office/tills'
import type { Sql } from '../db/connect.ts'
import { createEnrolmentCode, revokeTill as revoke } from '../db/queries/enrolment.ts'
import type { Granted } from '../db/queries/office-granted.ts'
import { hasOutlet, hasTillNamed, insertTill, listTills, lockTill } from '../db/queries/office-tills.ts'
import { type OfficeWrite, recordedChange } from './recorded-change.ts'
import { type Refused, refused } from './refused.ts'

export async function tillSummaries(sql: Sql, granted: Granted<'till.view'>): Promise<TillSummary[]> {
  const rows = await listTills(sql, granted)
  return rows.map(({ lastContactAt, oldestWaitingAt, ...till }) => ({
    ...till,
    lastContactAt: lastContactAt?.toISOString() ?? null,
    oldestWaitingAt: oldestWaitingAt?.toISOString() ?? null,
  }))
}

/** Whoever asks again after a lost answer has what they wanted; what they changed meanwhile is not passed over. */
const addedBefore = () =>
  refused(
    'conflict',
    'This till was added already, with what you typed first. Close this and look at it in the list.',
  )

const noSuchTill = () => refused('not-found', 'There is no such till.')

export async function addTill(
  write: OfficeWrite,
  granted: Granted<'till.enrol'>,
  till: NewTill,
): Promise<{ tillId: string } | Refused> {
  const { tillId, outletId, name } = till
  return recordedChange<{ tillId: string } | Refused>(write, granted, async (tx) => {
    if (!(await hasOutlet(tx, granted, outletId))) {
      const fields = [{ path: 'outletId', message: 'is not one of your outlets' }]
      return { answer: refused('bad-request', 'There is no such outlet.', fields) }
    }
    // Whoever counts two drawers has to tell their reports apart.
    if (await hasTillNamed(tx, granted, till)) {
      const fields = [{ path: 'name', message: 'is what another till of this outlet is called' }]
      return { answer: refused('bad-request', 'This outlet has a till of that name.', fields) }
    }
    if (await insertTill(tx, granted, till))
      return { answer: { tillId }, changed: { action: 'till.added', detail: till } }
    const stored = await lockTill(tx, granted, tillId)
    const isSame = stored?.outletId === outletId && stored.name === name
    return { answer: isSame ? { tillId } : addedBefore() }
  })
}

/** A code for a till that waits, or that gets a new browser: enrolling again starts a new epoch. */
export async function enrolmentCode(
  write: OfficeWrite,
  granted: Granted<'till.enrol'>,
  tillId: string,
  origin: string,
): Promise<EnrolmentCode | Refused> {
  return recordedChange<EnrolmentCode | Refused>(write, granted, async (tx) => {
    const till = await lockTill(tx, granted, tillId)
    if (till === undefined) return { answer: noSuchTill() }
    if (till.state === 'revoked')
      return { answer: refused('conflict', 'This till has been revoked. Add a new till instead.') }
    const { companyId } = granted
    const { code, expiresAt } = await createEnrolmentCode(tx, { companyId, tillId, now: write.now() })
    return {
      answer: { code, link: enrolmentLink(origin, code), expiresAt: expiresAt.toISOString() },
      changed: { action: 'till.enrolment-code-made', detail: { tillId, expiresAt } },
    }
  })
}

/** Opens the till's enrolment page with the code filled in. Behind the #, no server or proxy logs it. */
export const enrolmentLink = (origin: string, code: string): string => `${origin}/enrol#${code}`

export async function revokeTill(
  write: OfficeWrite,
  granted: Granted<'till.enrol'>,
  tillId: string,
): Promise<undefined | Refused> {
  return recordedChange<undefined | Refused>(write, granted, async (tx) => {
    const till = await lockTill(tx, granted, tillId)
    if (till === undefined) return { answer: noSuchTill() }
    if (till.state === 'revoked') return { answer: undefined }
    await revoke(tx, { companyId: granted.companyId, tillId })
    return { answer: undefined, changed: { action: 'till.revoked', detail: { tillId, name: till.name } } }
  })
}
