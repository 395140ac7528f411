/** Chance from a seed: the same labels always give the same numbers, whatever else was drawn before. */
export class Random {
  #state: number

  constructor(...labels: readonly (string | number)[]) {
    let hash = 2166136261
    for (const label of labels)
      for (const char of `${label}/`) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619)
    this.#state = hash >>> 0
    // Neighbouring labels differ in few bits: stir before the first draw.
    for (let i = 0; i < 3; i++) this.next()
  }

  /** 0 ≤ n < 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number of `from` … `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
}
