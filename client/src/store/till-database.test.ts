import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test, vi } from 'vitest'
import { openTillDatabase, storageProblem, tryOpen, watchOtherTabs } from './till-database.ts'
import { browserProfile, enrolledTill, sellMany, TILL } from './till-for-tests.ts'

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
  newer.version(99).stores({ shift: 'shiftId' })
  await newer.open()
  spoken.mockRestore()
  expect(heard).toEqual(['updated-elsewhere'])
  expect(await newer.journal.count()).toBe(1)
  const [second] = await sellMany(db, 1)
  expect(second?.entry.seq).toBe(2)
  expect(await newer.journal.count()).toBe(2)
})

test('the journal of a till that was last opened by the first version of the app is taken over as it is', async () => {
  const indexedDB = new IDBFactory()
  const old = new Dexie('evertill', { indexedDB, IDBKeyRange })
  old.version(1).stores({
    journal: '[tillId+epoch+seq], &id, hash, [tillId+fate+epoch+seq], [fate+settledAt], overlaid',
    state: 'key',
  })
  await old.table('state').add({ key: 'cursor', value: 'c1' })
  const row = { tillId: TILL, epoch: 1, seq: 1, id: 'a', hash: 'b', raw: '{}', kind: 'sale', at: '' }
  await old.table('journal').add({ ...row, fate: 'waiting', overlaid: 1 })
  old.close()
  const db = openTillDatabase({ indexedDB, IDBKeyRange })
  expect(await db.journal.toArray()).toEqual([{ ...row, fate: 'waiting', overlaid: 1 }])
  // It had no place for promotions: a cursor after them would leave them out for ever.
  expect(await db.state.get('cursor')).toBeUndefined()
  expect(await db.journal.where('originalId').equals('a').count()).toBe(0)
})
