import type { TillDatabase } from '../../client/src/store/till-database.ts'

/** Codes of stored value that a till knows, in their order, so that a seed always picks the same. */
export async function knownCodes(db: TillDatabase): Promise<string[]> {
  const codes = [
    ...(await db.storedValue.toCollection().primaryKeys()),
    ...(await db.valueHere.toCollection().primaryKeys()),
  ]
  return [...new Set(codes)].sort()
}
