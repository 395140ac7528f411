// First of all: parts of the product take hold of the platform while they load.
import './platform.ts'

import { loadPinVerifier } from '../../client/src/store/pin.ts'
import { enrol } from '../../client/src/sync/enrol.ts'
import { loadSigner } from '../../client/src/sync/token.ts'
import type { Sql } from '../src/db/connect.ts'
import { createEnrolmentCode } from '../src/db/queries/enrolment.ts'
import { Browser, type Page } from './browser.ts'
import { carryJournal } from './carry-journal.ts'
import { Cashier, saleId } from './cashier.ts'
import { check, type Verdict } from './check.ts'
import { foundCompany, START, tillId } from './company.ts'
import { type Healing, heal } from './heal.ts'
import { Office } from './office.ts'
import type { Plan, PlanEvent } from './plan.ts'
import { inhabit, preparePlatform } from './platform.ts'
import { ServerUnderTest } from './server-under-test.ts'
import { isAtRest, rot } from './storage.ts'
import { NOBODY, World } from './world.ts'

export interface RunResult extends Verdict {
  readonly sales: number
  readonly counts: ReadonlyMap<string, number>
  readonly trace: number
  readonly story: readonly string[] | undefined
}

/** Lives one history through, lets everything heal, and compares the ledger with what was sold. */
export async function run(
  plan: Plan,
  sql: Sql,
  options: { readonly story?: boolean } = {},
): Promise<RunResult> {
  // What a page loads later comes in real time, which on a busy machine is hours of the world's.
  await Promise.all([preparePlatform(), loadSigner(), loadPinVerifier()])
  const world = new World(START, plan.seed, options)
  inhabit(world)
  const companyId = await foundCompany(sql, plan.rules, plan.tills.length)
  const server = new ServerUnderTest(world, sql, plan.seed)
  const history = new History(plan, world, server, sql, companyId)
  const onRejection = (reason: unknown) => {
    // Of what a page did in the turn it died in nobody hears.
    if (world.current?.alive === false) return
    const actor = world.current?.name ?? 'the world'
    history.complaints.push(`${actor}: unhandled rejection, ${reason}`)
  }
  process.on('unhandledRejection', onRejection)
  try {
    await history.live()
    await heal(history)
    const cashiers = [...history.cashiers.values()]
    const attempts = cashiers.flatMap((cashier) => cashier.attempts)
    const deeds = cashiers.flatMap((cashier) => cashier.deeds)
    const browsers = [...history.browsers.values()]
    const verdict = await check(sql, companyId, { attempts, deeds, browsers, rules: plan.rules })
    for (const cashier of history.cashiers.values()) verdict.mismatched.push(...cashier.complaints)
    verdict.mismatched.push(...history.complaints, ...history.office.complaints)
    const sales = world.counts.get('sale') ?? 0
    return { ...verdict, sales, counts: world.counts, trace: world.trace, story: world.story }
  } finally {
    process.off('unhandledRejection', onRejection)
    await history.office.commit()
    for (const browser of history.browsers.values()) browser.forget()
    inhabit(undefined)
  }
}

class History implements Healing {
  readonly browsers = new Map<number, Browser>()
  readonly cashiers = new Map<number, Cashier>()
  readonly office: Office
  readonly complaints: string[] = []
  readonly enrolled = new Set<number>()
  readonly #codes: string[] = []

  constructor(
    readonly plan: Plan,
    readonly world: World,
    readonly server: ServerUnderTest,
    readonly sql: Sql,
    readonly companyId: string,
  ) {
    this.office = new Office(world, sql, server, companyId)
    plan.tills.forEach(({ stepMs, hasLocks, skewMs }, i) => {
      const browser = new Browser(world, server, plan.seed, `till ${i + 1}`, undefined, hasLocks)
      browser.skewMs = skewMs
      browser.stepMs = stepMs
      this.#add(i + 1, browser)
    })
  }

  #add(no: number, browser: Browser): void {
    this.browsers.set(no, browser)
    const { world, plan } = this
    this.cashiers.set(no, new Cashier(world, plan.seed, no, browser, plan.rules))
    for (const event of plan.events)
      if (event.do === 'wire' && event.till === no) browser.wire.faults.set(event.request, event.fault)
  }

  async live(): Promise<void> {
    const { plan, world, sql, companyId } = this
    const poison = plan.events.filter((event) => event.do === 'poison')
    for (const { till, sale, sqlstate } of poison)
      await sql`
        insert into sim_poison values (${companyId}, ${saleId(till, sale)}, ${sqlstate}) on conflict do nothing`
    for (const event of plan.events)
      if (event.do === 'statement') this.server.faults.set(event.no, event.fault)
    for (let no = 1; no <= plan.tills.length; no++) {
      const till = { companyId, tillId: tillId(no), now: new Date(START) }
      this.#codes[no] = (await createEnrolmentCode(sql, till)).code
    }
    // From here on nothing real is waited for but in its turn.
    for (let no = 1; no <= plan.tills.length; no++) this.#enrol(no)
    let end = 0
    for (const event of plan.events) {
      if (!('at' in event)) continue
      end = Math.max(end, event.at)
      world.after(event.at, NOBODY, () => this.#happen(event))
    }
    // What heals must not be undone by a restore that was begun before.
    await world.run(() => world.now >= START + end && !this.office.isBusy)
  }

  /** A person tries until it works. */
  #enrol(no: number): void {
    const { world } = this
    const browser = this.#browser(no)
    const page = browser.open()
    world.after(0, page, () => {
      void (async () => {
        for (;;) {
          const outcome = await enrol(page.db, {
            code: this.#codes[no] ?? '',
            fetch: browser.fetchOf(page),
            now: browser.now,
            persist: async () => true,
            appVersion: 'simulated',
          })
          if (outcome.code === 'enrolled') break
          world.count('enrolment tried again')
          await new Promise<void>((resolve) => world.after(3000, page, () => resolve()))
        }
        this.enrolled.add(no)
        world.tell(`${page.name}: enrolled`)
        page.sync.wake()
        this.#cashier(no).resume()
      })()
    })
  }

  #happen(event: Extract<PlanEvent, { at: number }>): void {
    const { world, office } = this
    switch (event.do) {
      case 'price':
        office.price(event.product, event.price, event.heldMs)
        return
      case 'restock':
        office.restock(event.product, event.quantity)
        return
      case 'withdraw':
        office.withdraw(event.product)
        return
      case 'accept':
        office.accept()
        return
      case 'mend':
        office.mend()
        return
      case 'backup':
        office.backUp()
        return
      case 'restore':
        office.restore()
        return
    }
    const browser = this.browsers.get(event.till)
    if (browser === undefined) return
    switch (event.do) {
      case 'sell':
        this.#cashier(event.till).ask(event.tab, event.sales, event.gapMs)
        return
      case 'errand':
        this.#cashier(event.till).send(event.tab, event.errand)
        return
      case 'offline':
        world.tell(`${browser.name}: offline`)
        world.count('offline')
        browser.wire.online = false
        world.after(event.forMs, NOBODY, () => this.online(browser))
        return
      case 'revoke':
        office.setTillState(event.till, 'revoked')
        world.after(event.forMs, NOBODY, () => office.setTillState(event.till, 'active'))
        return
      case 'clock-jump':
        browser.skewMs += event.byMs
        world.count('clock jump')
        world.tell(`${browser.name}: clock jumps by ${event.byMs} ms`)
        return
      case 'rot':
        this.#rot(browser)
        return
    }
    if (!this.enrolled.has(event.till)) return
    switch (event.do) {
      case 'clone':
        this.#clone(browser, event.as)
        return
      case 'rescue': {
        const page = browser.pages.get(0)
        if (page !== undefined) world.after(0, page, () => void carryJournal(world, page, office, event))
        return
      }
      case 'second-tab':
        if (browser.pages.has(1)) return
        world.count('second tab')
        this.reopen(event.till, 1)
        world.after(event.forMs, NOBODY, () => browser.kill(1))
        return
      case 'storage-fault': {
        const page = browser.pages.get(event.tab)
        if (page !== undefined) page.storageFault = { kind: event.kind, after: event.after }
        return
      }
      case 'crash-till': {
        const page = browser.pages.get(event.tab)
        if (page === undefined) return
        page.diesAfter = event.afterSteps
        this.#reopenAfter(page, event.till, event.tab, event.backAfterMs)
        return
      }
    }
  }

  /** Somebody looks every second whether the page is gone, and opens it again after a while. */
  #reopenAfter(page: Page, till: number, tab: number, backAfterMs: number): void {
    const look = () => {
      if (page.alive) return this.world.after(1000, NOBODY, look)
      this.world.after(backAfterMs, NOBODY, () => {
        if (!this.#browser(till).pages.has(tab)) this.reopen(till, tab)
      })
    }
    look()
  }

  reopen(till: number, tab: number): void {
    const page = this.#browser(till).open(tab)
    this.world.tell(`${page.name}: opened`)
    this.#cashier(till).resume()
  }

  online(browser: Browser): void {
    if (browser.wire.online) return
    browser.wire.online = true
    this.world.tell(`${browser.name}: online`)
    for (const page of browser.pages.values()) this.world.after(0, page, () => page.sync.online())
  }

  #clone(browser: Browser, as: number): void {
    const { world } = this
    if (!isAtRest(browser.disk)) {
      world.after(1, NOBODY, () => this.#clone(browser, as))
      return
    }
    world.count('cloned till')
    world.tell(`${browser.name}: its profile is copied`)
    const copy = browser.clone(`${browser.name} copied`)
    copy.skewMs = browser.skewMs
    this.#add(as, copy)
    this.enrolled.add(as)
    this.reopen(as, 0)
  }

  /** A bit of an entry that waits goes wrong on the disk. */
  #rot(browser: Browser): void {
    const row = browser.journal().findLast(({ fate }) => fate === 'waiting')
    if (row === undefined || !isAtRest(browser.disk)) return
    rot(row, { raw: row.raw.replace(/"total":\d+/, '"total":1') })
    this.world.count('rotten entry')
    this.world.tell(`${browser.name}: entry ${row.seq} rots on the disk`)
  }

  #browser(no: number): Browser {
    const browser = this.browsers.get(no)
    if (browser === undefined) throw new Error(`no browser ${no}`)
    return browser
  }

  #cashier(no: number): Cashier {
    const cashier = this.cashiers.get(no)
    if (cashier === undefined) throw new Error(`no cashier ${no}`)
    return cashier
  }
}
