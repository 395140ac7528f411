import { minor } from '@evertill/shared/domain/money'
import { completeRefund } from '@evertill/shared/domain/refund'
import type { Tender } from '@evertill/shared/domain/tender'
import { oracleSale } from '@evertill/shared/testing/sale-oracle'
import type { OpenSale } from '../../client/src/store/cart.ts'
import { readPoints } from '../../client/src/store/points.ts'
import type { ExchangeInput } from '../../client/src/store/record-exchange.ts'
import { readValue } from '../../client/src/store/stored-value.ts'
import { anyTenders, blindLine, bringBack, payWithPoints, payWithValue, RATES, ringUp } from './basket.ts'
import type { Deed, Desk } from './errands.ts'
import { knownCodes } from './known-codes.ts'
import { anyOriginal, anyPicks, anyWays } from './take-back.ts'

type Exchange = Pick<ExchangeInput, 'returned' | 'ways' | 'cart' | 'tenders' | 'expected'>

/**
 * What a customer brings back, with its receipt or without, and takes home instead. Tells the deed what the halves must
 * come to. Undefined where there is nothing to bring back.
 */
export async function exchangeGoods(
  desk: Desk,
  deed: Deed,
): Promise<Exchange | { readonly code: string } | undefined> {
  const { catalogue, random, rules } = desk
  const { cart } = ringUp(random, catalogue, rules, [])
  const out = oracleSale(cart, rules, RATES, []).total
  const taken = random.chance(0.3) ? withoutReceipt(desk, deed, out) : await withReceipt(desk)
  if (taken === undefined || 'code' in taken) return taken
  const { back, returned, ways } = taken
  const due = Math.max(0, out - back)
  const tenders = due > 0 ? await anyPayment(desk, { cart, tenders: anyTenders(random, due) }, due) : []
  const openSale = { cart, tenders: [...legOf(Math.min(back, out)), ...tenders] }
  deed.sold = { openSale, rules, expected: oracleSale(cart, rules, RATES, openSale.tenders) }
  return { returned, ways, cart, tenders, expected: { back: minor(back), out: minor(out) } }
}

/** Now and then a code or the customer's points pay some of the difference, as far as the till offers them. */
async function anyPayment(
  { page: { db, browser }, random, catalogue }: Desk,
  paid: OpenSale,
  due: number,
): Promise<readonly Tender[]> {
  if (random.chance(0.5)) return paid.tenders
  const codes = await knownCodes(db)
  if (codes.length > 0 && random.chance(0.5)) {
    const code = random.pick(codes)
    const known = await readValue(db, code, browser.now())
    return known === undefined
      ? paid.tenders
      : payWithValue(random, catalogue, paid, due, { code, known }).tenders
  }
  const { customer } = paid.cart
  if (customer === undefined) return paid.tenders
  const known = await readPoints(db, customer.customerId, browser.now())
  return payWithPoints(random, catalogue, paid, due, known).tenders
}

type Taken = Pick<Exchange, 'returned' | 'ways'> & { readonly back: number }

function withoutReceipt({ random, catalogue, rules }: Desk, deed: Deed, out: number): Taken {
  const lines = bringBack(random, catalogue)
  const restock = random.chance(0.7)
  const kind = random.pick(['cash', 'nets'] as const)
  const way = { methodCode: kind.toUpperCase(), kind }
  const back = oracleSale({ lines }, rules, RATES, []).total
  // Cash that goes back is rounded, and what goods took over is not.
  const rest = back > out ? [{ ...way, amount: minor(0) }] : []
  deed.blind = oracleSale({ lines }, rules, RATES, [...legOf(Math.min(back, out)), ...rest])
  const returned = { kind: 'blind' as const, lines: lines.map((line) => blindLine(line, restock)) }
  return { back, returned, ways: [way] }
}

async function withReceipt({ page, random, newId }: Desk): Promise<Taken | { code: string } | undefined> {
  const original = await anyOriginal(random, page)
  if (original === undefined) return undefined
  const picks = anyPicks(random, original)
  if (picks.length === 0) return undefined
  // As the screen finds out what it is worth; the oracles say later whether that is right.
  const all = completeRefund(original, picks, [{ methodCode: '', kind: 'exchange' }], {
    receiptNo: '',
    reason: '',
  })
  if ('code' in all) return all
  const returned = { kind: 'receipt' as const, saleId: original.saleId, picks }
  return { back: all.net, returned, ways: anyWays(random, original, newId) }
}

const legOf = (amount: number): Tender[] =>
  amount > 0 ? [{ methodCode: 'EXCHANGE', kind: 'exchange', amount: minor(amount) }] : []
