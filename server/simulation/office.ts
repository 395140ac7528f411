import { pino } from 'pino'
import type { Sql } from '../src/db/connect.ts'
import { replayAllHeld, replayHeld } from '../src/office/held-entries.ts'
import { isRefused } from '../src/office/refused.ts'
import { importRescue } from '../src/office/rescue/import-rescue.ts'
import { grantToOwner } from '../test/owner.ts'
import { backUp, OUTLET, productId, restore, simId, tillId } from './company.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { type Actor, NOBODY, type World } from './world.ts'

const log = pino({ level: 'silent' })

type Reserved = Awaited<ReturnType<Sql['reserve']>>

/** People at head office, and whoever looks after its database. Their statements meet no faults. */
export class Office {
  readonly #world: World
  readonly #sql: Sql
  readonly #server: ServerUnderTest
  readonly #companyId: string
  #open: Reserved | undefined
  #backup: string | undefined
  #documents = 0
  #underWay = 0
  /** What the product refused head office, though nothing was wrong. */
  readonly complaints: string[] = []
  /** When it last changed anything a till should learn of. */
  changedAt = 0

  constructor(world: World, sql: Sql, server: ServerUnderTest, companyId: string) {
    this.#world = world
    this.#sql = sql
    this.#server = server
    this.#companyId = companyId
  }

  get #ports() {
    return { sql: this.#sql, now: () => new Date(this.#world.now), log }
  }

  /** Whether something that was begun is not done yet. */
  get isBusy(): boolean {
    return this.#underWay > 0
  }

  #do(what: string, work: () => Promise<unknown>, actor: Actor = NOBODY): void {
    this.#underWay++
    this.#world.io(0, actor, async () => {
      await work()
      return () => {
        this.#underWay--
        this.changedAt = this.#world.now
        this.#world.count(what)
        this.#world.tell(`office: ${what}`)
      }
    })
  }

  price(product: number, price: number, heldMs: number): void {
    const change = (sql: Sql) => sql`
      update product set price = ${price}
      where company_id = ${this.#companyId} and product_id = ${productId(product)}`
    if (heldMs === 0 || this.#open !== undefined) {
      // Two changes of one product at once would wait for each other here.
      if (this.#open === undefined) this.#do('price change', async () => change(this.#sql))
      return
    }
    this.#do('price change, committed late', async () => {
      this.#open = await this.#sql.reserve()
      await this.#open`begin`
      await change(this.#open as unknown as Sql)
      this.#world.io(heldMs, NOBODY, async () => {
        await this.commit()
        return () => {}
      })
    })
  }

  /** Ends the change that is under way. */
  async commit(): Promise<void> {
    const open = this.#open
    if (open === undefined) return
    this.#open = undefined
    await open`commit`
    open.release()
    this.changedAt = this.#world.now
    this.#world.tell('office: committed')
  }

  restock(product: number, quantity: number): void {
    const id = simId(9, 100 + ++this.#documents)
    this.#do('stock adjusted', async () => {
      await this.#sql`
        with moved as (
          insert into stock_movement (company_id, source_id, line_no, outlet_id, product_id, quantity, reason, at)
          values (${this.#companyId}, ${id}, 1, ${OUTLET}, ${productId(product)}, ${quantity}, 'adjustment', now()))
        update stock_level set on_hand = on_hand + ${quantity}
        where company_id = ${this.#companyId} and outlet_id = ${OUTLET} and product_id = ${productId(product)}`
    })
  }

  withdraw(product: number): void {
    if (this.#open !== undefined) return
    this.#do('product withdrawn', async () => {
      await this.#sql`
        update product set deleted_at = ${new Date(this.#world.now)}
        where company_id = ${this.#companyId} and product_id = ${productId(product)}`
    })
  }

  setTillState(till: number, state: 'active' | 'revoked'): void {
    this.#do(`till ${state}`, async () => {
      await this.#sql`
        update till set state = ${state}
        where company_id = ${this.#companyId} and till_id = ${tillId(till)} and state <> 'waiting-for-enrolment'`
    })
  }

  /** For what a server that fails on an entry cannot do: the person tries again later. */
  #doUntilItWorks(what: string, work: () => Promise<void>): void {
    let failed = false
    this.#do(what, async () => {
      await work().catch((error: unknown) => {
        if ((error as { code?: unknown }).code !== 'XX000') throw error
        failed = true
      })
      if (!failed) return
      this.#world.count(`${what}: failed`)
      this.#world.after(20_000, NOBODY, () => this.#doUntilItWorks(what, work))
    })
  }

  /** Lets count whatever is held of revoked tills by now. */
  accept(): void {
    this.#doUntilItWorks('revoked entries accepted', async () => {
      const mayResolve = grantToOwner(this.#companyId, 'exception.resolve')
      const open = await this.#sql<{ exception_id: string }[]>`
        select exception_id from exception
        where company_id = ${this.#companyId} and type = 'revoked-till' and state = 'open' order by subject`
      for (const { exception_id } of open) {
        const report = await replayHeld(this.#ports, mayResolve, exception_id)
        if (isRefused(report)) this.complaints.push(`accepting was refused: ${report.refused.message}`)
        else this.#world.count('entry of a revoked till accepted', report.applied)
      }
    })
  }

  /** The server takes from now on what it could not store, and reads again what it put aside. */
  mend(): void {
    this.#do('server mended', async () => {
      await this.#sql`delete from sim_poison where company_id = ${this.#companyId}`
      const mayResolve = grantToOwner(this.#companyId, 'exception.resolve')
      const report = await replayAllHeld(this.#ports, mayResolve, 'unreadable')
      this.#world.count('quarantined entry replayed', report.applied)
    })
  }

  importJournal(bytes: Uint8Array): void {
    this.#doUntilItWorks('journal imported', async () => {
      const mayImport = grantToOwner(this.#companyId, 'till.enrol')
      const upload = (async function* () {
        yield bytes
      })()
      const report = await importRescue(this.#ports, mayImport, upload, { commit: true })
      if (isRefused(report)) {
        this.complaints.push(`an import was refused: ${report.refused.message}`)
        return
      }
      if (report.signature !== 'good') this.complaints.push(`an import's signature is ${report.signature}`)
      this.#world.count('imported entry applied', report.applied)
      this.#world.count('imported entry known', report.duplicate)
    })
  }

  backUp(): void {
    this.#do('backup', async () => {
      this.#backup = await backUp(this.#sql, this.#companyId)
    })
  }

  /** The database is found again as it was; whoever asks it sees that it is another one now. */
  restore(): void {
    const backup = this.#backup
    if (backup === undefined) return
    this.#server.crash()
    this.#do('restore', async () => {
      await this.commit()
      await restore(this.#sql, this.#companyId, backup)
      this.#server.life++
    })
  }

  async heal(): Promise<void> {
    await this.commit()
    await this.#sql`delete from sim_poison where company_id = ${this.#companyId} and sqlstate = 'XX000'`
    await this
      .#sql`update till set state = 'active' where company_id = ${this.#companyId} and state = 'revoked'`
    this.changedAt = this.#world.now
  }
}
