import type { CartEvent, CartProduct } from '@evertill/shared/domain/cart'
import { minor } from '@evertill/shared/domain/money'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { EMPTY_SALE, type OpenSale, readOpenSale, saveOpenSale } from '../store/cart.ts'
import { openTillDatabase, type TillDatabase } from '../store/till-database.ts'
import { createOpenSale, type OpenSaleStore } from './open-sale.ts'

const product = (n: number): CartProduct => ({
  productId: `0190a000-0000-7000-8000-00000000000${n}`,
  sku: `SKU-${n}`,
  name: `Product ${n}`,
  unitPrice: minor(100 * n),
  taxCode: 'SR',
  taxKind: 'standard',
})
const added = (n: number): CartEvent => ({ type: 'product-added', product: product(n), lineId: `line-${n}` })

const linesOf = (openSale: OpenSale) => openSale.cart.lines.map((line) => line.lineId)
const recorded = () => true
const refused = () => false

let indexedDB: IDBFactory
let db: TillDatabase
beforeEach(() => {
  indexedDB = new IDBFactory()
  db = openTillDatabase({ indexedDB, IDBKeyRange })
})
/** As by the transaction that records a sale. */
const emptied = () => db.transaction('rw', db.state, () => saveOpenSale(db, EMPTY_SALE))
const settled = async () => {
  // A transaction is waited for by the next one.
  await db.transaction('rw', db.state, () => readOpenSale(db))
  await new Promise((resolve) => setTimeout(resolve))
}

describe('the open sale', () => {
  test('a change is shown at once and found again after the browser was killed', async () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    expect(openSale.get().cart.lines).toHaveLength(1)
    await settled()
    db.close()

    const reopened = createOpenSale(openTillDatabase({ indexedDB, IDBKeyRange }))
    await reopened.refresh()
    expect(reopened.get()).toEqual(openSale.get())
  })

  test('a change in another tab is taken over', async () => {
    const [one, other] = [createOpenSale(db), createOpenSale(db)]
    one.change(added(1))
    await settled()
    await other.refresh()
    expect(other.get()).toEqual(one.get())
  })

  test('whose name is on the receipt changes nothing of what is asked to be paid', () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    openSale.beginPaying(new Date('2026-03-01T10:00:00.000Z'))
    const { pricedAt } = openSale.get()
    openSale.change({ type: 'buyer-set', buyer: { name: 'Tan Pte. Ltd.', address: '10 Anson Road' } })
    expect(openSale.get()).toMatchObject({ pricedAt, cart: { buyer: { name: 'Tan Pte. Ltd.' } } })
    openSale.change(added(2))
    expect(openSale.get()).not.toHaveProperty('pricedAt')
  })

  test('a name that is typed while the sale is recorded is not on the next one', async () => {
    const openSale = createOpenSale(db)
    const named = { type: 'buyer-set', buyer: { name: 'Tan Pte. Ltd.', address: '10 Anson Road' } } as const
    openSale.change(added(1))
    await openSale.whileRecording(async () => openSale.change(named), refused)
    expect(openSale.get().cart.buyer).toEqual(named.buyer)
    await openSale.whileRecording(async () => {
      openSale.change(named)
      await emptied()
    }, recorded)
    expect(openSale.get()).toEqual(EMPTY_SALE)
  })

  test('a code that was shown is found again after the browser was killed, and goes with the sale', async () => {
    const codeShown = { methodCode: 'PAYNOW', amount: 100, reference: 'TB-1-000001' }
    const shown = async () => {
      const openSale = createOpenSale(db)
      openSale.change(added(1))
      openSale.setCodeShown(codeShown)
      await settled()
      return openSale
    }
    const emptiedCart = await shown()
    expect((await readOpenSale(db)).codeShown).toEqual(codeShown)
    emptiedCart.change({ type: 'cleared' })
    emptiedCart.change(added(2))
    expect(emptiedCart.get()).not.toHaveProperty('codeShown')

    await emptied()
    const paid = await shown()
    await paid.whileRecording(async () => {
      paid.setCodeShown(undefined)
      await emptied()
    }, recorded)
    expect(paid.get()).toEqual(EMPTY_SALE)

    // Its money is among the tenders that were not recorded.
    const notRecorded = await shown()
    const tenders = [{ ...codeShown, kind: 'paynow', amount: minor(100) }] as const
    await notRecorded.whileRecording(async () => notRecorded.setCodeShown(undefined), refused, tenders)
    expect(notRecorded.get().tenders).toEqual(tenders)
    expect(notRecorded.get()).not.toHaveProperty('codeShown')
  })

  test('a change made while reading is not undone by what was read', async () => {
    const openSale = createOpenSale(db)
    await saveOpenSale(db, EMPTY_SALE)
    const refreshing = openSale.refresh()
    openSale.change(added(1))
    await refreshing
    expect(openSale.get().cart.lines).toHaveLength(1)
  })

  test('keeps the moment that paying began, until it is left with nothing taken or the cart changes', async () => {
    const openSale = createOpenSale(db)
    const [six, seven] = [new Date('2026-03-01T10:00:00.000Z'), new Date('2026-03-01T11:00:00.000Z')]
    openSale.beginPaying(six)
    expect(openSale.get()).toEqual(EMPTY_SALE)
    openSale.change(added(1))
    openSale.beginPaying(six)
    openSale.beginPaying(seven)
    expect(openSale.get().pricedAt).toBe(six.toISOString())
    openSale.endPaying()
    expect(openSale.get()).not.toHaveProperty('pricedAt')

    openSale.beginPaying(seven)
    openSale.setTenders([{ methodCode: 'CARD', kind: 'card', amount: minor(50) }])
    openSale.endPaying()
    await settled()
    expect((await readOpenSale(db)).pricedAt).toBe(seven.toISOString())
    openSale.setTenders([])
    openSale.change(added(2))
    expect(openSale.get()).not.toHaveProperty('pricedAt')
  })

  test('a scan while a sale is being recorded starts the next sale', async () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    await openSale.whileRecording(async (sale) => {
      openSale.change(added(2))
      expect(linesOf(sale)).toEqual(['line-1'])
      await emptied()
    }, recorded)
    expect(linesOf(openSale.get())).toEqual(['line-2'])
    await settled()
    expect(linesOf(await readOpenSale(db))).toEqual(['line-2'])
  })

  test('a scan right after a sale was recorded does not bring its lines back', async () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    const recording = openSale.whileRecording(emptied, recorded)
    void recording.then(() => openSale.change(added(2)))
    await recording
    await settled()
    await settled()
    expect(linesOf(openSale.get())).toEqual(['line-2'])
  })

  test('a refused sale keeps its cart, with what was scanned meanwhile', async () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    await settled()
    await openSale.whileRecording(async () => openSale.change(added(2)), refused)
    expect(linesOf(openSale.get())).toEqual(['line-1', 'line-2'])
  })

  test('a sale refused because another tab paid it shows what that tab left', async () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    await settled()
    await openSale.whileRecording(emptied, refused)
    await settled()
    expect(linesOf(openSale.get())).toEqual([])
  })

  test('a failure while recording leaves the cart open to be changed', async () => {
    const openSale = createOpenSale(db)
    openSale.change(added(1))
    const failed = openSale.whileRecording(async () => Promise.reject(new Error('broken')), recorded)
    await expect(failed).rejects.toThrow('broken')
    openSale.change(added(2))
    expect(linesOf(openSale.get())).toEqual(['line-1', 'line-2'])
  })

  test('a change that cannot be written down is still shown, and said to be unsaved', async () => {
    const openSale = createOpenSale(db)
    await settled()
    db.close()
    openSale.change(added(1))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(openSale.get().cart.lines).toHaveLength(1)
    expect(openSale.saved()).toBe(false)
  })

  test('a change that changes nothing is not written down', async () => {
    const openSale = createOpenSale(db)
    const before = openSale.get()
    openSale.change()
    expect(openSale.get()).toBe(before)
  })
})

describe('in a second window that has not heard of the first', () => {
  const card = { methodCode: 'CARD', kind: 'card', amount: minor(50) } as const
  const both = async (work?: (one: OpenSaleStore) => void) => {
    const [one, other] = [createOpenSale(db), createOpenSale(db)]
    if (work !== undefined) {
      work(one)
      await settled()
      await other.refresh()
    }
    return { one, other }
  }
  const onDisk = async () => {
    for (let turn = 0; turn < 4; turn++) await settled()
    return readOpenSale(db)
  }

  test('goods that are scanned in both are both there', async () => {
    const { one, other } = await both()
    one.change(added(1))
    other.change(added(2))
    other.change(added(3))
    expect(linesOf(await onDisk())).toEqual(['line-1', 'line-2', 'line-3'])
    expect(linesOf(other.get())).toEqual(['line-1', 'line-2', 'line-3'])
  })

  test('a payment that the first took stays taken', async () => {
    const { one, other } = await both((first) => {
      first.change(added(1))
      first.beginPaying(new Date('2026-03-01T10:00:00.000Z'))
    })
    one.setTenders([card])
    other.endPaying()
    expect(await onDisk()).toMatchObject({ tenders: [card], pricedAt: '2026-03-01T10:00:00.000Z' })
    expect(other.get().tenders).toEqual([card])
  })

  test('a payment for goods that are others by now is not taken, and that is told', async () => {
    const { one, other } = await both((first) => first.change(added(1)))
    const told = vi.fn()
    other.onOutdated(told)
    one.change(added(2))
    other.setTenders([card])
    expect(linesOf(await onDisk())).toEqual(['line-1', 'line-2'])
    expect(await onDisk()).toMatchObject({ tenders: [] })
    expect(other.get().tenders).toEqual([])
    expect(told).toHaveBeenCalledTimes(1)
  })

  test('a sale that the first has had paid is not open again', async () => {
    const { one, other } = await both((first) => first.change(added(1)))
    await one.whileRecording(emptied, recorded)
    other.beginPaying(new Date('2026-03-01T10:00:00.000Z'))
    expect(await onDisk()).toEqual(EMPTY_SALE)
    expect(other.get()).toEqual(EMPTY_SALE)
  })
})

test('a payment that is typed while the sale is recorded lands on no other, and that is told', async () => {
  const store = createOpenSale(db)
  const told = vi.fn()
  store.onOutdated(told)
  store.change(added(1))
  await store.whileRecording(async () => {
    store.setTenders([{ methodCode: 'CARD', kind: 'card', amount: minor(50) }])
    await emptied()
  }, recorded)
  expect(store.get()).toEqual(EMPTY_SALE)
  expect(told).toHaveBeenCalledTimes(1)
})

describe('the tender that settles a sale', () => {
  const cash = [{ methodCode: 'CASH', kind: 'cash', amount: minor(100) }] as const

  test('is recorded with it, and neither shown nor saved before', async () => {
    const store = createOpenSale(db)
    store.change(added(1))
    const seen = await store.whileRecording(
      async (sale) => ({ given: sale.tenders, shown: store.get().tenders, onDisk: await readOpenSale(db) }),
      recorded,
      cash,
    )
    expect(seen).toMatchObject({ given: cash, shown: [], onDisk: { tenders: [] } })
    expect(store.get()).toEqual(EMPTY_SALE)
  })

  test('stands in a sale that was not recorded: the money is on the counter', async () => {
    const store = createOpenSale(db)
    store.change(added(1))
    await store.whileRecording(async () => 'refused', refused, cash)
    expect(store.get()).toMatchObject({ cart: { lines: [{ lineId: 'line-1' }] }, tenders: cash })
    expect((await readOpenSale(db)).tenders).toEqual(cash)
  })

  test('stands in it too where recording broke', async () => {
    const store = createOpenSale(db)
    store.change(added(1))
    const broken = store.whileRecording(() => Promise.reject(new Error('a bug')), recorded, cash)
    await expect(broken).rejects.toThrow('a bug')
    expect((await readOpenSale(db)).tenders).toEqual(cash)
  })

  test('does not bring back a sale that another tab has been paid for', async () => {
    const store = createOpenSale(db)
    store.change(added(1))
    await settled()
    await store.whileRecording(emptied, refused, cash)
    await settled()
    expect([store.get(), await readOpenSale(db)]).toEqual([EMPTY_SALE, EMPTY_SALE])
  })
})
