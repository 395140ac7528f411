import { businessDate } from '@evertill/shared/domain/business-day'
import { type CartCustomer, type CartProduct, cartAfter, EMPTY_CART } from '@evertill/shared/domain/cart'
import { completeExchange, exchangeDifference, exchangeLeg } from '@evertill/shared/domain/exchange'
import {
  type Minor,
  minor,
  ONE_UNIT,
  type Ppm,
  ppm,
  sumMinor,
  thousandths,
} from '@evertill/shared/domain/money'
import {
  type BlindLine,
  completeBlindRefund,
  completeRefund,
  type OriginalSale,
  type PickedLine,
  type RefundPaper,
} from '@evertill/shared/domain/refund'
import { pointsChange } from '@evertill/shared/domain/refund-share'
import { unitPriceOnLabel } from '@evertill/shared/domain/scale-label'
import { newValueCode } from '@evertill/shared/domain/stored-value'
import { rateOn } from '@evertill/shared/domain/tax'
import { settle, type Tender, withoutTender } from '@evertill/shared/domain/tender'
import { isMoney, type WayBack, waysBack } from '@evertill/shared/domain/way-back'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useMemo, useRef, useState } from 'react'
import { type OpenExchange, saveOpenExchange, takenFor } from '../../store/open-exchange.ts'
import { chargesTax, priceSale, rulesOf } from '../../store/price-sale.ts'
import { timeAt } from '../../store/till-clock.ts'
import type { HowMuch } from '../goods/use-goods.ts'
import { useTaking } from '../pay/use-taking.ts'
import { nextBack } from '../receipts/next-back.ts'
import { useFacts, useServices, useStaff } from '../till-context.tsx'

export type BackLine = OpenExchange['lines'][number]
/** Which way goods go that are scanned now. */
export type Side = 'back' | 'out'

export const NOTHING_OPEN: OpenExchange = { picks: [], lines: [], cart: EMPTY_CART, reason: '' }

const MONEY_KINDS: ReadonlySet<string> = new Set(['cash', 'card', 'nets', 'paynow'])

/**
 * What comes back and what goes out, what it comes to, and how the difference is paid.
 * @param onOutdated another window has taken or given back money since: what stands here is not so any more
 */
export function useExchange(
  initial: OpenExchange,
  original: OriginalSale | undefined,
  onOutdated: () => void,
) {
  const { db, newId, now } = useServices()
  const { catalogue } = useFacts()
  const { staffId } = useStaff()
  const { company, outlet, pricing, paymentMethods } = catalogue
  // What was said to the customer stands until the goods change: a happy hour may end while a card is read.
  const [pricedAt, setPricedAt] = useState(() =>
    takenFor(initial).length > 0 && initial.pricedAt !== undefined
      ? new Date(initial.pricedAt)
      : timeAt(now(), pricing),
  )
  const [open, setOpen] = useState(initial)
  // Two scans in one breath both count, though the screen was drawn once.
  const latest = useRef(initial)
  const [methodCode, setMethodCode] = useState<string>()
  const [received, setReceived] = useState<Minor>()
  // The same code however often this is drawn: it may have been read out already.
  const [creditCode] = useState(() => newValueCode(newId()))
  const rules = rulesOf(company)

  const change = (changes: Partial<OpenExchange>) => {
    const before = latest.current
    const next = { ...before, ...changes, at: now().toISOString(), staffId }
    latest.current = next
    setOpen(next)
    // What was taken, and why, changes nothing about the price.
    if (!('reason' in changes || 'tenders' in changes)) setPricedAt(timeAt(now(), pricing))
    if (!('reason' in changes)) setReceived(undefined)
    void saveOpenExchange(db, next, before).then((kept) => kept || onOutdated())
    return next
  }

  const priced = useMemo(() => priceSale(pricing, open.cart, pricedAt), [pricing, open.cart, pricedAt])
  const hasGoods = open.cart.lines.length > 0
  const takeBack = (ways: readonly WayBack[], paper: RefundPaper) =>
    original === undefined
      ? completeBlindRefund(open.lines, ways, rules, paper)
      : completeRefund(original, open.picks, ways, paper)

  const paper = { receiptNo: '', reason: '' }
  const all = takeBack([{ methodCode: '', kind: 'exchange' }], paper)
  const back = 'code' in all ? minor(0) : all.net
  const out = priced.code === 'priced' ? priced.priced.total : minor(0)
  const difference = exchangeDifference(back, out)

  const methods = paymentMethods.filter(({ kind }) => MONEY_KINDS.has(kind))
  const asPaid = original === undefined ? [] : waysBack(original)
  const credit = paymentMethods.filter(({ kind }) => kind === 'store-credit')
  const paidBy = ({ code, kind }: PaymentMethodRow) =>
    asPaid.find((way) => way.methodCode === code && way.kind === kind)
  /**
   * What is owed to the customer goes back in cash, on what took it, or stays with the shop on a code: no card is paid
   * what it never gave.
   */
  const offered =
    difference.back > 0
      ? [...methods.filter((row) => row.kind === 'cash' || paidBy(row) !== undefined), ...credit]
      : methods
  const method = offered.find(({ code }) => code === methodCode) ?? offered[0]
  const taken = takenFor(open)
  const soFar = [...(difference.exchanged > 0 ? [exchangeLeg(difference.exchanged)] : []), ...taken]
  const settlement = settle(out, soFar, company.cashStep)
  const { customer } = open.cart
  const isTheirs = customer?.customerId === original?.sale.customer?.customerId
  const taking = useTaking({
    total: out,
    tenders: soFar,
    customer,
    pointsChange: 'code' in all || !isTheirs ? 0 : pointsChange(all),
  })
  const last = difference.due > 0 && !settlement.complete ? method : undefined
  const tenders: readonly Tender[] =
    last === undefined
      ? taken
      : [...taken, taking.legOf(last, (last.kind === 'cash' && received) || taking.leftBy(last))]
  // As it was paid, unless a method is chosen: points and codes go back as they came all the same.
  const chosen: WayBack[] =
    method === undefined
      ? []
      : [
          {
            methodCode: method.code,
            kind: method.kind,
            // Credit goes on a code of its own, of which nothing was paid.
            ...(method.kind === 'store-credit'
              ? { code: creditCode }
              : method.kind !== 'cash' && paidBy(method)),
          },
        ]
  const ways =
    original !== undefined && methodCode === undefined
      ? asPaid
      : [...asPaid.filter((way) => !isMoney(way)), ...chosen]

  // A price that fell meanwhile: what was taken is nowhere in the papers then.
  const unused = difference.due > 0 ? 0 : sumMinor(taken.map(({ amount }) => amount))
  const halves =
    unused > 0
      ? ({ code: 'over-paid', excess: minor(unused) } as const)
      : hasGoods && priced.code === 'priced'
        ? completeExchange({ by: takeBack, open: asPaid }, priced.priced, open.cart, rules, ways, tenders, {
            refund: { entryId: '', ...paper },
            sale: { entryId: '', receiptNo: '' },
          })
        : undefined
  const refund = halves === undefined ? takeBack(ways, paper) : 'code' in halves ? halves : halves.refund

  const rateOf = (product: Pick<CartProduct, 'taxCode'>): Ppm => {
    const taxCode = catalogue.taxCodes.find(({ code }) => code === product.taxCode)
    if (taxCode?.kind !== 'standard' || !chargesTax(company)) return ppm(0)
    return rateOn(taxCode.rates, businessDate(timeAt(now(), pricing), outlet.timeZone, 0))
  }
  const takeOut = (product: CartProduct, howMuch: HowMuch) =>
    change({
      cart: cartAfter(latest.current.cart, { type: 'product-added', product, lineId: newId(), ...howMuch }),
    })
  const giveBack = (
    product: CartProduct,
    { quantity = thousandths(ONE_UNIT), apart, labelPrice }: HowMuch,
  ) => {
    const { lines } = latest.current
    const known =
      apart === undefined &&
      lines.find((other) => other.productId === product.productId && other.unitPrice === product.unitPrice)
    if (known) return changeBack(known, { quantity: thousandths(known.quantity + quantity) })
    const unitPrice =
      labelPrice === undefined ? product.unitPrice : unitPriceOnLabel(labelPrice, quantity, product.unitPrice)
    const line = { ...product, unitPrice, lineId: newId(), quantity, ratePpm: rateOf(product), restock: true }
    change({ lines: [...lines, line] })
  }
  const changeBack = (
    line: BackLine,
    changes: Partial<Pick<BlindLine, 'quantity' | 'unitPrice' | 'restock'>>,
  ) =>
    change({
      lines: latest.current.lines
        .map((other) => (other.lineId === line.lineId ? { ...other, ...changes } : other))
        .filter(({ quantity }) => quantity > 0),
    })

  const pick = (picked: PickedLine) =>
    void change({ picks: [...latest.current.picks.filter(({ lineNo }) => lineNo !== picked.lineNo), picked] })

  return {
    open,
    back,
    out,
    difference,
    priced,
    hasGoods,
    /** Their points paid for what comes back. */
    pointsOf: asPaid.some(({ points = 0 }) => points > 0)
      ? [open.cart.customer].find((customer) => customer?.customerId === original?.sale.customer?.customerId)
      : undefined,
    methods: offered,
    method,
    /** Undefined: as it was paid. */
    methodCode,
    chooseMethod: (code: string | undefined) => {
      setMethodCode(code)
      setReceived(undefined)
    },
    received,
    setReceived,
    taking,
    /** Taken of the difference so far. */
    taken,
    settlement,
    /** @returns what is prepared with it */
    take: (tender: Tender): OpenExchange =>
      change({ tenders: [...takenFor(latest.current), tender], pricedAt: pricedAt.toISOString() }),
    takeBack: (position: number) => {
      const before = takenFor(latest.current)
      const goods = difference.exchanged > 0 ? [exchangeLeg(difference.exchanged)] : []
      const { remaining } = settle(out, [...goods, ...before.toSpliced(position, 1)], company.cashStep)
      const tenders = withoutTender(before, position, remaining)
      change({ tenders })
      // Nothing is paid of it any more: from here on it costs what it costs now.
      if (tenders.length === 0) setPricedAt(timeAt(now(), pricing))
    },
    /** All that would pay: what was taken, and the rest by the method. */
    tenders,
    ways,
    /** The halves as they would be recorded, or why not yet. */
    halves,
    /** The refund alone, where nothing goes out. */
    refund,
    pricedAt,
    add: (side: Side, product: CartProduct, howMuch: HowMuch) =>
      side === 'out' ? takeOut(product, howMuch) : giveBack(product, howMuch),
    changeBack,
    changeOut: (lineId: string, quantity: number) =>
      change({
        cart: cartAfter(
          latest.current.cart,
          quantity <= 0
            ? { type: 'line-removed', lineId }
            : { type: 'quantity-set', lineId, quantity: thousandths(quantity) },
        ),
      }),
    setCustomer: (customer: CartCustomer | undefined) =>
      change({ cart: cartAfter(latest.current.cart, { type: 'customer-set', customer }) }),
    pick,
    /** One more of it comes back. @returns what undoes that, unless the receipt has no more of it */
    pickProduct: (productId: string): (() => void) | undefined => {
      if (original === undefined) return undefined
      const pickOf = (lineNo: number): PickedLine =>
        latest.current.picks.find((other) => other.lineNo === lineNo) ?? {
          lineNo,
          quantity: thousandths(0),
          restock: true,
        }
      const next = nextBack(original, productId, (lineNo) => pickOf(lineNo).quantity)
      if (next === undefined) return undefined
      const { lineNo } = next
      const before = pickOf(lineNo)
      const added = next.quantity - before.quantity
      pick({ ...before, ...next })
      return () => {
        const since = pickOf(lineNo)
        pick({ ...since, quantity: thousandths(Math.max(0, since.quantity - added)) })
      }
    },
    setReason: (reason: string) => void change({ reason }),
    /** Whether that is what stands here: a question is answered about what was seen. */
    isStill: (shown: OpenExchange) => latest.current === shown,
  }
}
export type Exchange = ReturnType<typeof useExchange>
