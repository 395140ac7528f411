import type { TillDatabase } from './till-database.ts'

const elsewhere = new WeakMap<TillDatabase, TillDatabase>()

/** Has wrong PINs that are typed over `db` counted in `counter`: they open the same doors. */
export const countAttemptsIn = (db: TillDatabase, counter: TillDatabase): void => {
  elsewhere.set(db, counter)
}

/** The database that counts wrong PINs for this one: itself, unless said otherwise. */
export const attemptsOf = (db: TillDatabase): TillDatabase => elsewhere.get(db) ?? db
