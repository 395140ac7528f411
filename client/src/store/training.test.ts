import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkPin } from './pin.ts'
import { readState, writeState } from './state.ts'
import { readTill } from './till.ts'
import { openTillDatabase, type TillDatabase } from './till-database.ts'
import { enrolledTill, isRecorded, NOW, readStock, sell, sellMany, TILL } from './till-for-tests.ts'
import { beginTraining, endTraining, isTrainingOpen, openTrainingDatabase } from './training.ts'
import { countUnsent } from './unsent.ts'

let browser: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }
let real: TillDatabase
let training: TillDatabase

beforeEach(async () => {
  browser = { indexedDB: new IDBFactory(), IDBKeyRange }
  real = await enrolledTill({ open: () => openTillDatabase(browser) })
  training = openTrainingDatabase(browser)
})

/** All that the real till keeps, row by row. */
async function everythingIn(db: TillDatabase): Promise<unknown> {
  const rows = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]))
  return JSON.parse(JSON.stringify(rows))
}

describe('training', () => {
  test('sells from the same catalogue and leaves the real till as it was, to the last row', async () => {
    await sellMany(real, 2)
    const before = await everythingIn(real)
    expect(await beginTraining(real, training)).toBe('begun')
    expect(await training.journal.count()).toBe(0)
    expect(await training.product.count()).toBe(await real.product.count())
    await sellMany(training, 3)
    expect(await training.journal.count()).toBe(3)
    expect(await everythingIn(real)).toEqual(before)
    expect(await countUnsent(real, TILL)).toBe(2)
  })

  test('makes papers that nobody can take for real ones', async () => {
    const company = await readState(real, 'company')
    if (company === undefined) throw new Error('the till has no company')
    await writeState(real, 'company', { ...company, gstRegistrationNo: 'M2-1234567-8' })
    await beginTraining(real, training)
    const { entry } = isRecorded(await sell(training))
    expect(entry.body.receiptNo).toBe('BR-TRAINING-000001')
    expect(await readState(training, 'company')).toMatchObject({
      name: 'TRAINING · Tiong Minimart',
      gstRegistrationNo: null,
      receiptFooter: expect.stringContaining('not a receipt'),
    })
  })

  test('asks nobody for real money', async () => {
    await real.paymentMethod.put({
      paymentMethodId: '01900000-0000-7000-8000-0000000000aa',
      code: 'PAYNOW',
      name: 'PayNow',
      kind: 'paynow',
      position: 1,
      payNowProxy: '201403121W',
    })
    await beginTraining(real, training)
    expect(await training.paymentMethod.toArray()).toMatchObject([{ code: 'PAYNOW' }])
    expect((await training.paymentMethod.toArray())[0]).not.toHaveProperty('payNowProxy')
  })

  test('has a key of its own, so that no server would take what it signs', async () => {
    await beginTraining(real, training)
    const bytes = new TextEncoder().encode('a sale')
    const how = { name: 'ECDSA', hash: 'SHA-256' }
    const [practice, known] = [await readTill(training), await readTill(real)]
    if (practice === undefined || known === undefined) throw new Error('one of the tills is missing')
    const publicKey = await crypto.subtle.importKey(
      'jwk',
      known.publicKey,
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['verify'],
    )
    const signature = await crypto.subtle.sign(how, practice.privateKey, bytes)
    expect(await crypto.subtle.verify(how, publicKey, signature, bytes)).toBe(false)
  })

  test('begins anew every time, and leaves nothing behind', async () => {
    await beginTraining(real, training)
    await sellMany(training, 2)
    await beginTraining(real, training)
    expect(await training.journal.count()).toBe(0)
    expect(await readStock(training)).toEqual(await readStock(real))
    await endTraining(training)
    await training.open()
    expect(await isTrainingOpen(training)).toBe(false)
    expect(await training.product.count()).toBe(0)
  })

  test('counts wrong PINs with the till’s own: there are no more of them for beginning, ending or closing it', async () => {
    const guess = async (db: TillDatabase) => {
      const tried = await checkPin(db, '9999', NOW)
      return tried.code === 'wrong' ? tried.attemptsLeft : tried.code
    }
    expect(await guess(real)).toBe(4)
    await beginTraining(real, training)
    expect(await guess(training)).toBe(3)
    await beginTraining(real, training)
    expect(await guess(training)).toBe(2)
    await endTraining(training)
    await beginTraining(real, training)
    training.close()
    const next = openTrainingDatabase(browser)
    expect(await guess(next)).toBe(1)
    expect(await guess(real)).toBe('locked')
    expect(await guess(next)).toBe('locked')
    await beginTraining(real, next)
    expect(await guess(next)).toBe('locked')
  })

  test('needs a till with a catalogue', async () => {
    const bare = openTillDatabase({ indexedDB: new IDBFactory(), IDBKeyRange })
    expect(await beginTraining(bare, training)).toBe('not-enrolled')
  })
})
