import { isDeepStrictEqual } from 'node:util'
import { staffId } from './company.ts'
import type { Deed } from './errands.ts'
import { type Facts, lineOf, type Verdict } from './facts.ts'
import { groupBy } from './sums.ts'

/** Invariant 1: every entry committed on a till is on the server exactly once, or held there with its bytes. */
export function everyEntryOnce(verdict: Verdict, facts: Facts): void {
  const { lost, doubled, mismatched } = verdict
  const { attemptOf, deedOf, entryOf, ledger, heldTexts, journalOf, attempts } = facts
  const isKnown = (id: string) => attemptOf.has(id) || deedOf.has(id)
  const onTills = new Set<string>()
  const heldIds = new Set<string>()
  for (const [browser, rows] of journalOf)
    for (const { id, fate, hash, raw } of rows) {
      onTills.add(id)
      if (fate === 'waiting')
        mismatched.push(`${browser.name}: entry ${id} still waits after everything healed`)
      if (!isKnown(id)) mismatched.push(`${browser.name}: entry ${id} is nothing that a cashier did`)
      const isHeld = heldTexts.has(`${hash} ${raw}`)
      if (isHeld) heldIds.add(id)
      if (fate === 'held' && !isHeld && !entryOf.has(id))
        lost.push(`${browser.name}: entry ${id} is held by the till, and the server has not kept its bytes`)
      if ((fate === 'applied' || fate === 'duplicate') && !entryOf.has(id))
        lost.push(`${browser.name}: entry ${id} is ${fate} to the till, and the server does not have it`)
      if (fate !== 'held' && entryOf.has(id) && entryOf.get(id)?.hash !== hash)
        mismatched.push(`entry ${id} has another hash on the server`)
    }
  const isSafe = (id: string) => entryOf.has(id) || heldIds.has(id)
  for (const { id, paid, refused, browser } of attempts) {
    if (paid !== undefined && !isSafe(id))
      lost.push(`${browser}: sale ${id} was shown as paid, and the server does not have it`)
    if (refused !== undefined && (entryOf.has(id) || onTills.has(id)))
      doubled.push(`${browser}: sale ${id} was refused (${refused}), and is recorded`)
  }
  for (const deed of facts.deeds) theDeedIsWhole(verdict, facts, deed, onTills, isSafe)
  for (const { entry_id, raw } of ledger.entries) {
    if (!isKnown(entry_id)) doubled.push(`entry ${entry_id} on the server is nothing that a cashier did`)
    if ((JSON.parse(raw) as { id: string }).id !== entry_id)
      mismatched.push(`entry ${entry_id} holds another text`)
  }
  theReasonsAreTrue(verdict, facts)
  for (const [what, { length }] of groupBy(ledger.entries, ({ hash }) => hash))
    if (length > 1) doubled.push(`hash ${what} is on the server ${length} times`)
  // One cart is one sale, however often the button was hit and whatever happened in between.
  const sold = attempts.filter(({ id }) => entryOf.has(id))
  const carts = new Map<unknown, string[]>()
  for (const { id, openSale } of sold) carts.set(openSale, [...(carts.get(openSale) ?? []), id])
  for (const ids of carts.values())
    if (ids.length > 1) doubled.push(`one cart was sold as ${ids.join(' and ')}`)
}

/** Bytes kept under a reason that is not so are safe, and a person is sent after a clash that never was. */
function theReasonsAreTrue({ mismatched }: Verdict, { ledger, entryOf }: Facts): void {
  for (const held of ledger.held) {
    if (held.type !== 'id-reused') continue
    const line = lineOf(held)
    const raw = line.slice(line.indexOf(' ') + 1)
    const { id } = JSON.parse(raw) as { id: string }
    const stored = entryOf.get(id)
    if (stored === undefined) mismatched.push(`entry ${id} is held as id-reused, and nobody has its id`)
    else if (stored.raw === raw) mismatched.push(`entry ${id} is held as id-reused, and is what is stored`)
  }
}

/** An errand and the override it needed are recorded together, as they were asked for, or not at all. */
function theDeedIsWhole(
  { lost, doubled, mismatched }: Verdict,
  { textOf }: Facts,
  { errand, browser, ids, asked, done, refused, override }: Deed,
  onTills: ReadonlySet<string>,
  isSafe: (id: string) => boolean,
): void {
  const what = `${browser}: ${errand} ${ids.join(' ')}`
  for (const id of done ?? [])
    if (!isSafe(id)) lost.push(`${what}: ${id} was shown as done, and the server does not have it`)
  const recorded = ids.filter((id) => onTills.has(id))
  const texts = recorded.flatMap((id) => textOf.get(id) ?? [])
  // An exchange is asked for on its first half.
  const main = errand === 'exchange' ? texts.find(({ kind }) => kind === 'refund') : texts.at(-1)
  if (refused !== undefined && texts.length > 0)
    doubled.push(`${what} was refused (${refused}), and is recorded`)
  if (main === undefined) return
  // The customer's own id is no entry's.
  if (recorded.length !== ids.length - (errand === 'register' ? 1 : 0))
    mismatched.push(`${what}: only ${recorded.length} of its entries are recorded`)
  const given = texts.flatMap((entry) =>
    entry.kind === 'override-given' ? [`${entry.body.permission} by ${entry.body.approvedBy}`] : [],
  )
  const needed = override === undefined ? [] : [`${override} by ${staffId(3)}`]
  if (given.join() !== needed.join()) mismatched.push(`${what}: overridden by ${given}, not ${needed}`)
  const body = main.body as unknown as Readonly<Record<string, unknown>>
  for (const [key, value] of Object.entries(asked))
    if (!isDeepStrictEqual(body[key], value))
      mismatched.push(`${what}: ${key} is ${JSON.stringify(body[key])}, not ${JSON.stringify(value)}`)
}
