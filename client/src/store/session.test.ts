import { expect, test } from 'vitest'
import { readLeaver, readSession, signIn, signOut } from './session.ts'
import { writeState } from './state.ts'
import { browserProfile, enrolledTill, NOW, STAFF } from './till-for-tests.ts'

test('a sign-in lasts as long as its page and is not seen by another tab', async () => {
  const profile = browserProfile()
  const db = await enrolledTill(profile)
  await signIn(db, STAFF, NOW)
  expect(await readSession(db)).toMatchObject({ staffId: STAFF })
  expect(await readSession(profile.open())).toBeUndefined()
  await signOut(db)
  expect(await readSession(db)).toBeUndefined()
})

test('someone who left the staff is signed out', async () => {
  const db = await enrolledTill()
  await signIn(db, STAFF, NOW)
  await db.staff.delete(STAFF)
  expect(await readSession(db)).toBeUndefined()
  await writeState(db, 'formerStaff', { [STAFF]: 'Siti' })
  expect(await readLeaver(db)).toBe('Siti')
  await signOut(db)
  expect(await readLeaver(db)).toBeUndefined()
})

test('the sign-ins of pages long closed are cleared away', async () => {
  const profile = browserProfile()
  const old = await enrolledTill(profile)
  await signIn(old, STAFF, NOW)
  old.close()
  const db = profile.open()
  await signIn(db, STAFF, new Date(NOW.getTime() + 8 * 86_400_000))
  expect(await db.state.where('key').startsWith('session:').count()).toBe(1)
})
