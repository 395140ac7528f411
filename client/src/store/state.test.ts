import { expect, test } from 'vitest'
import { dropState, readState, withState, writeState } from './state.ts'
import { browserProfile } from './till-for-tests.ts'

test('what was read ahead and written meanwhile is what is read again, and is on disk afterwards', async () => {
  const db = browserProfile().open()
  await writeState(db, 'settlements', 1)
  await writeState(db, 'clockOffsetMs', 7)
  const seen = await db.transaction('rw', db.state, async () =>
    withState(db, ['settlements', 'clockOffsetMs', 'cursor'], async () => {
      await writeState(db, 'settlements', ((await readState(db, 'settlements')) ?? 0) + 1)
      await dropState(db, 'clockOffsetMs')
      await writeState(db, 'cursor', 'c1')
      return [
        await readState(db, 'settlements'),
        await readState(db, 'clockOffsetMs'),
        await readState(db, 'cursor'),
        (await db.state.get('cursor'))?.value,
      ]
    }),
  )
  expect(seen).toEqual([2, undefined, 'c1', 'c1'])
  expect(await readState(db, 'settlements')).toBe(2)
  expect(await readState(db, 'clockOffsetMs')).toBeUndefined()
})

test('a write that fails undoes the whole transaction, though nobody waited for it', async () => {
  const db = browserProfile().open()
  await writeState(db, 'settlements', 1)
  const unstorable = (() => undefined) as never
  await expect(
    db.transaction('rw', db.state, async () =>
      withState(db, ['settlements'], async () => {
        await writeState(db, 'settlements', 2)
        await writeState(db, 'cursor', unstorable)
      }),
    ),
  ).rejects.toThrow()
  expect(await readState(db, 'settlements')).toBe(1)
})

test('another transaction sees nothing of what one has read ahead', async () => {
  const db = browserProfile().open()
  await writeState(db, 'settlements', 1)
  await db.transaction('rw', db.state, async () =>
    withState(db, ['settlements'], async () => writeState(db, 'settlements', 2)),
  )
  await db.state.put({ key: 'settlements', value: 5 })
  expect(await readState(db, 'settlements')).toBe(5)
})
