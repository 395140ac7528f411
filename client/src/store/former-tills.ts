import { rowsByFate } from './journal.ts'
import type { JournalRow } from './journal-row.ts'
import { putAside } from './overlay.ts'
import type { OpenShift } from './shift.ts'
import { type Counters, dropState, readState, writeState } from './state.ts'
import { hasKey, type NamedTill, type Till } from './till.ts'
import type { TillDatabase } from './till-database.ts'
import { countUnsent } from './unsent.ts'

/**
 * A till that this browser was before. Its journal stays where it is, under its own id: it is sent on as long as its
 * key is known, can be rescued, and is never deleted.
 */
export interface FormerTill {
  readonly till: NamedTill
  /** Where its journal and its receipts stand, should this browser become it again. */
  readonly counters?: Counters
  /** The one that was open: its drawer is still to be counted. */
  readonly shift?: OpenShift
  readonly leftAt: string
}

// No async function in an async function: within a live query a browser loses Dexie's transaction on the way back.
export const readFormerTills = (db: TillDatabase): PromiseLike<readonly FormerTill[]> =>
  db.state.get('formerTills').then((row) => (row?.value as readonly FormerTill[] | undefined) ?? [])

export interface UnsentTill {
  readonly till: Till
  readonly unsent: number
}

/** Former tills with entries that only this browser has, and which it can still speak for. */
export async function formerTillsWithUnsent(db: TillDatabase): Promise<UnsentTill[]> {
  return db.transaction('r', [db.journal, db.state], async () => {
    const found: UnsentTill[] = []
    for (const { till } of await readFormerTills(db)) {
      if (!hasKey(till)) continue
      const unsent = await countUnsent(db, till.tillId)
      if (unsent > 0) found.push({ till, unsent })
    }
    return found
  })
}

/** Keeps what is needed to send and rescue the journal of the till this browser is no longer. In a transaction. */
export async function setAside(db: TillDatabase, till: Till, now: Date): Promise<void> {
  const counters = await readState(db, 'counters')
  const shift = await readState(db, 'shift')
  const isOurs = shift?.tillId === till.tillId
  const others = (await readFormerTills(db)).filter((former) => former.till.tillId !== till.tillId)
  const former: FormerTill = {
    till,
    ...(counters?.tillId === till.tillId && { counters }),
    ...(isOurs && { shift }),
    leftAt: now.toISOString(),
  }
  await writeState(db, 'formerTills', [...others, former])
  if (isOurs) await dropState(db, 'shift')
}

/** Takes a former till out again, because this browser becomes it once more. In a transaction. */
export async function takeBack(db: TillDatabase, tillId: string): Promise<FormerTill | undefined> {
  const all = await readFormerTills(db)
  const found = all.find((former) => former.till.tillId === tillId)
  if (found !== undefined)
    await writeState(
      db,
      'formerTills',
      all.filter((former) => former !== found),
    )
  return found
}

const AT_A_TIME = 500

/**
 * What this browser's tills moved and no count contains yet lies where it belongs: goods at their outlet, points and
 * stored value at every outlet of the company. For the till that this browser becomes, in a transaction.
 */
export async function moveOverlay(
  db: TillDatabase,
  { outletId, companyId }: Pick<Till, 'outletId' | 'companyId'>,
): Promise<void> {
  const former = await readFormerTills(db)
  const foreign = new Set(
    former.filter(({ till }) => till.companyId !== companyId).map(({ till }) => till.tillId),
  )
  const keys = await db.journal.where('overlaid').equals(1).primaryKeys()
  for (let done = 0; done < keys.length; done += AT_A_TIME) {
    const rows = await db.journal.bulkGet(keys.slice(done, done + AT_A_TIME))
    await putAside(
      db,
      rows.filter((row) => row !== undefined),
      (row, entry) => {
        if (foreign.has(row.tillId)) return 'all'
        return entry.outletId === outletId ? undefined : 'goods'
      },
    )
  }
}

/**
 * Head office may have accepted by now what the server put aside of former tills: sent once more, each says whether the
 * counts contain it, so that it does not lie over them for ever.
 */
export async function askAboutHeld(db: TillDatabase): Promise<void> {
  await db.transaction('rw', [db.journal, db.state], async () => {
    for (const { till } of await readFormerTills(db)) {
      if (!hasKey(till)) continue
      const rows = await rowsByFate(db, till.tillId, 'held')
        .and((row) => row.exceptions !== undefined && row.overlaid !== undefined)
        .limit(AT_A_TIME)
        .toArray()
      await db.journal.bulkPut(rows.map((row): JournalRow => ({ ...row, fate: 'waiting' })))
    }
  })
}

/** The catalogue of a till that is left: prices and people of a shop this browser no longer works for. */
export async function forgetCatalogue(db: TillDatabase): Promise<void> {
  for (const table of catalogueTables(db)) await table.clear()
  await db.productChange.add({})
  await db.state.bulkDelete([
    'company',
    'outlet',
    'tillState',
    'formerStaff',
    'cursor',
    'feedLife',
    'applying',
    'unreadRows',
  ])
  await db.state.where('key').startsWith('session:').delete()
}

export const catalogueTables = (db: TillDatabase) => [
  db.staff,
  db.taxCode,
  db.category,
  db.product,
  db.productChange,
  db.productIndex,
  db.paymentMethod,
  db.tier,
  db.otherPaper,
  db.customer,
  db.storedValue,
  db.logo,
]
