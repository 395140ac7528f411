import type { Minor } from '@evertill/shared/domain/money'
import type { Permission } from '@evertill/shared/domain/permission'
import {
  type CashCount,
  type Counted,
  closeOf,
  expectedTenders,
  shiftFrom,
  wholeVariance,
} from '@evertill/shared/domain/shift'
import { readOpenSale } from './cart.ts'
import { readPaidExchange } from './open-exchange.ts'
import { type Approval, type NotAllowed, type Permit, permit, recordPermit } from './permit.ts'
import {
  append,
  type Desk,
  type EntryRefusal,
  type Recorded,
  type RecordInput,
  recording,
} from './record-entry.ts'
import { shiftDetailsOf, shiftOf } from './shift.ts'
import { dropState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** Why nothing happened to the shift or the drawer. */
export type DrawerRefusal =
  | EntryRefusal
  | NotAllowed
  | { readonly code: 'shift-open' }
  | { readonly code: 'no-shift' }
  /** Money that was taken is in the drawer and in no entry yet. */
  | { readonly code: 'money-on-counter' }
  /** The drawer differs by more than the company lets pass without a word. */
  | { readonly code: 'reason-wanted'; readonly variance: Minor }
  /** The drawer differs, and nobody has been told yet. */
  | { readonly code: 'drawer-differs'; readonly variance: Minor }
  /** More is to be taken out than there should be: it is not told how much that is, for the count may be blind. */
  | { readonly code: 'more-than-expected' }

/** As many as a Z report tells of. */
const MOST_COUNTS = 20

interface DrawerInput extends RecordInput {
  readonly approval?: Approval
}

/** Starts a shift: from here on every entry names it. */
export async function openShift(
  db: TillDatabase,
  input: DrawerInput & { readonly float: Minor; readonly counts?: readonly CashCount[] },
): Promise<Recorded<'shift-opened'> | DrawerRefusal> {
  const { float, counts } = input
  return atDrawer(db, input, 'shift.open', 'Opening a shift', async (desk, sign) => {
    if ((await shiftOf(db, desk.till.tillId)) !== undefined) return { code: 'shift-open' }
    await sign()
    const opened = await append(db, desk, 'shift-opened', { float, ...(counts && { counts: [...counts] }) })
    const { id, at, clockOffsetMs, staffId } = opened.entry
    await writeState(db, 'shift', {
      tillId: desk.till.tillId,
      shiftId: id,
      openedAt: at,
      openedOffsetMs: clockOffsetMs,
      openedBy: staffId,
      totals: shiftFrom(float),
    })
    return opened
  })
}

/**
 * Ends it with what was counted; what the books expect is worked out in the same transaction. A difference is told
 * before it is written down: `told` is the one that a person has seen, and a reason is only given for one.
 */
export async function closeShift(
  db: TillDatabase,
  input: DrawerInput & {
    readonly counted: readonly Counted[]
    readonly counts?: readonly CashCount[]
    readonly note?: string
    readonly told?: Minor
  },
): Promise<Recorded<'shift-closed'> | DrawerRefusal> {
  const { counted, counts, note, told } = input
  return atDrawer(db, input, 'shift.close', 'Closing a shift', async (desk, sign) => {
    const shift = await shiftOf(db, desk.till.tillId)
    if (shift === undefined) return { code: 'no-shift' }
    // Cash that is on the counter would be counted in this shift and expected in the next.
    const isTaken = (await readOpenSale(db)).tenders.length > 0 || (await readPaidExchange(db)) !== undefined
    if (isTaken) return { code: 'money-on-counter' }
    const cashMethod = await cashMethodOf(db)
    const cash = counted.find(({ methodCode }) => methodCode === cashMethod)?.amount
    const refused = shift.refusedCounts ?? []
    // The one that is explained now is no earlier one.
    const earlierCounts = refused.at(-1) === cash ? refused.slice(0, -1) : refused
    const body = closeOf(shift.totals, cashMethod, counted, {
      zNo: desk.zNo,
      details: await shiftDetailsOf(db, shift.shiftId),
      ...(counts && { counts }),
      ...(note !== undefined && { note }),
      ...(earlierCounts.length > 0 && { earlierCounts: earlierCounts.slice(-MOST_COUNTS) }),
    })
    const variance = wholeVariance(body.tenders)
    const { varianceLimit } = desk.company
    const isTooMuch = varianceLimit !== undefined && Math.abs(variance) > varianceLimit
    if (!note?.trim() && (isTooMuch || (variance !== 0 && variance !== told))) {
      // Kept with the shift: whoever has been told the difference has been told, whatever is closed or loaded again.
      if (cash !== undefined)
        await writeState(db, 'shift', { ...shift, refusedCounts: [...earlierCounts, cash] })
      return { code: isTooMuch ? 'reason-wanted' : 'drawer-differs', variance }
    }
    await sign()
    const closed = await append(db, desk, 'shift-closed', body)
    await dropState(db, 'shift')
    return closed
  })
}

/**
 * Puts money into the drawer, or takes it out, that no sale brought.
 * @param input `certain`: it is taken out though the books expect less in the drawer
 */
export async function moveCash(
  db: TillDatabase,
  input: DrawerInput & {
    readonly direction: 'in' | 'out'
    readonly amount: Minor
    readonly reason: string
    readonly certain?: boolean
  },
): Promise<Recorded<'cash-moved'> | DrawerRefusal> {
  const { direction, amount, reason, certain = false } = input
  return atDrawer(db, input, 'cash.move', `Cash ${direction}`, async (desk, sign) => {
    const shift = await shiftOf(db, desk.till.tillId)
    if (direction === 'out' && !certain && shift !== undefined) {
      const [cash] = expectedTenders(shift.totals, await cashMethodOf(db))
      if (cash !== undefined && amount > cash.expected) return { code: 'more-than-expected' }
    }
    await sign()
    return append(db, desk, 'cash-moved', { direction, amount, reason })
  })
}

/** Opens the drawer without a sale. */
export async function openDrawer(
  db: TillDatabase,
  input: DrawerInput & { readonly reason: string },
): Promise<Recorded<'drawer-opened'> | DrawerRefusal> {
  return atDrawer(db, input, 'drawer.open', 'Opening the drawer', async (desk, sign) => {
    await sign()
    return append(db, desk, 'drawer-opened', { reason: input.reason })
  })
}

/** `work` calls `sign` before it appends its entry: an override that was needed stands in front of it. */
async function atDrawer<T extends object>(
  db: TillDatabase,
  input: DrawerInput,
  permission: Permission,
  about: string,
  work: (desk: Desk, sign: () => Promise<void>) => Promise<T | DrawerRefusal>,
): Promise<T | DrawerRefusal> {
  return recording(db, [db.staff, db.paymentMethod], input, async (desk): Promise<T | DrawerRefusal> => {
    const granted: Permit | NotAllowed = await permit(db, desk, permission, input.approval)
    if ('code' in granted) return granted
    return work(desk, () => recordPermit(db, desk, granted, about))
  })
}

/** The company's first cash method: the float and the movements are counted with it. */
async function cashMethodOf(db: TillDatabase): Promise<string> {
  const methods = await db.paymentMethod.toArray()
  const cash = methods
    .filter((method) => method.kind === 'cash' && !method.deleted)
    .sort((a, b) => a.position - b.position)
  return cash[0]?.code ?? 'CASH'
}
