import { readState, writeState } from './state.ts'
import type { TillDatabase } from './till-database.ts'

/** Who is signed in on this page. A new page asks for the PIN again. */
export interface Session {
  readonly staffId: string
  readonly signedInAt: string
}

const MOST_REMEMBERED = 50

const keyOf = (db: TillDatabase) => `session:${db.pageId}`

/** Undefined when nobody is signed in, or when the person has left the staff. */
export async function readSession(db: TillDatabase): Promise<Session | undefined> {
  const row = await db.state.get(keyOf(db))
  if (row === undefined) return undefined
  const session = row.value as Session
  return (await db.staff.get(session.staffId)) === undefined ? undefined : session
}

/** Who was signed in on this page and has left the staff since; undefined where nobody was, or still is. */
export async function readLeaver(db: TillDatabase): Promise<string | undefined> {
  const staffId = ((await db.state.get(keyOf(db)))?.value as Session | undefined)?.staffId
  if (staffId === undefined || (await db.staff.get(staffId)) !== undefined) return undefined
  return (await readState(db, 'formerStaff'))?.[staffId]
}

export async function signIn(db: TillDatabase, staffId: string, now: Date): Promise<void> {
  await db.transaction('rw', db.state, async () => {
    // Pages that were closed leave their sign-in behind; no page is open for a week.
    const weekAgo = new Date(now.getTime() - 7 * 86_400_000).toISOString()
    await db.state
      .where('key')
      .startsWith('session:')
      .and((row) => (row.value as Session).signedInAt < weekAgo)
      .delete()
    const session: Session = { staffId, signedInAt: now.toISOString() }
    await db.state.put({ key: keyOf(db), value: session })
    const before = (await readState(db, 'signedInLately')) ?? []
    const others = before.filter((other) => other !== staffId)
    await writeState(db, 'signedInLately', [staffId, ...others].slice(0, MOST_REMEMBERED))
  })
}

export async function signOut(db: TillDatabase): Promise<void> {
  await db.state.delete(keyOf(db))
}
