import { minor } from '@evertill/shared/domain/money'
import type { SaleBody } from '@evertill/shared/domain/sale'
import { card, cartOf, cash, refundOf, saleOf, voidOf } from '@evertill/shared/testing/builders'
import type { Item } from './expectation.ts'
import type { OfficeClient } from './office-client.ts'
import { hashed, PaperTill } from './paper-till.ts'
import type { ServerProcess } from './server-process.ts'

export interface Scene {
  readonly till: PaperTill
  readonly late: PaperTill
  /** Closed, with a sale refunded, another voided, cash moved and five cents missing. */
  readonly shiftId: string
  /** Closed, but a sale of before the close has not arrived. */
  readonly provisionalShiftId: string
  readonly soldId: string
  readonly refundId: string
  /** Revoked, with three sales and a refund sent since. */
  readonly revoked: PaperTill
  readonly heldTotal: number
}

interface Stage {
  readonly server: ServerProcess
  readonly office: OfficeClient
  readonly items: readonly Item[]
}

let scenes = 0

/** A day's oddities, so that every page of head office has something to show. A company may see it more than once. */
export async function playScene({ server, office, items }: Stage): Promise<Scene> {
  const staffId = await cashierOf(server)
  const scene = ++scenes
  const again = scene > 1 ? ` (${scene})` : ''
  const enrol = (name: string) => PaperTill.enrol(server.url, office, `${name}${again}`, staffId)
  const till = await enrol('Counter 5')
  let papers = 0
  const paper = () => `TB-C${scene > 1 ? `${scene}5` : 5}-${String(++papers).padStart(6, '0')}`
  const basket = (from: number, pieces: readonly number[]): SaleBody => {
    const lines = pieces.flatMap((count, i) => {
      const item = items[from + i]
      if (item === undefined) throw new Error('the demo company has too little to sell')
      const { productId, name, price } = item
      return [{ productId, name, price, quantity: count * 1000 }]
    })
    const total = saleOf(cartOf(lines)).total
    const isCash = from % 2 === 0
    const paid = isCash ? [cash(Math.ceil(total / 1000) * 1000)] : [card(total)]
    return { ...saleOf(cartOf(lines), paid), receiptNo: paper() }
  }

  const opened = till.write('shift-opened', { float: minor(100_00) })
  const inShift = { shiftId: opened.id }
  const [kept, mistaken, more] = [basket(30, [3, 1, 2]), basket(41, [2]), basket(50, [1, 1])]
  const sold = till.write('sale', kept, inShift)
  const wrong = till.write('sale', mistaken, inShift)
  const back = refundOf(kept, {
    saleId: sold.id,
    picks: [{ lineNo: 1, quantity: 1000, restock: false }],
    receiptNo: paper(),
  })
  const refunded = till.write('refund', back, inShift)
  const gone = { saleId: wrong.id, receiptNo: paper() }
  const entries = [
    opened,
    sold,
    wrong,
    refunded,
    till.write('void', voidOf(mistaken, gone), inShift),
    till.write('sale', more, inShift),
    till.write('drawer-opened', { reason: 'Give change' }, inShift),
    till.write(
      'override-given',
      { permission: 'price.override', approvedBy: staffId, about: 'Milo at $1.00' },
      inShift,
    ),
    till.write(
      'stock-counted',
      { lines: [{ productId: items[60]?.productId ?? '', expected: 5000, counted: 4000 }] },
      inShift,
    ),
    till.write('cash-moved', { direction: 'out', amount: minor(20_00), reason: 'To the safe' }, inShift),
  ]
  const expected = minor(100_00 - 20_00 + kept.total + more.total - back.total)
  const closed = till.write(
    'shift-closed',
    {
      sales: { count: 3, total: minor(kept.total + mistaken.total + more.total) },
      refunds: { count: 2, total: minor(back.total + mistaken.total) },
      tenders: [
        { methodCode: 'CASH', kind: 'cash', expected, counted: minor(expected - 5) },
        { methodCode: 'CARD', kind: 'card', expected: minor(0) },
      ],
      note: 'A coin rolled under the counter',
    },
    inShift,
  )
  await till.push([...entries, closed])

  // Twice the same pieces back, and lines that nobody can read.
  const twice = till.write('refund', refundOf(kept, { saleId: sold.id, receiptNo: paper() }))
  const raffles = [till.write('sale', basket(70, [1])), till.write('sale', basket(72, [2]))].map(({ raw }) =>
    hashed(raw.replace('"kind":"sale"', '"kind":"raffle"')),
  )
  await till.push([twice, ...(await Promise.all(raffles))])

  const late = await enrol('Counter 6')
  const morning = late.write('shift-opened', { float: minor(50_00) })
  const missing = basket(80, [2])
  late.write('sale', missing, { shiftId: morning.id })
  const drawer = minor(50_00 + missing.total)
  const evening = late.write(
    'shift-closed',
    {
      sales: { count: 1, total: missing.total },
      refunds: { count: 0, total: minor(0) },
      tenders: [{ methodCode: 'CASH', kind: 'cash', expected: drawer, counted: drawer }],
    },
    { shiftId: morning.id },
  )
  await late.push([morning, evening])

  const revoked = await enrol('Old tablet')
  const last = [basket(90, [1]), basket(92, [2]), basket(94, [1, 3])]
  const lastSales = last.map((body) => revoked.write('sale', body))
  const [first] = last
  if (first === undefined) throw new Error('nothing was sold')
  const lastRefund = refundOf(first, { saleId: lastSales[0]?.id ?? '', receiptNo: paper() })
  const sent = [...lastSales, revoked.write('refund', lastRefund)]
  await office.post(`/tills/${revoked.tillId}/revoke`)
  await revoked.push(sent)
  return {
    till,
    late,
    shiftId: opened.id,
    provisionalShiftId: morning.id,
    soldId: sold.id,
    refundId: refunded.id,
    revoked,
    heldTotal: last.reduce((sum, body) => sum + body.total, 0) - lastRefund.total,
  }
}

export async function cashierOf({ sql }: ServerProcess): Promise<string> {
  const [row] = await sql<{ staff_id: string }[]>`select staff_id from staff where name = 'Lim Jun Wei'`
  if (row === undefined) throw new Error('the demo company has no such cashier')
  return row.staff_id
}
