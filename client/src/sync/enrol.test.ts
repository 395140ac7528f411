import { zEnrolRequest } from '@evertill/shared/protocol/enrol'
import { describe, expect, test } from 'vitest'
import { readTill } from '../store/till.ts'
import type { TillDatabase } from '../store/till-database.ts'
import {
  browserProfile,
  COMPANY,
  enrolledTill,
  OUTLET,
  pullAnswer,
  sellMany,
  TILL,
} from '../store/till-for-tests.ts'
import { type EnrolInput, enrol } from './enrol.ts'
import type { Fetch } from './request.ts'

const SERVER_TIME = '2026-03-01T04:00:00.000Z'

/** Answers the same code with the same key the same, as the protocol promises. */
function enrolmentDesk(fails: ('request' | 'response')[] = []) {
  const keys: string[] = []
  const fetch: Fetch = async (path, init) => {
    if (path.startsWith('/api/pull')) return Response.json(pullAnswer({ serverTime: SERVER_TIME }))
    const fail = fails.shift()
    if (fail === 'request') throw new TypeError('fetch failed')
    const { publicKey } = zEnrolRequest.parse(JSON.parse(String(init.body)))
    keys.push(JSON.stringify(publicKey))
    if (fail === 'response') throw new TypeError('socket hang up')
    if (keys[0] !== JSON.stringify(publicKey))
      return Response.json({ code: 'enrolment-code-used', message: 'used' }, { status: 410 })
    return Response.json({
      companyId: COMPANY,
      companyName: 'Tiong Minimart',
      outletId: OUTLET,
      outletCode: 'BR',
      tillId: TILL,
      tillCode: 'T1',
      tillName: 'Counter 1',
      epoch: keys.length > 0 ? 1 : 0,
      receipts: 41,
      serverTime: SERVER_TIME,
    })
  }
  return { fetch, keys }
}

const input = (fetch: Fetch, changes: Partial<EnrolInput> = {}): EnrolInput => ({
  code: 'ABCD-EFGH',
  fetch,
  now: () => new Date(SERVER_TIME),
  persist: async () => true,
  appVersion: 'test',
  ...changes,
})

describe('enrolment', () => {
  test('makes this browser a till that can sell at once', async () => {
    const db = browserProfile().open()
    const outcome = await enrol(db, input(enrolmentDesk().fetch))
    expect(outcome).toMatchObject({ code: 'enrolled', storage: 'persistent', pulled: true })
    expect(await readTill(db)).toMatchObject({ tillId: TILL, epoch: 1, persisted: true })
    expect(await db.product.count()).toBe(2)
    const [first] = await sellMany(db, 1)
    // The till had an earlier browser, whose receipts go up to 41.
    expect(first?.entry.body.receiptNo).toBe('BR-T1-000042')
  })

  test('keeps a key that signs and cannot be taken out, across a restart', async () => {
    const profile = browserProfile()
    const db = profile.open()
    await enrol(db, input(enrolmentDesk().fetch))
    db.close()
    const till = await readTill(profile.open())
    if (till === undefined) throw new Error('not enrolled')
    expect(till.privateKey.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('jwk', till.privateKey)).rejects.toThrow()
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const text = new TextEncoder().encode('a request')
    const signature = await crypto.subtle.sign(algorithm, till.privateKey, text)
    const publicKey = await crypto.subtle.importKey(
      'jwk',
      till.publicKey,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    )
    expect(await crypto.subtle.verify(algorithm, publicKey, signature, text)).toBe(true)
  })

  test.each(['request', 'response'] as const)(
    'whose %s was lost is repeated with the same key, also after a restart',
    async (lost) => {
      const profile = browserProfile()
      const desk = enrolmentDesk([lost])
      const db = profile.open()
      expect(await enrol(db, input(desk.fetch))).toMatchObject({ code: 'offline' })
      expect(await readTill(db)).toBeUndefined()
      db.close()
      expect(await enrol(profile.open(), input(desk.fetch))).toMatchObject({ code: 'enrolled' })
      expect(new Set(desk.keys).size).toBe(1)
    },
  )

  test('asked for by two tabs at once uses one key', async () => {
    const profile = browserProfile()
    const desk = enrolmentDesk()
    const outcomes = await Promise.all(
      [profile.open(), profile.open()].map((db) => enrol(db, input(desk.fetch))),
    )
    expect(outcomes.map((outcome) => outcome.code)).toEqual(['enrolled', 'enrolled'])
    expect(new Set(desk.keys).size).toBe(1)
  })

  test('that the server refuses says why and leaves the browser as it was', async () => {
    const db = browserProfile().open()
    const fetch: Fetch = async () =>
      Response.json({ code: 'enrolment-code-expired', message: 'This code has expired.' }, { status: 410 })
    expect(await enrol(db, input(fetch))).toEqual({
      code: 'enrolment-code-expired',
      message: 'This code has expired.',
    })
    expect(await readTill(db)).toBeUndefined()
  })

  test('is refused while this till holds sales that nobody else has', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    let asked = 0
    const fetch: Fetch = async () => {
      asked++
      return Response.json({})
    }
    expect(await enrol(db, input(fetch))).toMatchObject({ code: 'conflict' })
    expect(asked).toBe(0)
    expect(await db.journal.count()).toBe(2)
  })

  test('as another till waits for a sale that was made while the server was asked', async () => {
    const db = await enrolledTill()
    const other = TILL.replace(/.$/, 'f')
    const desk = enrolmentDesk()
    let sales = 1
    const fetch: Fetch = async (path, init) => {
      const answer = await desk.fetch(path, init)
      if (path.startsWith('/api/pull')) return answer
      if (sales-- > 0) await sellMany(db, 1)
      return Response.json({ ...(await answer.json()), tillId: other })
    }
    expect(await enrol(db, input(fetch))).toMatchObject({ code: 'conflict' })
    expect(await readTill(db)).toMatchObject({ tillId: TILL })
    await db.journal.toCollection().modify({ fate: 'applied' })
    expect(await enrol(db, input(fetch))).toMatchObject({ code: 'enrolled', till: { tillId: other } })
  })

  test('whose link is opened again is answered the same, and does not start the journal twice', async () => {
    const profile = browserProfile()
    const desk = enrolmentDesk()
    const db = profile.open()
    await enrol(db, input(desk.fetch))
    await sellMany(db, 1)
    await db.journal.toCollection().modify({ fate: 'applied' })
    expect(await enrol(db, input(desk.fetch))).toMatchObject({ code: 'enrolled' })
    const [second] = await sellMany(db, 1)
    expect(second?.entry.seq).toBe(2)
  })

  test.each([
    ['persistent', true, 1e9],
    ['best-effort', false, 1e10],
    ['best-effort', false, undefined],
    ['ephemeral', false, 3e8],
  ] as const)('reports the storage as %s', async (storage, persisted, quota) => {
    const db = browserProfile().open()
    const asked = input(enrolmentDesk().fetch, {
      persist: async () => persisted,
      ...(quota !== undefined && { estimate: async () => ({ quota }) }),
    })
    expect(await enrol(db, asked)).toMatchObject({ code: 'enrolled', storage })
  })

  test('is refused where the browser stores nothing', async () => {
    const db: TillDatabase = browserProfile().open()
    db.state.hook('creating', () => {
      throw new DOMException('no', 'QuotaExceededError')
    })
    expect(await enrol(db, input(enrolmentDesk().fetch))).toMatchObject({ code: 'no-persistence' })
  })
})
