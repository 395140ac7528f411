import { GENESIS } from '@evertill/shared/domain/journal-hash'
import type { EnrolResponse } from '@evertill/shared/protocol/enrol'
import { NO_CONTACT } from './contact.ts'
import { countWaiting } from './journal.ts'
import { dropState, readState, writeState } from './state.ts'
import { readTill, type Till, type TillKey } from './till.ts'
import type { TillDatabase } from './till-database.ts'

/**
 * The key of this browser profile. It is stored before the server first sees it and kept ever after, so that an
 * enrolment whose answer was lost, or whose link is opened twice, is repeated with the same key and answered the same.
 */
export async function enrolmentKey(db: TillDatabase): Promise<TillKey> {
  const known = await readState(db, 'enrolmentKey')
  if (known !== undefined) return known
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const publicKey = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const made: TillKey = { publicKey, privateKey: pair.privateKey }
  return db.transaction('rw', db.state, async () => {
    // Another tab may have been first.
    const first = await readState(db, 'enrolmentKey')
    if (first === undefined) await writeState(db, 'enrolmentKey', made)
    return first ?? made
  })
}

/** Entries that only this browser has, signed for by a key that a new enrolment would replace. */
export async function unsentEntries(db: TillDatabase): Promise<number> {
  const till = await readTill(db)
  return till === undefined ? 0 : countWaiting(db, till.tillId)
}

/**
 * Makes this browser the till that the server named, at the start of a new epoch with an empty catalogue cursor.
 * Undefined when it is another till with entries to send: nobody would send them any more. Enrolling again with the
 * same code, once they have gone, is answered the same.
 */
export async function becomeTill(
  db: TillDatabase,
  response: EnrolResponse,
  key: TillKey,
  facts: { readonly persisted: boolean; readonly now: Date },
): Promise<Till | undefined> {
  const { serverTime: _, receipts: arrived, ...named } = response
  const till: Till = { ...named, ...key, enrolledAt: facts.now.toISOString(), persisted: facts.persisted }
  const { tillId, epoch } = till
  return db.transaction('rw', [db.state, db.journal], async () => {
    const before = await readTill(db)
    if (before !== undefined && before.tillId !== tillId && (await unsentEntries(db)) > 0) return undefined
    const last = await readState(db, 'counters')
    const sameTill = last?.tillId === tillId
    await writeState(db, 'till', till)
    // The same enrolment answered twice must not start the journal twice.
    if (!sameTill || last.epoch < epoch) {
      const receipts = Math.max(arrived, sameTill ? last.receipts : 0)
      await writeState(db, 'counters', { tillId, epoch, seq: 0, hash: GENESIS, receipts })
      await writeState(db, 'contact', NO_CONTACT)
    }
    await writeState(db, 'tillState', 'active')
    await dropState(db, 'cursor')
    await dropState(db, 'suspectRestore')
    await dropState(db, 'waitedAgainAt')
    return till
  })
}
