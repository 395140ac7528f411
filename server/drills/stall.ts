/** How long a till saw nothing acknowledged while it had something to send. */
export class Stall {
  longestMs = 0
  readonly #waiting = new Set<string>()
  readonly #now: () => number
  #since = 0

  constructor(now: () => number) {
    this.#now = now
  }

  get waiting(): number {
    return this.#waiting.size
  }

  recorded(hash: string): void {
    if (this.#waiting.size === 0) this.#since = this.#now()
    this.#waiting.add(hash)
  }

  acknowledged(hashes: readonly string[]): void {
    const before = this.#waiting.size
    for (const hash of hashes) this.#waiting.delete(hash)
    if (this.#waiting.size === before) return
    const now = this.#now()
    this.longestMs = Math.max(this.longestMs, now - this.#since)
    this.#since = now
  }
}
