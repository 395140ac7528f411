import { minor } from '@evertill/shared/domain/money'
import {
  isValueKind,
  type ValueKind,
  type ValueKnown,
  valueTaken,
} from '@evertill/shared/domain/stored-value'
import type { Tender } from '@evertill/shared/domain/tender'
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

/**
 * Legs that pay with codes, the last of each code with what it leaves on it. Nothing is said of a count that is not of
 * just now, for it may be wrong by then, nor of a voucher that cannot be used again.
 */
export async function withLeft(
  db: TillDatabase,
  tenders: readonly Tender[],
  now: Date,
): Promise<readonly Tender[]> {
  const said: Tender[] = [...tenders]
  for (const [i, leg] of tenders.entries()) {
    const { code, kind } = leg
    if (code === undefined || !isValueKind(kind)) continue
    if (tenders.findLastIndex((other) => other.code === code) !== i) continue
    const known = await readValue(db, code, now)
    const { paid, forfeited } = valueTaken(code, tenders)
    const left = (known?.balance ?? 0) - paid - forfeited
    const isUsedUp = kind === 'voucher' && (forfeited > 0 || left === 0)
    if (known?.isFresh && left >= 0 && !isUsedUp) said[i] = { ...leg, left: minor(left) }
  }
  return said
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
