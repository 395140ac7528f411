import { Dexie, liveQuery } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { followCalmly } from './follow.ts'
import { writeState } from './state.ts'
import { openTillDatabase, type TillDatabase } from './till-database.ts'

const REST_MS = 30

let db: TillDatabase
beforeEach(() => {
  const indexedDB = new IDBFactory()
  // A live query asks nothing where the page has no IndexedDB.
  Dexie.dependencies.indexedDB = indexedDB
  db = openTillDatabase({ indexedDB, IDBKeyRange })
})

const hears = (expectation: () => void) => vi.waitFor(expectation, { timeout: 20_000 })

/** Follows the cursor, and counts how often it was read. */
function followCursor() {
  const heard: unknown[] = []
  let asked = 0
  const stop = followCalmly(
    () => {
      asked += 1
      return db.state.get('cursor').then((row) => row?.value)
    },
    REST_MS,
    {
      next: (value) => heard.push(value),
      error: (error) => {
        throw error
      },
    },
  )
  return { heard, asked: () => asked, stop }
}

test('what has changed is heard after a rest', async () => {
  const { heard, stop } = followCursor()
  await hears(() => expect(heard).toEqual([undefined]))
  await writeState(db, 'cursor', 'one')
  await hears(() => expect(heard).toEqual([undefined, 'one']))
  await writeState(db, 'cursor', 'two')
  await hears(() => expect(heard).toEqual([undefined, 'one', 'two']))
  stop()
})

test('many changes cost one reading, and the last of them is heard', async () => {
  const { heard, asked, stop } = followCursor()
  await hears(() => expect(heard).toEqual([undefined]))
  const before = asked()
  await Promise.all(['one', 'two', 'three'].map((cursor) => writeState(db, 'cursor', cursor)))
  await hears(() => expect(heard).toEqual([undefined, 'three']))
  expect(asked() - before).toBe(1)
  stop()
})

test('a change while it reads is heard too', async () => {
  const { heard, stop } = followCursor()
  await writeState(db, 'cursor', 'one')
  await hears(() => expect(heard.at(-1)).toBe('one'))
  stop()
})

test('nothing is heard after the end', async () => {
  const { heard, stop } = followCursor()
  await hears(() => expect(heard).toEqual([undefined]))
  await writeState(db, 'cursor', 'one')
  stop()
  await new Promise((resolve) => setTimeout(resolve, 3 * REST_MS))
  expect(heard).toEqual([undefined])
})

/** Else it grows by what every sale writes, all day long; no test can see that from outside. */
test('a live query keeps nothing of changes that do not concern it: Dexie is patched (patches/)', () => {
  expect(String(liveQuery)).toContain('else if (answered)')
})
