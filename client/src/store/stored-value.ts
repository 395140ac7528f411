import type { ValueKind, ValueKnown } from '@evertill/shared/domain/stored-value'
import { isCountFresh } from './contact.ts'
import type { TillDatabase, ValueHere } from './till-database.ts'

/** What an entry did to a code. */
export type ValueMoved = Readonly<ValueHere>

/** What this till knows of a code: the server's count with its own entries laid over it. */
export async function readValue(db: TillDatabase, code: string, now: Date): Promise<ValueKnown | undefined> {
  const row = await db.storedValue.get(code)
  const here = await db.valueHere.get(code)
  const kind: ValueKind | undefined = row?.kind ?? here?.kind
  if (kind === undefined) return undefined
  return {
    kind,
    balance: (row?.balance ?? 0) + (here?.change ?? 0),
    unconfirmed: here?.spent ?? 0,
    isFresh: await isCountFresh(db, now),
  }
}

/** Lays moved value over the server's counts (`direction` 1), or lifts it off again (−1). In a transaction. */
export async function overlayValue(
  db: TillDatabase,
  moved: readonly ValueMoved[],
  direction: 1 | -1,
): Promise<void> {
  for (const { code, kind, change, spent } of moved) {
    const here = await db.valueHere.get(code)
    const next: ValueHere = {
      code,
      kind,
      change: (here?.change ?? 0) + change * direction,
      spent: (here?.spent ?? 0) + spent * direction,
    }
    if (next.change === 0 && next.spent === 0) await db.valueHere.delete(code)
    else await db.valueHere.put(next)
  }
}
