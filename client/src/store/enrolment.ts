import { GENESIS } from '@evertill/shared/domain/journal-hash'
import type { EnrolResponse } from '@evertill/shared/protocol/enrol'
import { readOpenSale } from './cart.ts'
import { type Contact, NO_CONTACT } from './contact.ts'
import { catalogueTables, forgetCatalogue, moveOverlay, setAside, takeBack } from './former-tills.ts'
import { countHeldSales } from './held-sales.ts'
import { readPaidExchange } from './open-exchange.ts'
import { overlayTables } from './overlay.ts'
import type { OpenShift } from './shift.ts'
import { dropState, readState, writeState } from './state.ts'
import { readTill, type Till, type TillKey } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import { countUnrescued, countUnsent } from './unsent.ts'

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

/** Whether the server turns this till away for good: revoked, or unknown to a database restored from a backup. */
export async function isTurnedAway(db: TillDatabase): Promise<boolean> {
  // Read straight from the table: screens ask this in live queries (see readFormerTills).
  const [standing, contact] = await db.state.bulkGet(['tillState', 'contact'])
  const { lastProblem } = (contact?.value ?? NO_CONTACT) as Contact
  return standing?.value === 'revoked' || lastProblem?.code === 'unauthenticated'
}

/**
 * Entries for which this browser has to stay the till it is: nobody else has them. A till that the server turns away
 * cannot send them either way; it may become another one, and its journal waits aside (see former-tills).
 */
export async function entriesInTheWay(db: TillDatabase): Promise<number> {
  const till = await readTill(db)
  return till === undefined || (await isTurnedAway(db)) ? 0 : countUnsent(db, till.tillId)
}

/**
 * Makes this browser the till that the server named, with an empty catalogue cursor: at the start of a new epoch, or
 * where its journal stands if it has been this till before in this epoch. Undefined when it is another till with
 * entries to send; enrolling again with the same code, once they have gone, is answered the same.
 */
export async function becomeTill(
  db: TillDatabase,
  response: EnrolResponse,
  key: TillKey,
  facts: { readonly persisted: boolean; readonly now: Date },
): Promise<Till | undefined> {
  const { serverTime: _, receipts: arrived, zReports: reported = 0, certificate: text, ...named } = response
  const { tillId, companyId } = named
  const tables = [db.state, db.journal, ...overlayTables(db), db.heldSale, ...catalogueTables(db)]
  return db.transaction('rw', tables, async () => {
    const before = await readTill(db)
    const isOther = before !== undefined && before.tillId !== tillId
    if (isOther) {
      if ((await entriesInTheWay(db)) > 0) return undefined
      await setAside(db, before, facts.now)
      await forgetCatalogue(db)
      // Their lines are another company's products.
      if (before.companyId !== companyId) {
        await dropState(db, 'openSale')
        await dropState(db, 'openExchange')
        await db.heldSale.clear()
      }
    }
    const known = isOther ? undefined : await readState(db, 'counters')
    const former = await takeBack(db, tillId)
    if (former?.shift !== undefined) await writeState(db, 'shift', former.shift)
    const last = known?.tillId === tillId ? known : former?.counters
    // A restored server may name an epoch again that this journal has used: its places are taken.
    const epoch = Math.max(named.epoch, last?.epoch ?? 0)
    const till: Till = {
      ...named,
      ...key,
      epoch,
      enrolledAt: facts.now.toISOString(),
      persisted: facts.persisted,
      ...(text !== undefined && { certificate: { epoch: named.epoch, text } }),
    }
    await writeState(db, 'till', till)
    if (last !== undefined && last.epoch === epoch) {
      // The same enrolment answered twice must not start the journal twice.
      await writeState(db, 'counters', {
        ...last,
        receipts: Math.max(arrived, last.receipts),
        zReports: Math.max(reported, last.zReports ?? 0),
      })
    } else {
      const receipts = Math.max(arrived, last?.receipts ?? 0)
      const zReports = Math.max(reported, last?.zReports ?? 0)
      await writeState(db, 'counters', { tillId, epoch, seq: 0, hash: GENESIS, receipts, zReports })
    }
    if (known?.tillId !== tillId || known.epoch !== epoch) await writeState(db, 'contact', NO_CONTACT)
    await moveOverlay(db, till)
    await writeState(db, 'tillState', 'active')
    await dropState(db, 'cursor')
    await dropState(db, 'feedLife')
    await dropState(db, 'suspectRestore')
    await dropState(db, 'waitedAgainAt')
    return till
  })
}

export type LeaveOutcome =
  | { readonly code: 'left' }
  | { readonly code: 'no-till' }
  | { readonly code: 'wrong-code' }
  /** A sale is being rung up, perhaps with money taken. */
  | { readonly code: 'sale-open' }
  /** Money was taken for an exchange that is not recorded. */
  | { readonly code: 'exchange-open' }
  /** Sales are held: somebody may come back for them. */
  | { readonly code: 'sales-held'; readonly count: number }
  /** Its drawer is not counted. */
  | { readonly code: 'shift-open' }
  /** Only this browser has these entries, and no rescue file holds them. */
  | { readonly code: 'unsent'; readonly count: number }

/** What a person types to leave a till: `BR-1`, as on its receipts. */
export const codeOfTill = ({ outletCode, tillCode }: Pick<Till, 'outletCode' | 'tillCode'>): string =>
  `${outletCode}-${tillCode}`

/**
 * Whether a shift is open that can be closed here, also by a till that the server turns away. Without a catalogue
 * nothing is recorded: then it waits aside with its till. In a live query too.
 */
export const isHeldByShift = (db: TillDatabase, tillId: string): PromiseLike<boolean> =>
  db.state
    .bulkGet(['shift', 'company', 'outlet'])
    .then(
      ([shift, company, outlet]) =>
        (shift?.value as OpenShift | undefined)?.tillId === tillId &&
        company !== undefined &&
        outlet !== undefined,
    )

/**
 * Stops being a till. Its journal stays, is still sent while its key is known, and can be rescued; what has not been
 * sent must be in a rescue file first. The shop's people, customers and prices go.
 */
export async function leaveTill(
  db: TillDatabase,
  { typedCode, now }: { readonly typedCode: string; readonly now: Date },
): Promise<LeaveOutcome> {
  return db.transaction('rw', [db.state, db.journal, db.heldSale, ...catalogueTables(db)], async () => {
    const till = await readTill(db)
    if (till === undefined) return { code: 'no-till' }
    if (typedCode.trim().toUpperCase() !== codeOfTill(till).toUpperCase()) return { code: 'wrong-code' }
    const { cart, tenders } = await readOpenSale(db)
    if (cart.lines.length > 0 || tenders.length > 0) return { code: 'sale-open' }
    if ((await readPaidExchange(db)) !== undefined) return { code: 'exchange-open' }
    const held = await countHeldSales(db)
    if (held > 0) return { code: 'sales-held', count: held }
    if (await isHeldByShift(db, till.tillId)) return { code: 'shift-open' }
    const { unrescued: count } = await countUnrescued(db, till.tillId)
    if (count > 0) return { code: 'unsent', count }
    await setAside(db, till, now)
    await forgetCatalogue(db)
    await db.state.bulkDelete([
      'till',
      'counters',
      'openSale',
      'openExchange',
      'contact',
      'suspectRestore',
      'waitedAgainAt',
    ])
    return { code: 'left' }
  })
}
