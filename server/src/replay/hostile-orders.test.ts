import type { SealedEntry } from '@evertill/shared/domain/journal-hash'
import { minor } from '@evertill/shared/domain/money'
import type { RefundBody } from '@evertill/shared/domain/refund'
import type { SaleBody } from '@evertill/shared/domain/sale'
import type { EntryKind, EntryOf } from '@evertill/shared/protocol/entry'
import { card, cartOf, cash, percent, refundOf, saleOf, voidOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { journalOf, pushBytes } from '../../test/shop.ts'
import type { AuthenticatedTill } from '../tills/authenticate-till.ts'
import { acceptPush } from './accept-push.ts'
import { applyLines } from './apply-lines.ts'
import { createReplayQueue } from './replay-queue.ts'

/*
 * Tills that write every kind of entry, refund each other's sales and register customers under one code, and a
 * network that brings it all in any order, over and over, from many connections. What must come of it is summed up
 * here from the entries alone.
 */

const the = usePushingTill({ products: 6 })

/** A small generator of its own, so that a seed that fails can be tried again. */
function diceOf(seed: number) {
  let state = seed
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number) => Math.floor(roll() * n)
  const oneOf = <T>(values: readonly T[]): T => {
    const value = values[below(values.length)]
    if (value === undefined) throw new Error('nothing to choose from')
    return value
  }
  const shuffled = <T>(values: readonly T[]): T[] =>
    values
      .map((value) => ({ value, at: roll() }))
      .sort((a, b) => a.at - b.at)
      .map(({ value }) => value)
  return { roll, below, oneOf, shuffled }
}
type Dice = ReturnType<typeof diceOf>

class Sums {
  readonly #sums = new Map<string, number>()
  add(key: string, amount: number) {
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + amount)
  }
  /** Sorted, without what is zero. */
  rows(): [string, number][] {
    return [...this.#sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
  }
}

type Written = { readonly from: AuthenticatedTill; readonly entry: SealedEntry }
type Sold = { readonly id: string; readonly body: SaleBody; returned: RefundBody[] }

/** A day of some tills, and what it makes by plain addition. */
async function dayOf(dice: Dice, tills: number, entriesEach: number) {
  const { shop } = the
  const written: Written[] = []
  const stock = new Sums()
  const points = new Sums()
  const methods = new Sums()
  const shifts = new Map<string, { cash: number; cashMoved: number; sales: number; refunds: number }>()
  const sold: Sold[] = []
  const customers: string[] = [shop.customerId]
  const unknownProducts = [uuidV7(), uuidV7()]
  const strangers = [uuidV7(), uuidV7()]
  const expected = new Set<string>()

  for (let t = 0; t < tills; t++) {
    const from = await the.another(`H${t}`)
    const journal = journalOf(shop, from.till_id, { now: () => the.clock.now.getTime() })
    let shift: { id: string; float: number; till: Sums; sales: number[]; refunds: number[] } | undefined
    const write = <K extends EntryKind>(kind: K, body: EntryOf<K>['body']) => {
      const rest = (shift === undefined ? {} : { shiftId: shift.id }) as Partial<EntryOf<K>>
      const entry = journal.write(kind, body, rest)
      written.push({ from, entry })
      return entry
    }
    const taken = (tenders: SaleBody['tenders'], change: number, sign: 1 | -1) => {
      const legs = tenders.map(({ kind, methodCode, amount }) => ({
        kind,
        methodCode,
        amount: sign * amount,
      }))
      // Change is given on the last cash leg here: there is one at most.
      for (const { kind, methodCode, amount } of legs) {
        const net = amount - (kind === 'cash' ? change : 0)
        methods.add(methodCode, net)
        if (shift === undefined) continue
        shift.till.add(methodCode, net)
        const counted = shifts.get(shift.id)
        if (counted !== undefined && kind === 'cash') counted.cash += net
      }
    }
    const sell = () => {
      const lines = Array.from({ length: 1 + dice.below(3) }, () => {
        const unknown = dice.roll() < 0.08
        const productId = dice.oneOf(unknown ? unknownProducts : shop.productIds)
        if (unknown) expected.add(`unknown-product ${productId}`)
        const discount = dice.roll() < 0.3 ? { discount: percent(10) } : {}
        return { productId, price: 95 + dice.below(2000), quantity: 1000 * (1 + dice.below(3)), ...discount }
      })
      const customerId = dice.roll() < 0.4 ? dice.oneOf(customers) : undefined
      const cart = cartOf(
        lines,
        customerId ? { customer: { customerId, name: 'Goh', multiplierPpm: 1_000_000 as never } } : {},
      )
      const body = saleOf(
        cart,
        dice.roll() < 0.3 ? undefined : [...(dice.roll() < 0.3 ? [card(50)] : []), cash(50_000)],
      )
      const { id } = write('sale', body as EntryOf<'sale'>['body'])
      sold.push({ id, body, returned: [] })
      for (const line of body.lines) stock.add(line.productId, -line.quantity)
      if (customerId) points.add(customerId, body.pointsEarned)
      taken(body.tenders, body.change, 1)
      shift?.sales.push(body.total)
    }
    const giveBack = () => {
      if (sold.length === 0) return sell()
      const sale = dice.oneOf(sold)
      const whole = dice.roll() < 0.4
      const picked = 1 + dice.below(sale.body.lines.length)
      const of = sale.body.lines[picked - 1]?.quantity ?? 1000
      const picks = [
        { lineNo: picked, quantity: 1000 * (1 + dice.below(of / 1000)), restock: dice.roll() < 0.6 },
      ]
      // Nobody asks what came back before: other tills cannot know.
      const body = whole
        ? voidOf(sale.body, { saleId: sale.id })
        : refundOf(sale.body, { saleId: sale.id, picks })
      write(whole ? 'void' : 'refund', body)
      sale.returned.push(body)
      for (const line of body.lines) if (line.restock) stock.add(line.productId, line.quantity)
      if (body.customer) points.add(body.customer.customerId, -body.pointsTaken)
      taken(body.tenders, 0, -1)
      shift?.refunds.push(body.total)
    }
    const moveCash = () => {
      const direction = dice.oneOf(['in', 'out'] as const)
      const amount = 1 + dice.below(5000)
      write('cash-moved', { direction, amount: minor(amount), reason: 'Change' })
      const signed = direction === 'in' ? amount : -amount
      const counted = shift && shifts.get(shift.id)
      if (counted) counted.cashMoved += signed
      shift?.till.add('CASH', signed)
    }
    const openOrClose = () => {
      if (shift === undefined) {
        const float = dice.below(20_000)
        const { id } = write('shift-opened', { float: minor(float) })
        shift = { id, float, till: new Sums(), sales: [], refunds: [] }
        shift.till.add('CASH', float)
        shifts.set(id, { cash: 0, cashMoved: 0, sales: 0, refunds: 0 })
        return
      }
      const { id, till, sales, refunds } = shift
      const sum = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0)
      const honest = dice.roll() < 0.7
      if (!honest) expected.add(`totals-differ ${id}`)
      const counted = shifts.get(id)
      if (counted) Object.assign(counted, { sales: sum(sales), refunds: sum(refunds) })
      const figures = new Map(till.rows())
      write('shift-closed', {
        sales: { count: sales.length, total: minor(sum(sales)) },
        refunds: { count: refunds.length, total: minor(sum(refunds)) },
        tenders: ['CASH', 'CARD'].map((methodCode) => ({
          methodCode,
          kind: methodCode === 'CASH' ? ('cash' as const) : ('card' as const),
          expected: minor((figures.get(methodCode) ?? 0) + (honest ? 0 : 1)),
        })),
      })
      shift = undefined
    }
    const register = () => {
      const customerId = uuidV7()
      customers.push(customerId)
      write('customer-registered', { customerId, code: `C${dice.below(3)}`, name: 'Goh' })
    }
    const count = () => {
      const productId = dice.oneOf(shop.productIds)
      const [believed, found] = [dice.below(9000) - 4000, dice.below(9000)]
      write('stock-counted', { lines: [{ productId, expected: believed, counted: found }] })
      stock.add(productId, found - believed)
    }
    const override = () => {
      const approvedBy = dice.roll() < 0.7 ? shop.staffId : dice.oneOf(strangers)
      if (approvedBy !== shop.staffId) expected.add(`unknown-staff ${approvedBy}`)
      write('override-given', { permission: 'sale.refund', approvedBy, about: 'Refund' })
    }
    const openDrawer = () => write('drawer-opened', { reason: 'Change' })
    const acts = [
      sell,
      sell,
      sell,
      giveBack,
      giveBack,
      moveCash,
      openOrClose,
      register,
      count,
      override,
      openDrawer,
    ]
    for (let i = 0; i < entriesEach; i++) dice.oneOf(acts)()
    if (shift !== undefined) openOrClose()
  }

  for (const { id, body, returned } of sold) {
    const over = body.lines.some((line, i) => {
      const back = returned.flatMap(({ lines }) => lines.filter(({ lineNo }) => lineNo === i + 1))
      return back.reduce((sum, { quantity }) => sum + quantity, 0) > line.quantity
    })
    if (over) expected.add(`over-refund ${id}`)
  }
  return { written, stock, points, methods, shifts, customers, expected, sold }
}

const sumsOf = async (rows: Promise<readonly { key: string; sum: number }[]>) => {
  const sums = new Sums()
  for (const { key, sum } of await rows) sums.add(key, sum)
  return sums.rows()
}

const seeds = Array.from({ length: 3 }, () => Math.floor(Math.random() * 1e9))

test.each(seeds)(
  'every kind from many tills in any order counts once and never waits for ever (seed %i)',
  async (seed) => {
    const dice = diceOf(seed)
    const { companyId } = the.shop
    const day = await dayOf(dice, 5, 45)
    const tills = [...new Set(day.written.map(({ from }) => from))]
    const queues = [0, 1].map(() =>
      createReplayQueue((company, lines) => applyLines(the.sql, company, lines, the.ports), the.ports),
    )

    // Each till's entries come in pieces that overlap, in any order, twice in all; half of them share calls.
    const pushes = tills.flatMap((from) => {
      const own = dice.shuffled(day.written.filter((one) => one.from === from).map(({ entry }) => entry))
      const pieces: SealedEntry[][] = []
      for (let at = 0; at < own.length; ) {
        const length = 1 + dice.below(12)
        pieces.push(own.slice(Math.max(0, at - dice.below(4)), at + length))
        at += length
      }
      return [...pieces, ...dice.shuffled(pieces)].map((piece) => ({ from, piece }))
    })
    const waiting = dice.shuffled(pushes)
    await Promise.all(
      Array.from({ length: 10 }, async (_, i) => {
        const through = { ...the.ports, ...queues[i % 4] }
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          const answer = await acceptPush(the.sql, next.from, pushBytes(next.piece), through)
          if ('code' in answer) throw new Error(answer.message)
          expect(answer.outcomes.filter(({ outcome }) => outcome === 'quarantined')).toEqual([])
        }
      }),
    )
    // What crossed is closed by whatever comes next.
    await the.push(the.journal.sell())
    day.stock.add(the.shop.productIds[0] ?? '', -1000)
    day.methods.add('CASH', 100)

    expect(the.retried).toEqual([])
    expect(await ledgerDifferences(the.sql, companyId)).toEqual([])
    expect(
      await sumsOf(the.sql`
      select product_id as key, on_hand - case when product_id = any(${the.sql.array([...the.shop.productIds], 2950)})
        then 1000000 else 0 end as sum from stock_level where company_id = ${companyId}`),
    ).toEqual(day.stock.rows())
    expect(
      await sumsOf(
        the.sql`select customer_id as key, points as sum from points_balance where company_id = ${companyId}`,
      ),
    ).toEqual(day.points.rows())
    expect(
      await sumsOf(
        the.sql`select method_code as key, amount as sum from day_tender where company_id = ${companyId}`,
      ),
    ).toEqual(day.methods.rows())
    const shifts = await the.sql`
    select s.shift_id, s.cash_moved, s.sales_total, s.refunds_total, s.complete,
      (select coalesce(sum(amount), 0)::bigint from shift_tender t
       where t.company_id = s.company_id and t.shift_id = s.shift_id and t.kind = 'cash') as cash
    from shift s where company_id = ${companyId} order by shift_id`
    expect(shifts).toEqual(
      [...day.shifts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, { cash, cashMoved, sales, refunds }]) =>
          expect.objectContaining({
            shift_id: id,
            cash,
            cash_moved: cashMoved,
            sales_total: sales,
            refunds_total: refunds,
            complete: true,
          }),
        ),
    )
    expect(
      (await the.sql`select customer_id from customer where company_id = ${companyId} order by 1`).map(
        (row) => row.customer_id,
      ),
    ).toEqual(day.customers.toSorted())
    const overdrawn = day.points.rows().flatMap(([id, sum]) => (sum < 0 ? [`points-overdrawn ${id}`] : []))
    const open = (await the.exceptions()).filter(({ state }) => state === 'open')
    expect(
      open
        .map(({ type, subject }) => `${type} ${subject}`)
        .filter((key) => !key.startsWith('stock-negative'))
        .sort(),
    ).toEqual([...day.expected, ...overdrawn].sort())
  },
)
