import { expect, onTestFinished, test, vi } from 'vitest'
import { leaveTill } from './enrolment.ts'
import { browserProfile, enrolledTill, NOW, sellMany } from './till-for-tests.ts'
import { lostTill, rememberTill } from './till-memory.ts'

function keeping(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage
}

test('what a till is and has not sent is remembered outside its database', async () => {
  const keep = keeping()
  const db = await enrolledTill()
  onTestFinished(rememberTill(db, keep, () => NOW))
  await vi.waitFor(() => expect(lostTill(keep)).toMatchObject({ tillName: 'Counter 1', unsent: 0 }))
  await sellMany(db, 1)
  await vi.waitFor(
    () =>
      expect(lostTill(keep)).toEqual({
        companyName: 'Tiong Minimart',
        outletCode: 'BR',
        tillCode: 'T1',
        tillName: 'Counter 1',
        unsent: 1,
        lastReceiptNo: 'BR-T1-000001',
        at: NOW.toISOString(),
      }),
    { timeout: 5000 },
  )
})

test('a browser whose database is gone goes on remembering', async () => {
  const keep = keeping()
  const db = await enrolledTill()
  const stop = rememberTill(db, keep, () => NOW)
  await vi.waitFor(() => expect(lostTill(keep)).toBeDefined())
  stop()
  const emptied = browserProfile().open()
  onTestFinished(rememberTill(emptied, keep, () => NOW))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(lostTill(keep)).toMatchObject({ tillName: 'Counter 1' })
})

test('a till that was left is not a lost one', async () => {
  const keep = keeping()
  const db = await enrolledTill()
  onTestFinished(rememberTill(db, keep, () => NOW))
  await vi.waitFor(() => expect(lostTill(keep)).toBeDefined())
  expect(await leaveTill(db, { typedCode: 'BR-T1', now: NOW })).toEqual({ code: 'left' })
  await vi.waitFor(() => expect(lostTill(keep)).toBeUndefined(), { timeout: 5000 })
})

test.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['something else', '[1]'],
  ['half of it', '{"tillName":"Counter 1"}'],
])('%s is remembered as nothing', (_, text) => {
  const keep = keeping()
  if (text !== undefined) keep.setItem('evertill-till', text)
  expect(lostTill(keep)).toBeUndefined()
})

test('a browser that forbids it remembers nothing and goes on', () => {
  const refusing = {
    getItem: () => {
      throw new DOMException('no', 'SecurityError')
    },
  } as unknown as Storage
  expect(lostTill(refusing)).toBeUndefined()
  expect(lostTill(undefined)).toBeUndefined()
})
