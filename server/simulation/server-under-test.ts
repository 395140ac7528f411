import type { Hono } from 'hono'
import { pino } from 'pino'
import type { Sql } from '../src/db/connect.ts'
import { createApp } from '../src/http/app.ts'
import { type Gate, gatedSql, type StatementFault } from './gated-sql.ts'
import { Random } from './random.ts'
import type { Actor, World } from './world.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array<ArrayBuffer>
}

const log = pino({ level: process.env.SIMULATION_LOG ?? 'silent' })

/** The real app, one process of it at a time. A crash takes with it whatever was in its memory. */
export class ServerUnderTest {
  #app: Hono | undefined
  #open = new Set<{ readonly actor: Actor; readonly broken: () => void }>()
  #statements = 0
  #served = 0
  /** By number of the statement, counted from the start of the history. */
  readonly faults = new Map<number, StatementFault>()
  /** How often the database was restored: its cursors are foreign to one another. */
  life = 0
  downMs = 1000

  constructor(
    readonly world: World,
    readonly sql: Sql,
    readonly seed: number,
  ) {
    this.start()
  }

  get statements(): number {
    return this.#statements
  }

  start(): void {
    const { world } = this
    const random = new Random(this.seed, 'server', this.#statements)
    const gate: Gate = {
      world,
      latencyMs: () => 1 + Math.floor(random.next() * random.next() * 40),
      faultOf: () => {
        const no = ++this.#statements
        const fault = this.faults.get(no)
        this.faults.delete(no)
        return fault
      },
      crash: () => this.crash(),
      onRows: ([row]) => {
        // Where the database says who it is: a restored one is another.
        if (row !== undefined && 'identity' in row && 'horizon' in row) row.identity += `-${this.life}`
      },
    }
    const sleep = (ms: number) =>
      new Promise<void>((resolve) => world.after(ms, world.current as Actor, () => resolve()))
    const deps = {
      sql: gatedSql(this.sql, gate),
      config: {},
      log,
      now: () => new Date(world.now),
      sleep,
      random: () => random.next(),
    }
    this.#app = createApp(deps)
  }

  /** The process is killed, and comes back by itself a while later. */
  crash(): void {
    if (this.#app === undefined) return
    this.world.tell('server: killed')
    this.world.count('server crash')
    this.#app = undefined
    for (const { actor, broken } of this.#open) {
      actor.alive = false
      broken()
    }
    this.#open.clear()
    const operator: Actor = { name: 'operator', alive: true }
    this.world.after(this.downMs, operator, () => {
      this.world.tell('server: started again')
      this.start()
    })
  }

  /** `answered` or `broken` is called as the world's, never both. */
  serve(request: Request, answered: (reply: Reply) => void, broken: () => void): void {
    const app = this.#app
    if (app === undefined) {
      broken()
      return
    }
    const actor: Actor = { name: `request ${++this.#served}`, alive: true }
    const exchange = { actor, broken }
    this.#open.add(exchange)
    this.world.after(0, actor, () => {
      void (async () => {
        const response = await app.fetch(request)
        const body = new Uint8Array(await response.arrayBuffer())
        if (!actor.alive) return
        this.#open.delete(exchange)
        answered({ status: response.status, headers: response.headers, body })
      })()
    })
  }
}
