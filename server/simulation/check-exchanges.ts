import type { Deed } from './errands.ts'
import type { ExpectedPaper } from './expected-papers.ts'
import type { Facts, Verdict } from './facts.ts'

/**
 * An exchange is a refund and a sale or nothing, on every till and in the end at head office; they name each other, and
 * what the one hands over the other takes, to the cent of the oracles.
 */
export function exchangesAreWhole(
  verdict: Verdict,
  facts: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
): void {
  for (const deed of facts.deeds) {
    if (deed.errand !== 'exchange') continue
    const wrong = (text: string) =>
      verdict.mismatched.push(`${deed.browser}: exchange ${deed.ids.join(' ')}: ${text}`)
    theJournalsHaveBoth(facts, deed, wrong)
    theServerHasBoth(facts, deed, wrong)
    theHalvesFit(facts, papers, deed, wrong)
  }
}

type Tell = (text: string) => void

/** One after the other in the journal, and with one receipt number after the other. */
function theJournalsHaveBoth({ journalOf }: Facts, { ids }: Deed, wrong: Tell): void {
  for (const [browser, rows] of journalOf) {
    const halves = rows.filter(({ id, kind }) => ids.includes(id) && kind !== 'override-given')
    if (halves.length === 0) continue
    const [refund, sale] = halves
    if (halves.length !== 2 || refund?.kind !== 'refund' || sale?.kind !== 'sale')
      wrong(`${browser.name} has ${halves.map(({ kind }) => kind).join(' and ')}`)
    else if (sale.epoch !== refund.epoch || sale.seq !== refund.seq + 1)
      wrong(
        `${browser.name} has the refund at ${refund.epoch}/${refund.seq}, the sale at ${sale.epoch}/${sale.seq}`,
      )
  }
}

/** Half of it may be held there, but is not missing. */
function theServerHasBoth({ entryOf, journalOf, heldTexts }: Facts, { ids }: Deed, wrong: Tell): void {
  const kinds = ids.flatMap((id) => entryOf.get(id)?.kind ?? [])
  const here = kinds.filter((kind) => kind !== 'override-given')
  if (here.length !== 1) return
  const held = [...journalOf.values()]
    .flat()
    .some(({ id, hash, raw }) => ids.includes(id) && !entryOf.has(id) && heldTexts.has(`${hash} ${raw}`))
  if (!held) wrong(`the server has its ${here.join()} alone`)
}

function theHalvesFit(
  { textOf, entryOf, ledger }: Facts,
  papers: ReadonlyMap<string, ExpectedPaper>,
  { ids }: Deed,
  wrong: Tell,
): void {
  const texts = ids.flatMap((id) => textOf.get(id) ?? [])
  const refund = texts.find((entry) => entry.kind === 'refund')
  const sale = texts.find((entry) => entry.kind === 'sale')
  if (refund === undefined || sale === undefined) return
  const [back, out] = [papers.get(refund.id), papers.get(sale.id)]
  // A half without a reason is told of with the papers.
  if (back === undefined || out === undefined) return
  const amount = Math.min(-back.net, out.total - out.rounding)
  const is = (what: string, found: unknown, want: unknown) => {
    const [a, b] = [JSON.stringify(found), JSON.stringify(want)]
    if (a !== b) wrong(`${what} is ${a}, not ${b}`)
  }
  const named = ({ id, body: { receiptNo } }: typeof refund | typeof sale) => [id, receiptNo, amount]
  const names = ({ exchange }: { exchange?: (typeof sale.body)['exchange'] }) => [
    exchange?.entryId,
    exchange?.receiptNo,
    exchange?.amount,
  ]
  is('what paid for it', sale.body.exchange?.from, refund.body.exchange?.from)
  is('what the refund names', names(refund.body), named(sale))
  is('what the sale names', names(sale.body), named(refund))
  const [till, no] = /^(.*-)(\d+)$/.exec(refund.body.receiptNo)?.slice(1) ?? []
  is('the receipt', sale.body.receiptNo, `${till}${String(Number(no) + 1).padStart(6, '0')}`)
  const legs = amount > 0 ? [amount] : []
  const legsOf = (tenders: readonly { kind: string; amount: number }[]) =>
    tenders.filter(({ kind }) => kind === 'exchange').map((tender) => tender.amount)
  is('what the refund hands over', legsOf(refund.body.tenders), legs)
  is('what the sale takes over', legsOf(sale.body.tenders), legs)
  // Only one of the two is paid for.
  const paid = [refund, sale].filter(({ body }) => body.tenders.some(({ kind }) => kind !== 'exchange'))
  if (paid.length > 1) wrong('money went both ways')
  if (!entryOf.has(refund.id) || !entryOf.has(sale.id)) return
  const stored = ledger.tenders.filter(
    ({ sale_id, kind }) => kind === 'exchange' && (sale_id === refund.id || sale_id === sale.id),
  )
  is(
    'what does not cancel out in the ledger',
    stored.reduce((sum, tender) => sum + tender.amount, 0),
    0,
  )
}
