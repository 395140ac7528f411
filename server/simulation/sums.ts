/** Σ by key, and where two such sums differ. */
export class Sums {
  readonly #sums = new Map<string, number>()

  add(key: string, amount: number): void {
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + amount)
  }

  of(key: string): number {
    return this.#sums.get(key) ?? 0
  }

  differences(found: Sums): string[] {
    const keys = new Set([...this.#sums.keys(), ...found.#sums.keys()])
    return [...keys]
      .filter((key) => this.of(key) !== found.of(key))
      .map((key) => `${key}: expected ${this.of(key)}, found ${found.of(key)}`)
  }
}

export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group === undefined) groups.set(keyOf(item), [item])
    else group.push(item)
  }
  return groups
}

/** What is in one set and not in the other, in words. */
export function differentSets(
  what: string,
  expected: ReadonlySet<string>,
  found: ReadonlySet<string>,
): string[] {
  return [
    ...[...expected].filter((item) => !found.has(item)).map((item) => `no ${what} ${item}`),
    ...[...found].filter((item) => !expected.has(item)).map((item) => `${what} ${item} for no reason`),
  ]
}
