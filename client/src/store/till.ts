import { readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** The till's signature: the private half cannot leave the browser. */
export interface TillKey {
  readonly publicKey: JsonWebKey
  readonly privateKey: CryptoKey
}

/** What this browser profile was enrolled as. */
export interface Till extends TillKey {
  readonly companyId: string
  readonly companyName: string
  readonly outletId: string
  readonly outletCode: string
  readonly tillId: string
  readonly tillCode: string
  readonly tillName: string
  readonly epoch: number
  readonly enrolledAt: string
  /** What the browser answered when asked to keep this storage. */
  readonly persisted: boolean
  /** Proof of the enrolment at that epoch, for a server that has forgotten it. */
  readonly certificate?: { readonly epoch: number; readonly text: string }
}

/** One of which this browser may know no more than its name: what could sign for it was lost with its database. */
export type NamedTill = Omit<Till, keyof TillKey> & Partial<TillKey>

export const hasKey = (till: NamedTill): till is Till => till.privateKey !== undefined

export const readTill = (db: TillDatabase): Promise<Till | undefined> => readState(db, 'till')

/** Browsers may grant lasting storage long after enrolment, once the app is installed or used a lot. */
export async function notePersisted(db: TillDatabase, persisted: boolean): Promise<void> {
  await db.transaction('rw', db.state, async () => {
    const till = await readTill(db)
    if (till !== undefined && till.persisted !== persisted)
      await writeState(db, 'till', { ...till, persisted })
  })
}
