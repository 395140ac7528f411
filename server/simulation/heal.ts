import { sendAgain } from '../../client/src/store/hold-entry.ts'
import type { Browser } from './browser.ts'
import type { Cashier } from './cashier.ts'
import type { Office } from './office.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { NOBODY, type World } from './world.ts'

/** What is there to be healed. */
export interface Healing {
  readonly world: World
  readonly server: ServerUnderTest
  readonly office: Office
  readonly browsers: ReadonlyMap<number, Browser>
  readonly cashiers: ReadonlyMap<number, Cashier>
  /** The numbers of the browsers that became tills. */
  readonly enrolled: ReadonlySet<number>
  readonly complaints: string[]
  reopen(till: number, tab: number): void
  online(browser: Browser): void
}

/** Longer than any outage of a plan: whoever still waits then waits for ever. */
const PATIENCE_MS = 3 * 3_600_000
const LOOK_EVERY_MS = 2000

/** When a till that has nothing left to do was first seen so, and what had been settled there by then. */
type Settled = Map<number, { readonly settlements: number; readonly at: number }>

/** Everything that was broken works again; nobody does anything but wait until all is told to all. */
export async function heal(history: Healing): Promise<void> {
  const { world } = history
  await mendAll(history)
  const until = world.now + PATIENCE_MS
  let lookedAt = 0
  const settled: Settled = new Map()
  await world.run(() => {
    if (world.now >= until) {
      complain(history, settled)
      return true
    }
    if (world.now - lookedAt < LOOK_EVERY_MS) return false
    lookedAt = world.now
    world.after(LOOK_EVERY_MS, NOBODY, () => {})
    return hasSettled(history, settled) && hasPulled(history, settled)
  })
}

async function mendAll(history: Healing): Promise<void> {
  const { world, server, office, browsers } = history
  world.tell('everything heals')
  server.faults.clear()
  await office.heal()
  for (const [no, browser] of browsers) {
    browser.wire.faults.clear()
    browser.stepMs = 0
    for (const page of browser.pages.values()) {
      page.storageFault = undefined
      page.diesAfter = undefined
      page.stepMs = 0
    }
    browser.kill(1)
    if (!browser.pages.has(0)) history.reopen(no, 0)
    history.online(browser)
  }
}

/** Whether everybody has sold what there was to sell, and sent it. */
function hasSettled(history: Healing, settled: Settled): boolean {
  const { world, browsers, cashiers, enrolled } = history
  for (const [no, browser] of browsers) {
    const cashier = cashiers.get(no)
    if (!browser.pages.has(0)) history.reopen(no, 0)
    // What was to be sold in the tab that was closed is sold in the one that is left.
    cashier?.resume()
    letGo(world, browser)
    const waits = !enrolled.has(no) || browser.journal().some((row) => row.fate === 'waiting')
    // A push may come and go between two looks: what it settled counts from the look after it.
    const settlements = Number(browser.state('settlements') ?? 0)
    if (waits || cashier?.isBusy) settled.delete(no)
    else if (settled.get(no)?.settlements !== settlements) settled.set(no, { settlements, at: world.now })
  }
  return settled.size === browsers.size
}

/** Whether what all of them sent, and what the office changed, has come down to each. */
function hasPulled({ world, browsers, office }: Healing, settled: Settled): boolean {
  const last = Math.max(
    office.changedAt,
    ...[...settled.values()].map(({ at }) => at),
    // A double of what was held when it came first may count by now.
    ...[...browsers.values()].map(({ wire }) => wire.quietSince),
  )
  if (last === Number.POSITIVE_INFINITY) return false
  let all = true
  for (const browser of browsers.values()) {
    // A till that suspects a restored server has yet to ask it what it lost.
    const calm = browser.state('applying') === undefined && browser.state('suspectRestore') === undefined
    if (browser.pulledAt() > last && calm) continue
    all = false
    for (const page of browser.pages.values()) world.after(0, page, () => page.sync.wake())
  }
  return all
}

/** What a till holds without the server having said why, a person lets go once more. */
function letGo(world: World, browser: Browser): void {
  const [page] = browser.pages.values()
  if (page === undefined) return
  for (const { fate, reason, id } of browser.journal())
    if (fate === 'held' && reason?.startsWith('This entry alone is larger'))
      world.after(0, page, () => {
        void sendAgain(page.db, id)
      })
}

function complain({ world, browsers, cashiers, enrolled, office, complaints }: Healing, settled: Settled) {
  for (const [no, browser] of browsers)
    complaints.push(
      `${browser.name}: no rest three hours after everything healed, ${JSON.stringify({
        enrolled: enrolled.has(no),
        waiting: browser.journal().filter((row) => row.fate === 'waiting').length,
        busy: cashiers.get(no)?.isBusy,
        applying: browser.state('applying'),
        suspect: browser.state('suspectRestore'),
        pulled: world.now - browser.pulledAt(),
        contact: browser.state('contact'),
        changed: world.now - office.changedAt,
        settled: settled.get(no),
      })}`,
    )
}
