import { createHmac, randomBytes } from 'node:crypto'
import { PIN_ARGON2, PIN_LOCK_MS } from '@evertill/shared/protocol/pin'
import fc from 'fast-check'
import { argon2id } from 'hash-wasm'
import { describe, expect, test } from 'vitest'
import { afterAttempt, checkPin, type PinAttempts } from './pin.ts'
import { signIn } from './session.ts'
import type { TillDatabase } from './till-database.ts'
import { browserProfile, enrolledTill, NOW, TILL } from './till-for-tests.ts'

/** Made as the server makes it, with Node's own HMAC. */
async function hire(db: TillDatabase, name: string, pin: string, tillId = TILL): Promise<void> {
  const salt = randomBytes(16)
  const base = await argon2id({ password: pin, salt, ...PIN_ARGON2, outputType: 'binary' })
  await db.staff.put({
    staffId: crypto.randomUUID(),
    name,
    role: 'cashier',
    permissions: ['sale.make'],
    pinSalt: salt.toString('hex'),
    pinVerifier: createHmac('sha256', base).update(tillId).digest('hex'),
  })
}
const later = (ms: number) => new Date(NOW.getTime() + ms)

describe('a PIN', () => {
  test('tells who it belongs to, without the network', async () => {
    const db = await enrolledTill()
    await hire(db, 'Aisha', '1234')
    await hire(db, 'Ravi', '987654')
    expect(await checkPin(db, '987654', NOW)).toMatchObject({ code: 'ok', staff: { name: 'Ravi' } })
    expect(await checkPin(db, '1234', NOW)).toMatchObject({ code: 'ok', staff: { name: 'Aisha' } })
    expect(await checkPin(db, '4321', NOW)).toEqual({ code: 'wrong', attemptsLeft: 4 })
  })

  test('is tried first on those who signed in last', async () => {
    const db = await enrolledTill()
    // No shop has one PIN twice: only the order decides here.
    const names = ['Aisha', 'Ravi', 'Siew Hoon']
    for (const name of names) await hire(db, name, '1234')
    const hired = (await db.staff.toArray()).filter(({ name }) => names.includes(name))
    for (const { staffId, name } of hired.toReversed()) {
      await signIn(db, staffId, NOW)
      expect(await checkPin(db, '1234', NOW)).toMatchObject({ code: 'ok', staff: { name } })
    }
  })

  test('made for another till opens nothing here', async () => {
    const db = await enrolledTill()
    await hire(db, 'Aisha', '1234', '01900000-0000-7000-8000-0000000000ff')
    expect(await checkPin(db, '1234', NOW)).toMatchObject({ code: 'wrong' })
  })

  test('typed wrong five times locks the till for a minute, also across a restart and for the right PIN', async () => {
    const profile = browserProfile()
    const db = await enrolledTill(profile)
    await hire(db, 'Aisha', '1234')
    for (const attemptsLeft of [4, 3, 2, 1])
      expect(await checkPin(db, '0000', NOW)).toEqual({ code: 'wrong', attemptsLeft })
    const until = later(PIN_LOCK_MS)
    expect(await checkPin(db, '0000', NOW)).toEqual({ code: 'locked', until })
    db.close()
    const reopened = profile.open()
    expect(await checkPin(reopened, '1234', later(PIN_LOCK_MS - 1))).toEqual({ code: 'locked', until })
    expect(await checkPin(reopened, '1234', until)).toMatchObject({ code: 'ok' })
    expect(await checkPin(reopened, '0000', until)).toEqual({ code: 'wrong', attemptsLeft: 4 })
  })

  test('that is right counts no attempt, but buys no new ones for who guesses at another’s', async () => {
    const db = await enrolledTill()
    await hire(db, 'Aisha', '1234')
    for (const pin of ['0000', '0000', '0000', '0000']) await checkPin(db, pin, NOW)
    for (let i = 0; i < 3; i++) expect(await checkPin(db, '1234', NOW)).toMatchObject({ code: 'ok' })
    expect(await checkPin(db, '0000', NOW)).toMatchObject({ code: 'locked' })
  })

  test('typed wrong is forgiven after as long as five of them lock', async () => {
    const db = await enrolledTill()
    for (const pin of ['0000', '0000', '0000', '0000']) await checkPin(db, pin, NOW)
    expect(await checkPin(db, '0000', later(PIN_LOCK_MS))).toEqual({ code: 'wrong', attemptsLeft: 4 })
  })

  test('guessed in many tabs at once gives no more guesses than in one', async () => {
    const profile = browserProfile()
    const db = await enrolledTill(profile)
    await hire(db, 'Aisha', '1234')
    const tabs = [db, profile.open(), profile.open()]
    const guesses = await Promise.all(
      Array.from({ length: 9 }, (_, i) => checkPin(tabs[i % 3] ?? db, '0000', NOW)),
    )
    expect(guesses.filter((guess) => guess.code === 'wrong')).toHaveLength(4)
  })
})

test('a clock that was set back locks nobody out for longer than a minute', () => {
  const locked: PinAttempts = { count: 5, lockedUntil: 10_000_000 }
  expect(afterAttempt(locked, 0)).toEqual({ code: 'counted', attempts: { count: 1, at: 0 } })
})

test('in any minute there are at most five guesses', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 60 }), (gaps) => {
      let attempts: PinAttempts | undefined
      let now = 0
      let sinceLock = 0
      for (const gap of gaps) {
        now += gap
        const next = afterAttempt(attempts, now)
        if (next.code === 'locked') {
          expect(next.until).toBeGreaterThan(now)
          continue
        }
        attempts = next.attempts
        sinceLock = attempts.count
        expect(sinceLock).toBeLessThanOrEqual(5)
        expect(attempts.lockedUntil === undefined).toBe(sinceLock < 5)
      }
    }),
  )
})
