import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { openTillDatabase, storageProblem, tryOpen, watchOtherTabs } from './till-database.ts'
import { browserProfile, enrolledTill, sellMany } from './till-for-tests.ts'

test('a browser without IndexedDB is told apart from one that has it', async () => {
  expect(await tryOpen(browserProfile().open())).toEqual({ code: 'open' })
  const broken = {
    open: () => {
      throw new DOMException('private window', 'SecurityError')
    },
  } as unknown as IDBFactory
  expect(await tryOpen(openTillDatabase({ indexedDB: broken, IDBKeyRange }))).toMatchObject({
    code: 'storage-unavailable',
  })
})

test('a full disk is told from a failing one through whatever wraps it', () => {
  const quota = { name: 'AbortError', inner: { name: 'QuotaExceededError' } }
  expect(storageProblem(Object.assign(new Error('full'), quota))).toEqual({
    cause: 'storage-full',
    message: 'full',
  })
  expect(storageProblem(Object.assign(new Error('gone'), { name: 'DatabaseClosedError' }))).toMatchObject({
    cause: 'storage-failed',
  })
  expect(storageProblem(new TypeError('a bug'))).toBeUndefined()
  expect(storageProblem(undefined)).toBeUndefined()
})

test('a tab of a newer version may change the database; the old one says so and goes on selling', async () => {
  const indexedDB = new IDBFactory()
  const profile = { open: () => openTillDatabase({ indexedDB, IDBKeyRange }) }
  const db = await enrolledTill(profile)
  await sellMany(db, 1)
  const heard: string[] = []
  watchOtherTabs(db, (code) => heard.push(code))

  // Dexie speaks of it on the console.
  const spoken = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const newer = openTillDatabase({ indexedDB, IDBKeyRange })
  newer.version(2).stores({ shift: 'shiftId' })
  await newer.open()
  spoken.mockRestore()
  expect(heard).toEqual(['updated-elsewhere'])
  expect(await newer.journal.count()).toBe(1)
  const [second] = await sellMany(db, 1)
  expect(second?.entry.seq).toBe(2)
  expect(await newer.journal.count()).toBe(2)
})
