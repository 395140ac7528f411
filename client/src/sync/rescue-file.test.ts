import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import { RESCUE_UNSIGNED, zRescueHeader } from '@evertill/shared/protocol/rescue'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { leaveTill } from '../store/enrolment.ts'
import { openForRescue, rescuableTills } from '../store/rescue.ts'
import { writeState } from '../store/state.ts'
import { type NamedTill, readTill, type Till } from '../store/till.ts'
import { openTillDatabase, type TillDatabase } from '../store/till-database.ts'
import { enrolledTill, NOW, sellMany, TILL } from '../store/till-for-tests.ts'
import { makeRescueFile, type RescueInput } from './rescue-file.ts'

async function tillOf(db: TillDatabase): Promise<Till> {
  const till = await readTill(db)
  if (till === undefined) throw new Error('no till')
  return till
}

const input = (till: NamedTill, changes: Partial<RescueInput> = {}): RescueInput => ({
  till,
  scope: 'unsent',
  now: () => NOW,
  appVersion: 'test',
  pause: async () => undefined,
  ...changes,
})

async function opened(blob: Blob) {
  const text = await blob.text()
  const lines = text.split('\n')
  expect(lines.pop()).toBe('')
  const signature = lines.pop() ?? ''
  const [header = '', ...entries] = lines
  const signed = text.slice(0, text.length - signature.length - 1)
  return { header: zRescueHeader.parse(JSON.parse(header)), entries, signature, signed }
}

describe('a rescue file', () => {
  test('holds the unsent entries as they were hashed, signed by the key of the till', async () => {
    const db = await enrolledTill()
    await sellMany(db, 5)
    await db.journal.toCollection().modify((row) => {
      if (row.seq < 3) row.fate = 'applied'
      if (row.seq === 4) Object.assign(row, { fate: 'held', exceptions: ['unreadable'] })
    })
    const before = await db.journal.toArray()
    const till = await tillOf(db)
    const file = await makeRescueFile(db, input(till))
    const { header, entries, signature, signed } = await opened(file.blob)

    expect(file).toMatchObject({ name: 'evertill-rescue-BR-T1-20260301-0400.jsonl', count: 3, signed: true })
    expect(header).toMatchObject({ tillId: TILL, epochs: [1], count: 3, scope: 'unsent' })
    expect(entries).toEqual(before.slice(2).map(({ hash, raw }) => `${hash} ${raw}`))
    const key = await importJWK(till.publicKey, 'ES256')
    const { payload } = await compactVerify(signature, key)
    expect(Buffer.from(payload).toString('hex')).toBe(sha256Hex(signed))
    expect(await db.journal.toArray()).toEqual(before)
  })

  test('can hold everything that is kept, and is whole also in many pieces', async () => {
    const db = await enrolledTill()
    await sellMany(db, 250)
    await db.journal.toCollection().modify((row) => {
      if (row.seq < 240) row.fate = 'applied'
    })
    const seen: number[] = []
    const changes = { scope: 'all', onProgress: (done: number) => seen.push(done) } as const
    const { header, entries } = await opened(
      (await makeRescueFile(db, input(await tillOf(db), changes))).blob,
    )
    expect(header.count).toBe(250)
    expect(entries.map((line) => JSON.parse(line.slice(65)).seq)).toEqual(
      Array.from({ length: 250 }, (_, i) => i + 1),
    )
    expect(seen).toEqual([200, 250])
  })

  test('says how many entries it holds, also when some were pruned while they were read', async () => {
    const db = await enrolledTill()
    await sellMany(db, 210)
    const prune = async () => void (await db.journal.delete([TILL, 1, 205]))
    const file = await makeRescueFile(db, input(await tillOf(db), { scope: 'all', pause: prune }))
    const { header, entries } = await opened(file.blob)
    expect(header.count).toBe(209)
    expect(entries).toHaveLength(209)
  })

  test('is made of what was unsent when it was begun; a sale made meanwhile needs the next one', async () => {
    const db = await enrolledTill()
    await sellMany(db, 1)
    let sales = 1
    const pause = async () => {
      if (sales-- > 0) await sellMany(db, 1)
    }
    const file = await makeRescueFile(db, input(await tillOf(db), { pause }))
    expect(file.count).toBe(1)
    await file.saved()
    expect(await leaveTill(db, { typedCode: 'BR-T1', now: NOW })).toEqual({ code: 'unsent', count: 1 })
  })

  test('needs neither catalogue nor standing, and of an earlier till is signed by its key', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await writeState(db, 'tillState', 'revoked')
    const file = await makeRescueFile(db, input(await tillOf(db)))
    await file.saved()
    await leaveTill(db, { typedCode: 'BR-T1', now: NOW })
    const [former, ...others] = await rescuableTills(db)
    expect(others).toEqual([])
    expect(former).toMatchObject({ current: false, unsent: 2, kept: 2 })
    if (former === undefined) return
    const again = await opened((await makeRescueFile(db, input(former.till))).blob)
    const first = await opened(file.blob)
    expect(again.signed).toBe(first.signed)
  })

  test('is made without a signature where the key does not work', async () => {
    const db = await enrolledTill()
    await sellMany(db, 1)
    const till = { ...(await tillOf(db)), privateKey: undefined as unknown as CryptoKey }
    const file = await makeRescueFile(db, input(till))
    expect(file.signed).toBe(false)
    expect((await opened(file.blob)).signature).toBe(RESCUE_UNSIGNED)
  })

  test('can be noted as saved or not: a full disk keeps nobody from having it', async () => {
    const db = await enrolledTill()
    await sellMany(db, 1)
    const file = await makeRescueFile(db, input(await tillOf(db)))
    db.state.hook('creating', () => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(await file.saved()).toBe(false)
    expect(file.count).toBe(1)
  })
})

describe('when the app does not start', () => {
  test('the journal is read as it lies, also one that a newer version has written', async () => {
    const profile = { indexedDB: new IDBFactory(), IDBKeyRange }
    const db = await enrolledTill({ open: () => openTillDatabase(profile) })
    await sellMany(db, 2)
    db.close()
    const newer = openTillDatabase(profile)
    newer.version(99).stores({ invention: 'id' })
    await newer.open()
    newer.close()

    const rescued = await openForRescue(profile)
    const [till] = await rescuableTills(rescued)
    expect(till).toMatchObject({ current: true, unsent: 2 })
    if (till === undefined) return
    expect((await makeRescueFile(rescued, input(till.till))).count).toBe(2)
  })

  test('a browser that has no journal gets none', async () => {
    const indexedDB = new IDBFactory()
    await expect(openForRescue({ indexedDB, IDBKeyRange })).rejects.toThrow()
    expect(await indexedDB.databases()).toEqual([])
  })
})
