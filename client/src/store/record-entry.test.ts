import { GENESIS, sha256Hex } from '@evertill/shared/domain/journal-hash'
import { minor, ppm } from '@evertill/shared/domain/money'
import { checkSale } from '@evertill/shared/domain/sale'
import { MAX_SELLER_TEXT } from '@evertill/shared/domain/seller'
import type { Tender } from '@evertill/shared/domain/tender'
import { zEntry } from '@evertill/shared/protocol/entry'
import { promotion } from '@evertill/shared/testing/builders'
import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test, vi } from 'vitest'
import { applyPull } from './apply-pull.ts'
import { EMPTY_SALE, pricedAtOf, readOpenSale, saveOpenSale } from './cart.ts'
import { readCatalogue } from './catalogue.ts'
import { noteServerTime } from './contact.ts'
import { readHealth, recentSales } from './journal.ts'
import { priceSale } from './price-sale.ts'
import { type RecordedSale, type RecordRefusal, recordSale } from './record-entry.ts'
import { readState, writeState } from './state.ts'
import { timeAt } from './till-clock.ts'
import type { TillDatabase } from './till-database.ts'
import {
  browserProfile,
  cash,
  enrolledTill,
  isRecorded,
  line,
  MILK,
  milkSale,
  NO_ROWS,
  NOW,
  OUTLET,
  pullAnswer,
  RICE,
  readStock,
  STAFF,
  sell,
  sellMany,
  TAX_SR,
  TILL,
} from './till-for-tests.ts'

describe('recording a sale', () => {
  test('writes one sealed entry, empties the cart and lowers the shown stock', async () => {
    const db = await enrolledTill()
    const { entry, hash } = isRecorded(await sell(db, milkSale(2, cash(1000))))

    const rows = await db.journal.toArray()
    expect(rows).toHaveLength(1)
    const row = rows[0]
    expect(row).toMatchObject({ tillId: TILL, epoch: 1, seq: 1, id: entry.id, hash, fate: 'waiting' })
    expect(sha256Hex(row?.raw ?? '')).toBe(hash)
    expect(zEntry.parse(JSON.parse(row?.raw ?? ''))).toEqual(entry)
    expect(entry).toMatchObject({ prev: GENESIS, seq: 1, outletId: OUTLET, staffId: STAFF })
    expect(entry.body).toMatchObject({ receiptNo: 'BR-T1-000001', total: 690, change: 310, tax: 57 })
    expect(checkSale(entry.body)).toEqual([])
    expect(await readOpenSale(db)).toEqual(EMPTY_SALE)
    expect((await readStock(db)).get(MILK)).toBe(22_000)
  })

  test('says who sold it, as the shop was then', async () => {
    const db = await enrolledTill()
    const [company, outlet] = [await readState(db, 'company'), await readState(db, 'outlet')]
    if (company === undefined || outlet === undefined) throw new Error('no shop')
    const address = '12 Hougang Ave\nSingapore 530012'
    await writeState(db, 'outlet', { ...outlet, address, phone: '6123 4567' })
    const { entry } = isRecorded(await sell(db, milkSale(1, cash(1000))))
    expect(entry.body.seller).toEqual({
      company: company.name,
      gstRegistrationNo: company.gstRegistrationNo,
      outlet: outlet.name,
      address,
      phone: '6123 4567',
    })

    // Longer than any entry may say, cut inside an emoji: it is sold all the same.
    const long = `${'x'.repeat(MAX_SELLER_TEXT - 1)}🏪`
    await writeState(db, 'company', { ...company, name: long, gstRegistrationNo: null })
    await writeState(db, 'outlet', { ...outlet, address: '' })
    const next = isRecorded(await sell(db, milkSale(1, cash(1000)))).entry
    expect(next.body.seller).toEqual({
      company: `${'x'.repeat(MAX_SELLER_TEXT - 1)}\ufffd`,
      outlet: outlet.name,
    })
  })

  test('charges no GST for a company that is not registered, whatever its products’ tax codes', async () => {
    const db = await enrolledTill()
    const company = await readState(db, 'company')
    if (company === undefined) throw new Error('no company')
    await writeState(db, 'company', { ...company, gstRegistrationNo: null })
    const { entry } = isRecorded(await sell(db, milkSale(2, cash(1000))))
    expect(entry.body).toMatchObject({ total: 690, tax: 0, lines: [{ ratePpm: 0, tax: 0 }] })
    expect(checkSale(entry.body)).toEqual([])

    // A copy to practise on has no number of its own.
    await writeState(db, 'company', { ...company, gstRegistrationNo: null, chargesTax: true })
    const { entry: practice } = isRecorded(await sell(db, milkSale(2, cash(1000))))
    expect(practice.body).toMatchObject({ total: 690, tax: 57 })
  })

  test('chains entries by hash and numbers entries and receipts without a gap', async () => {
    const db = await enrolledTill()
    const sales = await sellMany(db, 5)
    expect(sales.map((sale) => sale.entry.seq)).toEqual([1, 2, 3, 4, 5])
    expect(sales.map((sale) => sale.entry.body.receiptNo.slice(-1))).toEqual(['1', '2', '3', '4', '5'])
    sales.forEach((sale, i) => {
      expect(sale.entry.prev).toBe(sales[i - 1]?.hash ?? GENESIS)
    })
  })

  test('goes on where it stopped after the browser was closed', async () => {
    const profile = browserProfile()
    const before = await enrolledTill(profile)
    const [first] = await sellMany(before, 1)
    before.close()
    const [second] = await sellMany(profile.open(), 1)
    expect(second?.entry).toMatchObject({ seq: 2, prev: first?.hash })
  })

  test('gives two tabs that record at once different numbers, and never sells one cart twice', async () => {
    const profile = browserProfile()
    const tabs = [await enrolledTill(profile), profile.open()]
    const sellUntil = async (tab: TillDatabase, goal: number) => {
      const recorded: RecordedSale[] = []
      const refused: RecordRefusal[] = []
      for (let quantity = 1; recorded.length < goal; quantity++) {
        const result = await sell(tab, milkSale(quantity))
        if ('code' in result) refused.push(result)
        else recorded.push(result)
      }
      return { recorded, refused }
    }
    const [a, b] = await Promise.all(tabs.map((tab) => sellUntil(tab, 10)))
    expect(new Set([...(a?.refused ?? []), ...(b?.refused ?? [])].map(({ code }) => code))).toEqual(
      new Set(['cart-changed']),
    )
    const rows = (await tabs[0]?.journal.toArray()) ?? []
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    rows.forEach((row, i) => {
      expect(JSON.parse(row.raw).prev).toBe(rows[i - 1]?.hash ?? GENESIS)
    })
    const told = [...(a?.recorded ?? []), ...(b?.recorded ?? [])].map((sale) => sale.hash)
    expect(new Set(told)).toEqual(new Set(rows.map((row) => row.hash)))
  })

  test('is done once when the button is hit twice', async () => {
    const db = await enrolledTill()
    const openSale = milkSale()
    await saveOpenSale(db, openSale)
    const pay = () =>
      recordSale(db, {
        staffId: STAFF,
        openSale,
        expectedTotal: minor(345),
        now: NOW,
        newId: uuidv7,
      })
    const results = await Promise.all([pay(), pay()])
    expect(results.map((result) => ('code' in result ? result.code : 'recorded')).sort()).toEqual([
      'cart-changed',
      'recorded',
    ])
    expect(await db.journal.count()).toBe(1)
  })

  test('stamps the till’s clock and puts the business date by the corrected one', async () => {
    const db = await enrolledTill()
    await writeState(db, 'clockOffsetMs', 3_600_000)
    // 03:30 in Singapore by the till, which is an hour behind: 04:30 is past the day-cut.
    const now = new Date('2026-03-01T19:30:00.000Z')
    const { entry } = isRecorded(await sell(db, milkSale(), { now }))
    expect(entry).toMatchObject({
      at: '2026-03-01T19:30:00.000Z',
      clockOffsetMs: 3_600_000,
      businessDate: '2026-03-02',
    })
  })

  test('taxes and books by the last time heard of when the clock was set back years', async () => {
    const db = await enrolledTill()
    await noteServerTime(db, NOW.toISOString(), 0, 0)
    const now = new Date('2000-01-01T00:10:00.000Z')
    const { entry } = isRecorded(await sell(db, milkSale(), { now }))
    expect(entry).toMatchObject({
      at: '2000-01-01T00:10:00.000Z',
      clockOffsetMs: NOW.getTime() - now.getTime(),
      businessDate: '2026-03-01',
    })
    expect(entry.body.lines[0]?.ratePpm).toBe(90_000)
  })

  test('taxes by the calendar while the business day is still yesterday’s', async () => {
    const db = await enrolledTill()
    // Half past midnight in Singapore on the day the rate went from 8 % to 9 %.
    const now = new Date('2023-12-31T16:30:00.000Z')
    const { entry } = isRecorded(await sell(db, milkSale(), { now }))
    expect(entry.businessDate).toBe('2023-12-31')
    expect(entry.body.lines[0]?.ratePpm).toBe(90_000)
  })

  test('gives the promotions of the moment by the outlet’s clock, and says so on the line', async () => {
    const db = await enrolledTill()
    const hours = { days: [7], fromMinute: 900, untilMinute: 1020 }
    const offer = { kind: 'set', size: 3, price: minor(900), mixed: true } as const
    const happyHour = promotion({ name: '3 for $9', offer, hours })
    await db.promotion.add(happyHour)
    const priceAt = async (instant: string) => {
      const now = new Date(instant)
      return sell(db, milkSale(3, cash(1100)), { now, expectedTotal: minor(900) })
    }
    // Sunday, one minute before five in the afternoon in Singapore, and five o'clock.
    const { entry } = isRecorded(await priceAt('2026-03-01T08:59:59.000Z'))
    expect(entry.body.lines[0]).toMatchObject({
      gross: 1035,
      promotions: [{ promotionId: happyHour.promotionId, name: '3 for $9', amount: 135 }],
      net: 900,
    })
    expect(checkSale(entry.body)).toEqual([])
    expect(await priceAt('2026-03-01T09:00:00.000Z')).toEqual({ code: 'total-changed', total: 1035 })
    // Whoever began to pay before that pays what was asked for then; it is sold when it is sold.
    const paid = await sell(
      db,
      { ...milkSale(3, cash(900)), pricedAt: '2026-03-01T08:59:59.000Z' },
      { now: new Date('2026-03-01T09:01:00.000Z'), expectedTotal: minor(900) },
    )
    expect(isRecorded(paid).entry).toMatchObject({ at: '2026-03-01T09:01:00.000Z', body: { total: 900 } })
  })

  test.each([
    ['the server was heard of', '2026-03-01T09:06:30.000Z', '2026-03-01T09:07:00.000Z'],
    ['the clock was set back', '2026-03-01T09:06:30.000Z', '2026-03-01T07:00:00.000Z'],
  ])('asks for what it asked for when paying began, though %s meanwhile', async (_, heard, then) => {
    const db = await enrolledTill()
    const hours = { days: [7], fromMinute: 900, untilMinute: 1020 }
    const offer = { kind: 'set', size: 3, price: minor(900), mixed: true } as const
    await db.promotion.add(promotion({ name: '3 for $9', offer, hours }))
    const openSale = { ...milkSale(3, cash(900)), pricedAt: '2026-03-01T08:54:00.000Z' }
    await noteServerTime(db, heard, 0, 50)
    const now = new Date(then)
    const { pricing } = (await readCatalogue(db)) ?? {}
    if (pricing === undefined) throw new Error('no catalogue')
    const shown = priceSale(pricing, openSale.cart, pricedAtOf(openSale, timeAt(now, pricing)))
    expect(shown).toMatchObject({ priced: { total: 900 } })
    const paid = await sell(db, openSale, { now, expectedTotal: minor(900) })
    expect(isRecorded(paid).entry.body).toMatchObject({ total: 900 })
  })

  test('commits with strict durability', async () => {
    const spy = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await sellMany(await enrolledTill(), 1)
    const writes = spy.mock.calls.filter(([, mode]) => mode === 'readwrite')
    spy.mockRestore()
    expect(writes.length).toBeGreaterThan(0)
    expect(new Set(writes.map(([, , options]) => options?.durability))).toEqual(new Set(['strict']))
  })
})

describe('a sale that cannot be recorded leaves the cart and the journal as they were', () => {
  test('when it is not paid', async () => {
    const db = await enrolledTill()
    expect(await sell(db, milkSale(1, cash(300)))).toEqual({ code: 'not-paid', remaining: 45 })
    expect(await readOpenSale(db)).toEqual(milkSale(1, cash(300)))
    expect(await db.journal.count()).toBe(0)
  })

  test('when another window has taken a payment that this one does not know of', async () => {
    const db = await enrolledTill()
    const { cart } = milkSale(2)
    const card = { methodCode: 'CARD', kind: 'card', amount: minor(300) } as const
    await saveOpenSale(db, { cart, tenders: [card] })
    const pay = (...tenders: Tender[]) =>
      recordSale(db, {
        staffId: STAFF,
        now: NOW,
        newId: uuidv7,
        openSale: { cart, tenders },
        expectedTotal: minor(690),
      })
    expect(await pay(cash(690))).toEqual({ code: 'cart-changed' })
    expect(await readOpenSale(db)).toEqual({ cart, tenders: [card] })
    await saveOpenSale(db, { cart, tenders: [card, cash(100)] })
    expect(await pay(card)).toEqual({ code: 'cart-changed' })
    await saveOpenSale(db, { cart, tenders: [card] })
    expect(isRecorded(await pay(card, cash(390))).entry.body.tenders).toHaveLength(2)
  })

  test('when the total is not the one that was shown', async () => {
    const db = await enrolledTill()
    const result = await sell(db, milkSale(), { expectedTotal: minor(344) })
    expect(result).toEqual({ code: 'total-changed', total: 345 })
    expect(await db.journal.count()).toBe(0)
  })

  test('when the tax went up since the total was shown', async () => {
    const db = await enrolledTill()
    const exclusive = { ...pullAnswer().company, taxInclusive: false }
    const rates = [{ from: '2024-01-01', ratePpm: ppm(100_000) }]
    const taxCode = [{ taxCodeId: TAX_SR, code: 'SR', name: 'Standard', kind: 'standard' as const, rates }]
    const next = pullAnswer({ company: exclusive, snapshot: false, rows: { ...NO_ROWS, taxCode } })
    await applyPull(db, { till: { tillId: TILL }, cursor: 'c1', settlements: 0 }, next, 'x')
    const shown = minor(376) // 345 and 9 %
    expect(await sell(db, milkSale(1, cash(400)), { expectedTotal: shown })).toEqual({
      code: 'total-changed',
      total: 380,
    })
  })

  test('when another window changed the cart', async () => {
    const db = await enrolledTill()
    await saveOpenSale(db, milkSale(3))
    const result = await recordSale(db, {
      staffId: STAFF,
      openSale: milkSale(1),
      expectedTotal: minor(345),
      now: NOW,
      newId: uuidv7,
    })
    expect(result).toEqual({ code: 'cart-changed' })
    expect(await readOpenSale(db)).toEqual(milkSale(3))
  })

  test('when whoever takes the payment does not sell', async () => {
    const db = await enrolledTill()
    await db.staff.update(STAFF, { permissions: ['report.view'] })
    const openSale = milkSale()
    expect(await sell(db, openSale)).toEqual({ code: 'may-not-sell' })
    expect(await readOpenSale(db)).toEqual(openSale)
    expect(await db.journal.count()).toBe(0)
  })

  test('when the server could not read it, naming the field', async () => {
    const db = await enrolledTill()
    const openSale = milkSale()
    await saveOpenSale(db, openSale)
    const result = await recordSale(db, {
      staffId: 'nobody',
      openSale,
      expectedTotal: minor(345),
      now: NOW,
      newId: uuidv7,
    })
    expect(result).toMatchObject({ code: 'not-valid', fields: [{ path: 'staffId' }] })
    expect(await readOpenSale(db)).toEqual(openSale)
  })

  test('when the disk is full', async () => {
    const db = await enrolledTill()
    await sellMany(db, 1)
    db.journal.hook('creating', () => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    const result = await sell(db, milkSale(2))
    expect(result).toMatchObject({ code: 'not-stored', cause: 'storage-full' })
    expect(await readOpenSale(db)).toEqual(milkSale(2))
    expect(await db.journal.count()).toBe(1)
    expect((await readState(db, 'counters'))?.seq).toBe(1)
    expect((await readStock(db)).get(MILK)).toBe(23_000)
  })

  test('when the disk is full only by the time the stock is written', async () => {
    const db = await enrolledTill()
    await saveOpenSale(db, milkSale())
    const own = IDBObjectStore.prototype.put
    const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function put(
      this: IDBObjectStore,
      ...args
    ) {
      const request = own.apply(this, args)
      if (this.name === 'stock') {
        const { _requests } = this.transaction as unknown as { _requests: { operation: () => unknown }[] }
        Object.assign(_requests.at(-1) ?? {}, {
          operation: () => {
            throw new DOMException('no room', 'QuotaExceededError')
          },
        })
      }
      return request
    })
    const result = await sell(db, milkSale())
    spy.mockRestore()
    expect(result).toMatchObject({ code: 'not-stored', cause: 'storage-full' })
    expect(await readOpenSale(db)).toEqual(milkSale())
    expect(await db.journal.count()).toBe(0)
  })

  test('when the transaction is aborted after the entry was written', async () => {
    const db = await enrolledTill()
    await saveOpenSale(db, milkSale())
    db.state.hook('updating', (_changes, key) => {
      if (key === 'openSale') throw new DOMException('aborted', 'AbortError')
    })
    const result = await recordSale(db, {
      staffId: STAFF,
      openSale: milkSale(),
      expectedTotal: minor(345),
      now: NOW,
      newId: () => '01900000-0000-7000-8000-0000000000aa',
    })
    expect(result).toMatchObject({ code: 'not-stored' })
    expect(await db.journal.count()).toBe(0)
    expect(await readOpenSale(db)).toEqual(milkSale())
  })

  test('when the till is not enrolled', async () => {
    expect(await sell(browserProfile().open())).toEqual({ code: 'not-enrolled' })
  })

  test('when a line’s tax code is unknown', async () => {
    const db = await enrolledTill()
    const openSale = { cart: { lines: [line({ taxCode: 'XX' })] }, tenders: [cash(345)] }
    expect(await sell(db, openSale)).toEqual({ code: 'tax-code-unknown', taxCode: 'XX' })
  })
})

test('a sale whose text was cut inside an emoji is sealed all the same', async () => {
  const db = await enrolledTill()
  const name = `Milk ${'🥛'.slice(0, 1)}`
  const { entry } = isRecorded(await sell(db, { cart: { lines: [line({ name })] }, tenders: [cash(345)] }))
  expect(entry.body.lines[0]?.name).toBe('Milk \ufffd')
})

test('the shown stock of a product the server never counted goes below zero', async () => {
  const db = await enrolledTill()
  const openSale = {
    cart: { lines: [line({ productId: RICE, unitPrice: minor(1290) })] },
    tenders: [cash(1290)],
  }
  isRecorded(await sell(db, openSale))
  expect((await readStock(db)).get(RICE)).toBe(-1000)
})

test('recent sales come newest first, with their fate', async () => {
  const db = await enrolledTill()
  await sellMany(db, 3)
  const sales = await recentSales(db, 2)
  expect(sales.map((sale) => [sale.entry.seq, sale.fate])).toEqual([
    [3, 'waiting'],
    [2, 'waiting'],
  ])
})

test('health counts what waits and how long the oldest has', async () => {
  const db = await enrolledTill()
  isRecorded(await sell(db, milkSale(), { now: NOW }))
  isRecorded(await sell(db, milkSale(), { now: new Date(NOW.getTime() + 5000) }))
  expect(await readHealth(db)).toMatchObject({
    waiting: 2,
    held: 0,
    oldestWaitingAt: NOW.toISOString(),
    persisted: true,
  })
})
