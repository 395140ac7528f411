import type { Entry } from '@evertill/shared/protocol/entry'
import type { JournalRow } from '../../client/src/store/journal-row.ts'
import type { Browser } from './browser.ts'
import type { Attempt } from './cashier.ts'
import type { Rules } from './company.ts'
import type { Deed, Sold } from './errands.ts'
import type { EntryRow, Ledger } from './ledger-rows.ts'

export interface Verdict {
  lost: string[]
  doubled: string[]
  mismatched: string[]
}

/** What cashiers did, and the tills they did it at. */
export interface Done {
  readonly attempts: readonly Attempt[]
  readonly deeds: readonly Deed[]
  readonly browsers: readonly Browser[]
  readonly rules: Rules
}

/** Everything a check may look at. */
export interface Facts extends Done {
  readonly ledger: Ledger
  readonly attemptOf: ReadonlyMap<string, Attempt>
  /** What every sale sold, by its id: those at the counter, and those of exchanges. */
  readonly soldOf: ReadonlyMap<string, Sold>
  /** By every id that was minted for it. */
  readonly deedOf: ReadonlyMap<string, Deed>
  readonly entryOf: ReadonlyMap<string, EntryRow>
  /** Journals as they lie on the disks, in the order they were written. */
  readonly journalOf: ReadonlyMap<Browser, readonly JournalRow[]>
  /** By id: the server's text, or the till's where the server has none. */
  readonly textOf: ReadonlyMap<string, Entry>
  readonly heldTexts: ReadonlySet<string>
}

export const lineOf = ({ line }: { readonly line: string }): string =>
  Buffer.from(line, 'hex').toString('utf8')

export function factsOf(ledger: Ledger, done: Done): Facts {
  const journalOf = new Map(
    done.browsers.map((browser) => [
      browser,
      browser.journal().sort((a, b) => a.epoch - b.epoch || a.seq - b.seq),
    ]),
  )
  const textOf = new Map<string, Entry>()
  const serverHas = new Set(ledger.entries.map(({ entry_id }) => entry_id))
  for (const row of [...journalOf.values()].flat())
    if (!serverHas.has(row.id) && !textOf.has(row.id)) textOf.set(row.id, JSON.parse(row.raw) as Entry)
  for (const { entry_id, raw } of ledger.entries) textOf.set(entry_id, JSON.parse(raw) as Entry)
  return {
    ...done,
    ledger,
    soldOf: new Map(
      [...done.attempts, ...done.deeds.flatMap((deed) => soldIn(deed, textOf))].map((sold) => [
        sold.id,
        sold,
      ]),
    ),
    attemptOf: new Map(done.attempts.map((attempt) => [attempt.id, attempt])),
    deedOf: new Map(done.deeds.flatMap((deed) => deed.ids.map((id) => [id, deed]))),
    entryOf: new Map(ledger.entries.map((entry) => [entry.entry_id, entry])),
    journalOf,
    textOf,
    heldTexts: new Set(ledger.held.map(lineOf)),
  }
}

const soldIn = ({ ids, sold }: Deed, textOf: ReadonlyMap<string, Entry>): Sold[] =>
  sold === undefined ? [] : ids.filter((id) => textOf.get(id)?.kind === 'sale').map((id) => ({ id, ...sold }))
