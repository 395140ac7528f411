import { minor } from '@evertill/shared/domain/money'
import type { PullResponse } from '@evertill/shared/protocol/pull'
import { percent, promotion } from '@evertill/shared/testing/builders'
import { describe, expect, test } from 'vitest'
import { applyPull, startPull } from './apply-pull.ts'
import {
  findByCode,
  methodName,
  readCatalogue,
  readProducts,
  searchCustomers,
  staffName,
} from './catalogue.ts'
import { settleEntries } from './settle-entries.ts'
import { dropState, readState } from './state.ts'
import type { TillDatabase } from './till-database.ts'
import {
  browserProfile,
  cash,
  enrolledTill,
  isRecorded,
  line,
  MILK,
  NO_ROWS,
  NOW,
  type PullRows,
  productRow,
  pullAnswer,
  RICE,
  readStock,
  STAFF,
  sell,
  sellMany,
  settleAll,
  TAX_SR,
  TILL,
} from './till-for-tests.ts'

const delta = (rows: Partial<PullRows>, cursor = 'c2'): PullResponse =>
  pullAnswer({
    cursor,
    snapshot: false,
    rows: { ...NO_ROWS, staff: [], taxCode: [], product: [], stock: [], ...rows },
  })
const snapshot = (rows: Partial<PullRows>, cursor = 's2'): PullResponse => ({
  ...delta(rows, cursor),
  snapshot: true,
})

const cashMethod = {
  paymentMethodId: RICE,
  code: 'CASH',
  name: 'Cash',
  kind: 'cash' as const,
  position: 0,
}

const mei = {
  staffId: STAFF,
  name: 'Mei Ling',
  role: 'cashier',
  permissions: ['sale.make' as const],
  pinSalt: '00',
  pinVerifier: '00',
}

/** Who may sign in, and how papers name Mei. */
async function people(db: TillDatabase) {
  const catalogue = await readCatalogue(db)
  if (catalogue === undefined) throw new Error('no catalogue')
  return { staff: catalogue.staff.map(({ name }) => name), named: staffName(catalogue, STAFF) }
}

async function pull(db: TillDatabase, response: PullResponse, claim = crypto.randomUUID()) {
  const start = await startPull(db, 'test')
  if (start === undefined) throw new Error('not enrolled')
  return applyPull(db, start, response, claim)
}

const productNames = async (db: TillDatabase) => (await readProducts(db)).map((row) => row.name)

describe('a pull', () => {
  test('makes a till ready to sell', async () => {
    const catalogue = await readCatalogue(await enrolledTill())
    expect(catalogue).toMatchObject({
      company: { name: 'Tiong Minimart' },
      outlet: { code: 'BR' },
      tillState: 'active',
      staff: [{ staffId: STAFF }],
    })
  })

  test('is nothing before the first one', async () => {
    expect(await readCatalogue(browserProfile().open())).toBeUndefined()
  })

  test('changes the rows it names, removes the tombstones and leaves the others', async () => {
    const db = await enrolledTill()
    const dearer = productRow(MILK, 'Milk 1 l', 355, ['8888888888888'])
    const gone = { ...productRow(RICE, 'Rice 5 kg', 1290, []), deleted: true as const }
    expect(await pull(db, delta({ product: [dearer, gone] }))).toBe('applied')
    expect(await productNames(db)).toEqual(['Milk 1 l'])
    expect((await db.product.get(MILK))?.price).toBe(355)
    expect(await db.staff.count()).toBe(1)
    expect(await readState(db, 'cursor')).toBe('c2')
  })

  test('that is a snapshot removes what it does not name', async () => {
    const db = await enrolledTill()
    await pull(db, snapshot({ product: [productRow(RICE, 'Rice 5 kg', 1290, [])] }))
    expect(await productNames(db)).toEqual(['Rice 5 kg'])
    expect(await db.staff.count()).toBe(0)
    expect((await readStock(db)).size).toBe(0)
  })

  test('keeps a withdrawn tax code for the cart that holds it', async () => {
    const db = await enrolledTill()
    await pull(db, snapshot({}))
    expect((await readCatalogue(db))?.taxCodes).toEqual([])
    expect((await readCatalogue(db))?.pricing.taxCodes).toMatchObject([{ taxCodeId: TAX_SR, deleted: true }])
    isRecorded(await sell(db))
  })

  test('keeps the name of a way to pay that was retired, and offers it no more', async () => {
    const db = await enrolledTill()
    const voucher = { ...cashMethod, paymentMethodId: MILK, code: 'CDC', name: 'CDC voucher', position: 1 }
    const known = async () => {
      const catalogue = await readCatalogue(db)
      if (catalogue === undefined) throw new Error('no catalogue')
      return [catalogue.paymentMethods.map(({ code }) => code), methodName(catalogue, 'CDC')]
    }
    await pull(db, delta({ paymentMethod: [cashMethod, voucher] }))
    expect(await known()).toEqual([['CASH', 'CDC'], 'CDC voucher'])
    await pull(db, delta({ paymentMethod: [{ ...voucher, name: 'CDC', deleted: true }] }, 'c3'))
    expect(await known()).toEqual([['CASH'], 'CDC'])
    await pull(db, delta({ paymentMethod: [voucher] }, 'c4'))
    expect(await known()).toEqual([['CASH', 'CDC'], 'CDC voucher'])
    await pull(db, snapshot({ paymentMethod: [cashMethod] }))
    expect(await known()).toEqual([['CASH'], 'CDC voucher'])
  })

  test('tells a new till of a way to pay that was retired before it came', async () => {
    const db = await enrolledTill()
    await pull(
      db,
      snapshot({ paymentMethod: [{ ...cashMethod, code: 'OLD', name: 'Old cash', deleted: true }] }),
    )
    const catalogue = await readCatalogue(db)
    expect(catalogue?.paymentMethods).toEqual([])
    expect(catalogue && methodName(catalogue, 'OLD')).toBe('Old cash')
    expect(catalogue && methodName(catalogue, 'NEVER')).toBe('NEVER')
  })

  test('keeps the name, and nothing but the name, of who was taken off the list', async () => {
    const db = await enrolledTill()
    await pull(db, delta({ staff: [{ ...mei, deleted: true }] }))
    expect(await people(db)).toEqual({ staff: [], named: 'Mei Ling' })
    expect(await db.staff.count()).toBe(0)
    expect(await readState(db, 'formerStaff')).toEqual({ [STAFF]: 'Mei Ling' })
    await pull(db, delta({}, 'c3'))
    await pull(db, snapshot({}, 's4'))
    expect(await people(db)).toEqual({ staff: [], named: 'Mei Ling' })
  })

  test('keeps the names of several who left one after another', async () => {
    const db = await enrolledTill()
    const raj = { ...mei, staffId: MILK, name: 'Raj' }
    await pull(db, delta({ staff: [raj] }))
    await pull(db, delta({ staff: [{ ...mei, deleted: true }] }, 'c3'))
    await pull(db, snapshot({}, 's4'))
    expect(await readState(db, 'formerStaff')).toEqual({ [STAFF]: 'Mei Ling', [MILK]: 'Raj' })
  })

  test('that is a snapshot without somebody keeps their name too', async () => {
    const db = await enrolledTill()
    await pull(db, snapshot({}))
    expect(await people(db)).toEqual({ staff: [], named: 'Mei Ling' })
  })

  test('names who comes back as they are called now', async () => {
    const db = await enrolledTill()
    await pull(db, delta({ staff: [{ ...mei, deleted: true }] }))
    await pull(db, delta({ staff: [{ ...mei, name: 'Mei Ling Tan' }] }, 'c3'))
    expect(await people(db)).toEqual({ staff: ['Mei Ling Tan'], named: 'Mei Ling Tan' })
    await pull(db, delta({ staff: [{ ...mei, name: 'Tan Mei Ling', deleted: true }] }, 'c4'))
    expect(await people(db)).toEqual({ staff: [], named: 'Tan Mei Ling' })
  })

  test('tells a new till the name of somebody who left before it came, and of a stranger none', async () => {
    const db = await enrolledTill()
    await pull(db, snapshot({ staff: [{ ...mei, staffId: MILK, name: 'Raj', deleted: true }] }))
    const catalogue = await readCatalogue(db)
    expect(catalogue?.staff).toEqual([])
    expect(catalogue && staffName(catalogue, MILK)).toBe('Raj')
    expect(catalogue && staffName(catalogue, RICE)).toBe('—')
  })

  test('cut off while it takes somebody off the list leaves them on it', async () => {
    const db = await enrolledTill()
    db.staff.hook('deleting', () => {
      throw new DOMException('gone', 'AbortError')
    })
    await expect(pull(db, delta({ staff: [{ ...mei, deleted: true }] }))).rejects.toThrow()
    expect(await people(db)).toEqual({ staff: ['Mei Ling'], named: 'Mei Ling' })
    expect(await readState(db, 'formerStaff')).toBeUndefined()
  })

  test('brings promotions, and takes back those that ended', async () => {
    const db = await enrolledTill()
    const weekend = promotion({ offer: { kind: 'off', discount: percent(10) } })
    await pull(db, delta({ promotion: [weekend] }))
    expect((await readCatalogue(db))?.pricing.promotions).toEqual([weekend])
    await pull(db, delta({ promotion: [{ ...weekend, deleted: true }] }, 'c3'))
    expect((await readCatalogue(db))?.pricing.promotions).toEqual([])
  })

  test('of more rows than one transaction takes arrives whole', async () => {
    const db = await enrolledTill()
    const ids = Array.from(
      { length: 4500 },
      (_, i) => `01900000-0000-7000-9000-${String(i).padStart(12, '0')}`,
    )
    const product = ids.map((id, i) => productRow(id, `Item ${i}`, 100 + i, []))
    await pull(db, snapshot({ product, stock: ids.map((productId) => ({ productId, onHand: 1000 })) }))
    expect(await db.product.count()).toBe(4500)
    expect((await readStock(db)).size).toBe(4500)
  })

  test('lets the till sell while it arrives', async () => {
    const db = await enrolledTill()
    const product = Array.from({ length: 6000 }, (_, i) =>
      productRow(`01900000-0000-7000-9000-${String(i).padStart(12, '0')}`, `Item ${i}`, 100, []),
    )
    let arrived = false
    const arriving = pull(db, delta({ product })).then(() => {
      arrived = true
    })
    let sold = 0
    while (!arrived) sold += (await sellMany(db, 1)).length
    await arriving
    expect(sold).toBeGreaterThan(3)
    expect(await db.journal.count()).toBe(sold)
  })

  test('marks a till as revoked and lets it go on when it is not any more', async () => {
    const db = await enrolledTill()
    const till = { ...pullAnswer().till, state: 'revoked' as const }
    await pull(db, { ...delta({}), till })
    expect((await readCatalogue(db))?.tillState).toBe('revoked')
    await pull(db, delta({}, 'c3'))
    expect((await readCatalogue(db))?.tillState).toBe('active')
  })

  test('lets a till that was moved sell for its new outlet', async () => {
    const db = await enrolledTill()
    const outlet = { ...pullAnswer().outlet, outletId: RICE, code: 'TP', name: 'Toa Payoh' }
    await pull(db, { ...snapshot({}), outlet })
    const { entry } = isRecorded(await sell(db))
    expect(entry).toMatchObject({ outletId: RICE, body: { receiptNo: 'TP-T1-000001' } })
  })

  test('suspects a restored database when a snapshot comes unasked, and only then', async () => {
    const db = await enrolledTill()
    expect(await readState(db, 'suspectRestore')).toBeUndefined()
    await pull(db, delta({}))
    expect(await readState(db, 'suspectRestore')).toBeUndefined()
    await pull(db, snapshot({}))
    expect(await readState(db, 'suspectRestore')).toBe(true)
  })

  test('suspects a restored database when the snapshot it asked for comes from another one than the last', async () => {
    const db = await enrolledTill()
    await pull(db, delta({}, 'one-life.7'))
    await dropState(db, 'cursor')
    await pull(db, { ...snapshot({}), cursor: 'one-life.9' })
    expect(await readState(db, 'suspectRestore')).toBeUndefined()
    await dropState(db, 'cursor')
    await pull(db, { ...snapshot({}), cursor: 'another-life.3' })
    expect(await readState(db, 'suspectRestore')).toBe(true)
  })
})

describe('two pulls at once', () => {
  test('do not mix: the one whose cursor was overtaken is dropped whole', async () => {
    const db = await enrolledTill()
    const start = await startPull(db, 'test')
    if (start === undefined) throw new Error('not enrolled')
    const newer = delta({ product: [productRow(MILK, 'Milk 1 l', 365, [])] }, 'c3')
    const older = delta({ product: [productRow(MILK, 'Milk 1 l', 355, [])] }, 'c2')
    expect(await applyPull(db, start, newer, 'b')).toBe('applied')
    expect(await applyPull(db, start, older, 'a')).toBe('superseded')
    expect((await db.product.get(MILK))?.price).toBe(365)
    expect(await readState(db, 'cursor')).toBe('c3')
  })

  test('started together end with the rows of the cursor that stands', async () => {
    const profile = browserProfile()
    const db = await enrolledTill(profile)
    const other = profile.open()
    const start = await startPull(db, 'test')
    if (start === undefined) throw new Error('not enrolled')
    const prices: Record<string, number> = { c2: 355, c3: 365 }
    const answer = (cursor: string) =>
      delta(
        {
          product: [MILK, RICE].map((id) => productRow(id, id, prices[cursor] ?? 0, [])),
          stock: [{ productId: MILK, onHand: prices[cursor] ?? 0 }],
        },
        cursor,
      )
    const results = await Promise.all([
      applyPull(db, start, answer('c2'), 'a'),
      applyPull(other, start, answer('c3'), 'b'),
    ])
    expect(results.filter((result) => result === 'applied')).toHaveLength(1)
    const cursor = (await readState(db, 'cursor')) ?? ''
    expect((await db.product.toArray()).map((row) => row.price)).toEqual([prices[cursor], prices[cursor]])
    expect((await readStock(db)).get(MILK)).toBe(prices[cursor])
  })

  test('cut off by a closed browser leaves the cursor, so that the rows come again', async () => {
    const profile = browserProfile()
    const db = await enrolledTill(profile)
    db.stock.hook('updating', () => {
      throw new DOMException('gone', 'AbortError')
    })
    const change = delta({
      product: [productRow(MILK, 'Milk 1 l', 355, [])],
      stock: [{ productId: MILK, onHand: 5000 }],
    })
    await expect(pull(db, change)).rejects.toThrow()
    db.close()
    const reopened = profile.open()
    expect(await readState(reopened, 'cursor')).toBe('c1')
    expect(await pull(reopened, change)).toBe('applied')
    expect((await readStock(reopened)).get(MILK)).toBe(5000)
  })
})

describe('the shown stock', () => {
  test('is the server’s count less the sales that it does not know yet', async () => {
    const db = await enrolledTill()
    await sellMany(db, 3)
    await pull(db, delta({ stock: [{ productId: MILK, onHand: 20_000 }] }))
    expect((await readStock(db)).get(MILK)).toBe(17_000)
  })

  test('does not jump up between the acknowledgement and the next pull', async () => {
    const db = await enrolledTill()
    await sellMany(db, 2)
    await settleAll(db)
    expect((await readStock(db)).get(MILK)).toBe(22_000)
    await pull(db, delta({ stock: [{ productId: MILK, onHand: 22_000 }] }))
    expect((await readStock(db)).get(MILK)).toBe(22_000)
  })

  test('keeps a sale laid over it that was acknowledged while the pull was under way', async () => {
    const db = await enrolledTill()
    await sellMany(db, 1)
    const start = await startPull(db, 'test')
    if (start === undefined) throw new Error('not enrolled')
    await settleAll(db)
    // The answer may have been made before the sale was applied.
    await applyPull(db, start, delta({ stock: [{ productId: MILK, onHand: 24_000 }] }), 'a')
    expect((await readStock(db)).get(MILK)).toBe(23_000)
    await pull(db, delta({ stock: [{ productId: MILK, onHand: 23_000 }] }, 'c3'))
    expect((await readStock(db)).get(MILK)).toBe(23_000)
  })

  test('counts once what the server has though the answer to its push was lost, and what it still waits for', async () => {
    const db = await enrolledTill()
    const [arrived, waiting] = await sellMany(db, 2)
    if (arrived === undefined || waiting === undefined) throw new Error('nothing was sold')
    expect((await startPull(db, 'test'))?.after).toEqual({ epoch: 1, seq: 0 })
    const answer = delta({ stock: [{ productId: MILK, onHand: 23_000 }] })
    await pull(db, { ...answer, arrived: [arrived.entry.id] })
    expect((await readStock(db)).get(MILK)).toBe(22_000)
    // Named again in the next, they are not lifted twice; nor when the answer comes after all.
    await pull(db, { ...delta({}, 'c3'), arrived: [arrived.entry.id] })
    expect((await readStock(db)).get(MILK)).toBe(22_000)
    await settleAll(db)
    await pull(db, delta({ stock: [{ productId: MILK, onHand: 22_000 }] }, 'c4'))
    expect((await readStock(db)).get(MILK)).toBe(22_000)
    expect((await startPull(db, 'test'))?.after).toBeUndefined()
  })

  test('is laid over again where the server lost what it had named', async () => {
    const db = await enrolledTill()
    const [sold] = await sellMany(db, 1)
    await pull(db, {
      ...delta({ stock: [{ productId: MILK, onHand: 23_000 }] }),
      arrived: [sold?.entry.id ?? ''],
    })
    await pull(db, delta({ stock: [{ productId: MILK, onHand: 24_000 }] }, 'c3'))
    const batch = { till: { tillId: TILL }, epoch: 1, believed: 0, suspectRestore: true, settlements: 0 }
    await settleEntries(db, { batch, entries: [], highWater: 0, now: NOW })
    expect((await readStock(db)).get(MILK)).toBe(23_000)
  })

  test('is right after a snapshot that no longer counts a product sold meanwhile', async () => {
    const db = await enrolledTill()
    await sellMany(db, 1)
    await pull(db, snapshot({}))
    expect((await readStock(db)).get(MILK)).toBe(-1000)
  })

  test('counts several lines of one product', async () => {
    const db = await enrolledTill()
    const lines = [line(), line({ lineId: 'l2', discount: { kind: 'amount', amount: minor(45) } })]
    isRecorded(await sell(db, { cart: { lines }, tenders: [cash(645)] }, { expectedTotal: minor(645) }))
    expect((await readStock(db)).get(MILK)).toBe(22_000)
  })
})

describe('looking things up', () => {
  test('a product is found by its barcode, also when a scanner drops or adds the leading zero', async () => {
    const db = await enrolledTill()
    const cola = productRow(RICE, 'Cola', 150, ['0012345678905'])
    await pull(db, delta({ product: [cola] }))
    for (const code of ['0012345678905', '012345678905', ' 0012345678905 '])
      expect((await findByCode(db, code))?.name).toBe('Cola')
    expect(await findByCode(db, '999')).toBeUndefined()
  })

  test('a customer is found by parts of the name, the code, the phone and its last digits', async () => {
    const db = await enrolledTill()
    const customer = (n: number, name: string, phone: string | null) => ({
      customerId: `01900000-0000-7000-a000-00000000000${n}`,
      code: `C000${n}`,
      name,
      phone,
      tierId: null,
      points: 0,
    })
    await pull(
      db,
      delta({
        customer: [
          customer(1, 'Tan Mei Ling', '+65 9123 4567'),
          customer(2, 'Tan Ah Kow', '+65 9123 9999'),
          customer(3, '陈美玲', null),
        ],
      }),
    )
    const found = async (text: string) => (await searchCustomers(db, text, 10)).map((row) => row.code)
    expect(await found('tan')).toEqual(['C0002', 'C0001'])
    expect(await found('LING tan')).toEqual(['C0001'])
    expect(await found('c0002')).toEqual(['C0002'])
    expect(await found('9123')).toEqual(['C0002', 'C0001'])
    expect(await found('4567')).toEqual(['C0001'])
    expect(await found('+659123')).toEqual(['C0002', 'C0001'])
    expect(await found('美玲')).toEqual(['C0003'])
    expect(await found('  ')).toEqual([])
    expect(await found('tan ho')).toEqual([])
    expect((await searchCustomers(db, 'tan', 1)).length).toBe(1)
    expect((await searchCustomers(db, 'ling', 1))[0]).not.toHaveProperty('words')
  })
})
