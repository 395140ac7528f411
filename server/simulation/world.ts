import { Random } from './random.ts'
import { realImmediate } from './real-time.ts'

/*
 * The clock and the order of everything. All that could depend on the machine's timing passes through here:
 *
 *   IndexedDB's tasks   run at once, in the order they were queued (or late, on a slow disk)
 *   SQL statements      start when their turn comes; nothing else moves until the answer is here
 *   messages, sleeps    are events at a virtual time
 *
 * Between two of these only microtasks run, and those keep their order by themselves. So a seed is one history.
 */

/** Whoever acts: a page of a till, a request in the server, the office. What a dead one does has no effect. */
export interface Actor {
  readonly name: string
  alive: boolean
  /** Dies after that many more steps. */
  diesAfter?: number | undefined
  readonly onDeath?: () => void
  /** How long an IndexedDB step of this actor takes; 0 is at once. */
  stepMs?: number
}

interface Event {
  readonly at: number
  readonly no: number
  readonly actor: Actor
  readonly run: (() => void) | undefined
  /** Real input and output, alone in the world; then what follows from it. */
  readonly io?: () => Promise<() => void>
}

/** A run of the world: until when, and who waits for it. */
interface Going {
  readonly enough: () => boolean
  readonly ended: (error?: unknown) => void
}

export const NOBODY: Actor = { name: 'world', alive: true }

/** Turns asked of Node at once: a round of its event loop for each would cost more than most steps. */
const TURNS = 64

export class World {
  /** Milliseconds since 1970, as an honest clock would show. */
  now: number
  current: Actor | undefined
  readonly counts = new Map<string, number>()
  /** What happened, for whoever reads a failing history; kept only when asked for. */
  readonly story: string[] | undefined
  /** Grows with every step: two runs that took the same steps end with the same number. */
  trace = 0
  /** For whoever asks the platform instead of being given chance. */
  readonly random: Random
  ids = 0
  keys = 0
  #events: Event[] = []
  #no = 0
  #tasks: { readonly actor: Actor; readonly run: () => void }[] = []
  #taskAt = 0
  #turns = 0
  /** What comes next, and only then, when a statement was answered. */
  #answered: (() => void) | undefined
  #going: Going | undefined
  #waits = false

  constructor(start: number, seed: number, options: { readonly story?: boolean } = {}) {
    this.now = start
    this.random = new Random(seed, 'world')
    this.story = options.story ? [] : undefined
  }

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by)
  }

  tell(what: string): void {
    this.story?.push(`${new Date(this.now).toISOString().slice(11, 23)}  ${what}`)
  }

  /** Runs `run` as `actor` after so many milliseconds. */
  after(ms: number, actor: Actor, run: () => void): void {
    this.#push({ at: this.now + Math.max(0, ms), no: this.#no++, actor, run })
  }

  /** Talks to the real database after so many milliseconds; nothing else moves until it has answered. */
  io(ms: number, actor: Actor, io: () => Promise<() => void>): void {
    this.#push({ at: this.now + Math.max(0, ms), no: this.#no++, actor, run: undefined, io })
  }

  /** IndexedDB's task queue. */
  task(run: () => void): void {
    const actor = this.current ?? NOBODY
    if (actor.stepMs) {
      this.after(actor.stepMs, actor, run)
      return
    }
    this.#tasks.push({ actor, run })
  }

  /** Goes on until `enough` or until nothing is left to happen. */
  run(enough: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = (error?: unknown) => {
        this.#going = undefined
        this.current = undefined
        if (error === undefined) resolve()
        else reject(error)
      }
      this.#going = { enough, ended }
      this.#goOn()
    })
  }

  #goOn(): void {
    if (this.#turns > 0) return
    this.#turns = TURNS
    for (let i = 0; i < TURNS; i++) realImmediate(this.#turn)
  }

  // Node runs all microtasks between two of these.
  readonly #turn = (): void => {
    this.#turns--
    const going = this.#going
    if (going === undefined || this.#waits) return
    try {
      this.#step(going)
    } catch (error) {
      going.ended(error)
    }
    if (this.#going !== undefined && !this.#waits) this.#goOn()
  }

  #step({ enough, ended }: Going): void {
    const answered = this.#answered
    if (answered !== undefined) {
      this.#answered = undefined
      answered()
      return
    }
    const task = this.#tasks[this.#taskAt]
    if (task !== undefined) {
      this.#taskAt++
      this.#act(task.actor, task.run)
      return
    }
    this.#tasks = []
    this.#taskAt = 0
    this.current = undefined
    const event = enough() ? undefined : this.#pop()
    if (event === undefined) {
      ended()
      return
    }
    this.now = Math.max(this.now, event.at)
    if (!event.actor.alive) return
    if (event.io === undefined) this.#act(event.actor, event.run)
    else this.#await(event.actor, event.io)
  }

  #await(actor: Actor, io: () => Promise<() => void>): void {
    this.#waits = true
    io().then(
      (follow) => {
        this.#waits = false
        this.#answered = () => this.#act(actor, follow)
        this.#goOn()
      },
      (error) => {
        this.#waits = false
        this.#going?.ended(error)
      },
    )
  }

  #act(actor: Actor, run: (() => void) | undefined): void {
    if (!actor.alive) return
    this.current = actor
    run?.()
    this.#stepped(actor)
  }

  kill(actor: Actor): void {
    if (!actor.alive) return
    actor.alive = false
    actor.onDeath?.()
  }

  #stepped(actor: Actor): void {
    this.trace = (Math.imul(this.trace, 31) + this.#no + actor.name.length) | 0
    if (actor.diesAfter === undefined || !actor.alive) return
    actor.diesAfter--
    if (actor.diesAfter <= 0) this.kill(actor)
  }

  // A binary heap: by time, then by the order in which the events were made.
  #push(event: Event): void {
    const heap = this.#events
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent] as Event
      if (!isBefore(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  #pop(): Event | undefined {
    const heap = this.#events
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      const right = heap[child + 1]
      if (right !== undefined && isBefore(right, heap[child] as Event)) child++
      const below = heap[child] as Event
      if (!isBefore(below, last)) break
      heap[at] = below
      at = child
    }
    heap[at] = last
    return first
  }
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.no < b.no)
