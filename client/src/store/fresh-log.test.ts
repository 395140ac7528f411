import { IDBFactory } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { beginFreshLog, followsOrderly } from './fresh-log.ts'

test('it leaves nothing behind, also where one that was cut off did', async () => {
  const factory = new IDBFactory()
  const cutOff = factory.open('evertill-fresh-log')
  await new Promise((resolve) => {
    cutOff.onupgradeneeded = () => cutOff.result.createObjectStore('filling').put(1, 1)
    cutOff.onsuccess = resolve
  })
  cutOff.result.close()
  await beginFreshLog(factory)
  await beginFreshLog(factory)
  expect(await factory.databases()).toEqual([])
})

test('a page that was loaded again in its tab follows in order, one after a crash or in a new tab does not', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage
  const [first, second, third] = [new EventTarget(), new EventTarget(), new EventTarget()]
  expect(followsOrderly(storage, first)).toBe(false)
  first.dispatchEvent(new Event('pagehide'))
  expect(followsOrderly(storage, second)).toBe(true)
  // No page is left in order when the power goes.
  expect(followsOrderly(storage, third)).toBe(false)
})
