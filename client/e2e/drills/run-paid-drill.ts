import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { OWNER } from '../demo-company.ts'
import { expectSale, type Item } from '../expectation.ts'
import { readItems } from '../ledger.ts'
import { Link } from '../link.ts'
import { OfficeClient } from '../office-client.ts'
import { ServerProcess } from '../server-process.ts'
import { chance } from './chance.ts'
import { type Finding, judge, readSale } from './judge.ts'
import { planKill } from './kill-plan.ts'
import { KilledTill } from './killed-till.ts'
import type { Fall, PaidReport } from './paid-report.ts'
import { ledgerFindings } from './settled-ledger.ts'
import { readStoredTill, type StoredTill } from './stored-till.ts'

/** Twice the longest pause of a till that failed to send. */
const ALL_SENT_WITHIN_MS = 120_000

export interface DrillOptions {
  readonly kills: number
  readonly seed: number
  readonly say: (line: string) => void
}

/** One till, one server; `kills` rounds of: start, look what the last kill left, sell, be killed. */
export async function runPaidDrill({ kills, seed, say }: DrillOptions): Promise<PaidReport> {
  const began = Date.now()
  const server = await ServerProcess.start()
  const link = await Link.to(() => new URL(server.url))
  const profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
  const tally: Fall[] = []
  const shown = new Set<string>()
  const wrong: (Finding & { round: number })[] = []
  const found = (round: number, findings: readonly Finding[]) => {
    for (const finding of findings) {
      wrong.push({ ...finding, round })
      say(`round ${round}: ${finding.what}: ${finding.sentence}`)
    }
  }
  let isUp = true
  const connect = async (up: boolean) => {
    if (up !== isUp) await (up ? link.up() : link.down())
    isUp = up
  }
  let isDone = false

  try {
    const office = await OfficeClient.signIn(server.url, OWNER)
    const items = await readItems(server.sql)
    const { tillId, enrolPath } = await office.newTill('Killed at Paid')
    let till = await KilledTill.open(profile, link.url)
    await till.screen.enrol(`${link.url}${enrolPath}`)
    await till.screen.readyForOffline()

    for (let round = 1; round <= kills; round++) {
      const plan = planKill(seed, round)
      await till.signIn()
      await connect(!plan.offline)
      await till.fillCart(itemsOf(items, seed, round, plan.items))
      const before = await readStoredTill(till.screen.page)
      const { last, sinceMs, receipt } = await till.payAndBeKilled(plan)
      if (receipt !== undefined) shown.add(receipt.receiptNo)

      till = await KilledTill.open(profile, link.url)
      await till.start()
      const after = await readStoredTill(till.screen.page)
      const expected = expectSale(plannedSale(items, before))
      const { sale, wrong: findings } = judge({ before, expected, receipt }, after)
      tally.push({ offline: plan.offline, last, sinceMs, sale })
      found(round, findings)
      if (round % 20 === 0)
        say(`${round} kills, ${shown.size} receipts shown, ${wrong.length} wrong, ${seconds(began)} s`)
    }

    await connect(true)
    const { journal, problem } = await untilAllSent(till)
    if (problem !== undefined) say(`the till says: ${JSON.stringify(problem)}`)
    found(kills, await ledgerFindings(server, office, tillId, journal))
    await till.close()
    const receipts = new Set(journal.map(({ raw }) => readSale(raw).body.receiptNo))
    const missing = [...shown].filter((receiptNo) => !receipts.has(receiptNo))
    isDone = true
    return {
      kills,
      seed,
      seconds: seconds(began),
      tally,
      shown: shown.size,
      found: shown.size - missing.length,
      journal: journal.length,
      wrong,
    }
  } finally {
    await connect(false)
    await server.stop()
    if (isDone && wrong.length === 0) await rm(profile, { recursive: true, force: true })
    else say(`the profile is kept in ${profile}`)
  }
}

const seconds = (since: number) => Math.round((Date.now() - since) / 1000)

function itemsOf(items: readonly Item[], seed: number, round: number, count: number): Item[] {
  const first = Math.floor(chance(seed, round, 'item') * items.length)
  return Array.from({ length: count }, (_, i) => items[(first + i * 7) % items.length]).filter(
    (item) => item !== undefined,
  )
}

/** What stands in the cart on disk, paid in cash to the cent. */
function plannedSale(items: readonly Item[], { cart }: StoredTill) {
  const lines = cart.lines.map(({ productId, quantity }) => {
    const item = items.find((other) => other.productId === productId)
    if (item === undefined) throw new Error('the cart holds what was never put into it')
    return { item, pieces: quantity / 1000 }
  })
  return { lines, tenders: [{ method: 'CASH' as const }] }
}

async function untilAllSent(till: KilledTill): Promise<StoredTill> {
  await till.signIn()
  for (const end = Date.now() + ALL_SENT_WITHIN_MS; ; await sleep(500)) {
    const stored = await readStoredTill(till.screen.page)
    const isSent = stored.journal.every(({ fate }) => fate === 'applied' || fate === 'duplicate')
    if (isSent || Date.now() > end) return stored
  }
}
