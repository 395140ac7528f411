import { setImmediate as breath } from 'node:timers/promises'

const AT_A_TIME = 500

/** The items of a long list one after another, with pauses in which the server answers its tills. */
export async function* inBreaths<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const [i, item] of items.entries()) {
    if (i % AT_A_TIME === 0) await breath()
    yield item
  }
}
