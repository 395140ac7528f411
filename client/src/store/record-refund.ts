import { type Minor, minor } from '@evertill/shared/domain/money'
import {
  type BlindLine,
  completeBlindRefund,
  completeRefund,
  completeVoid,
  type PickedLine,
  type RefundBody,
  type RefundRefusal,
} from '@evertill/shared/domain/refund'
import type { IssuedValue } from '@evertill/shared/domain/stored-value'
import { areStillOpen, type WayBack, waysBack } from '@evertill/shared/domain/way-back'
import type { EntryOf } from '@evertill/shared/protocol/entry'
import { findOriginal } from './journal.ts'
import { forgetPrepared, isBeingExchanged, isStillPrepared, type OpenExchange } from './open-exchange.ts'
import { type Approval, type NotAllowed, permit, recordPermit } from './permit.ts'
import { rulesOf } from './price-sale.ts'
import {
  append,
  type Desk,
  type EntryRefusal,
  type Recorded,
  type RecordInput,
  recording,
} from './record-entry.ts'
import { readValue } from './stored-value.ts'
import type { TillDatabase } from './till-database.ts'

/** Why nothing was paid back. */
export type RefundNotRecorded =
  | RefundRefusal
  | EntryRefusal
  | NotAllowed
  /** This till knows of no such sale. */
  | { readonly code: 'unknown-sale' }
  /** Only a sale of the business day that is still running can be voided; an older one is refunded. */
  | { readonly code: 'another-day' }
  /** The company lets a sale be voided for so long; after that it is refunded. */
  | { readonly code: 'too-late'; readonly minutes: number }
  /** Some of what the sale put on this code was spent: its money is not to go back as well. */
  | { readonly code: 'value-spent'; readonly valueCode: string; readonly left: Minor }
  /** Money was taken to exchange these goods: it would be nowhere. */
  | { readonly code: 'exchange-being-paid' }
  /** What was prepared was recorded already, or changed, by another press or in another window. */
  | { readonly code: 'cart-changed' }
  /** Something else came back in the meantime, so it comes to another amount than was shown. */
  | { readonly code: 'total-changed'; readonly total: Minor }
  /** Points, a card or a code took something back in the meantime: it would go back in other ways than were shown. */
  | { readonly code: 'ways-changed' }

interface RefundInput extends RecordInput {
  readonly reason: string
  /** What the screen says goes back to the customer. */
  readonly expectedTotal: Minor
  /** For whom the permission is not enough. */
  readonly approval?: Approval
  /** What the screen has prepared, where it prepares: recorded once. */
  readonly prepared?: OpenExchange
}

/**
 * Pays back some of a sale that this till knows, its own or another's. What came back before is read in the same
 * transaction, so that two windows cannot both pay back the last piece, nor the last point.
 */
export async function recordRefund(
  db: TillDatabase,
  input: RefundInput & {
    readonly saleId: string
    readonly picks: readonly PickedLine[]
    /** As it was paid, unless given. */
    readonly ways?: readonly WayBack[]
  },
): Promise<Recorded<'refund'> | RefundNotRecorded> {
  const tables = [db.staff, db.otherPaper]
  return recording(db, tables, input, async (desk): Promise<Recorded<'refund'> | RefundNotRecorded> => {
    const original = await findOriginal(db, input.saleId)
    if (original === undefined) return { code: 'unknown-sale' }
    const open = waysBack(original)
    const { ways = open } = input
    if (!areStillOpen(ways, open)) return { code: 'ways-changed' }
    const refund = completeRefund(original, input.picks, ways, paperOf(desk, input))
    return record(db, desk, input, 'refund', 'sale.refund', refund, `Refund of ${original.sale.receiptNo}`)
  })
}

/** Takes the whole of a sale of this till back, on the business day it was made. */
export async function recordVoid(
  db: TillDatabase,
  input: RefundInput & { readonly saleId: string },
): Promise<Recorded<'void'> | RefundNotRecorded> {
  const tables = [db.staff, db.otherPaper, db.storedValue]
  return recording(db, tables, input, async (desk): Promise<Recorded<'void'> | RefundNotRecorded> => {
    const original = await findOriginal(db, input.saleId)
    const row = await db.journal.where('id').equals(input.saleId).first()
    // Its drawer is at the till that made it, also where this browser was that till.
    if (original === undefined || row?.tillId !== desk.till.tillId) return { code: 'unknown-sale' }
    if (original.businessDate !== desk.businessDate) return { code: 'another-day' }
    const minutes = desk.company.voidWindowMinutes
    if (minutes !== undefined && isOlder(original.at, input.now, minutes))
      return { code: 'too-late', minutes }
    const voided = completeVoid(original, paperOf(desk, input))
    const spent = 'code' in voided ? undefined : await spentOf(db, input.now, voided.issued ?? [])
    if (spent !== undefined) return spent
    return record(db, desk, input, 'void', 'sale.void', voided, `Void of ${original.sale.receiptNo}`)
  })
}

/** The first of the codes that a sale put value on and that, as far as this till knows, does not hold it any more. */
async function spentOf(
  db: TillDatabase,
  now: Date,
  issued: readonly IssuedValue[],
): Promise<Extract<RefundNotRecorded, { code: 'value-spent' }> | undefined> {
  for (const { code, amount } of issued) {
    const known = await readValue(db, code, now)
    // Of a code that was used up nothing is known any more.
    const left = known?.balance ?? 0
    if (left < amount) return { code: 'value-spent', valueCode: code, left: minor(Math.max(0, left)) }
  }
  return undefined
}

/** Pays back goods whose sale this till does not know. */
export async function recordBlindRefund(
  db: TillDatabase,
  input: RefundInput & { readonly lines: readonly BlindLine[]; readonly ways: readonly WayBack[] },
): Promise<Recorded<'refund'> | RefundNotRecorded> {
  return recording(db, [db.staff], input, async (desk): Promise<Recorded<'refund'> | RefundNotRecorded> => {
    const refund = completeBlindRefund(input.lines, input.ways, rulesOf(desk.company), paperOf(desk, input))
    return record(db, desk, input, 'refund', 'sale.refund-blind', refund, 'Refund without a receipt')
  })
}

async function record<K extends 'refund' | 'void'>(
  db: TillDatabase,
  desk: Desk,
  { expectedTotal, approval, prepared }: RefundInput,
  kind: K,
  permission: 'sale.refund' | 'sale.void' | 'sale.refund-blind',
  body: RefundBody | RefundRefusal,
  about: string,
): Promise<Recorded<K> | RefundNotRecorded> {
  if ('code' in body) return body
  if (await isBeingExchanged(db, body.original?.saleId)) return { code: 'exchange-being-paid' }
  if (!(await isStillPrepared(db, prepared))) return { code: 'cart-changed' }
  if (body.total !== expectedTotal) return { code: 'total-changed', total: body.total }
  const granted = await permit(db, desk, permission, approval)
  if ('code' in granted) return granted
  await recordPermit(db, desk, granted, about)
  await forgetPrepared(db, body.original?.saleId)
  return append<K>(db, desk, kind, body as EntryOf<K>['body'])
}

const paperOf = ({ receiptNo }: Desk, { reason }: RefundInput) => ({ receiptNo, reason })

/** Both by the till's clock. */
export const isOlder = (at: string, now: Date, minutes: number): boolean =>
  now.getTime() - Date.parse(at) > minutes * 60_000
