import { businessDate } from '@evertill/shared/domain/business-day'
import { cartAfter, EMPTY_CART } from '@evertill/shared/domain/cart'
import { completeExchange, exchangeDifference, exchangeLeg } from '@evertill/shared/domain/exchange'
import { type Minor, minor, ONE_UNIT, type Ppm, ppm, thousandths } from '@evertill/shared/domain/money'
import {
  type BlindLine,
  completeBlindRefund,
  completeRefund,
  type OriginalSale,
  type PickedLine,
  type RefundPaper,
} from '@evertill/shared/domain/refund'
import { rateOn } from '@evertill/shared/domain/tax'
import { leftFor, type Tender } from '@evertill/shared/domain/tender'
import { isMoney, type WayBack, waysBack } from '@evertill/shared/domain/way-back'
import type { PaymentMethodRow, ProductRow } from '@evertill/shared/protocol/pull'
import { useMemo, useRef, useState } from 'react'
import { type OpenExchange, saveOpenExchange } from '../../store/open-exchange.ts'
import { priceSale, rulesOf } from '../../store/price-sale.ts'
import { useFacts, useNow, useServices } from '../till-context.tsx'

export type BackLine = OpenExchange['lines'][number]
/** Which way goods go that are scanned now. */
export type Side = 'back' | 'out'

export const NOTHING_OPEN: OpenExchange = { picks: [], lines: [], cart: EMPTY_CART, reason: '' }

const MONEY_KINDS: ReadonlySet<string> = new Set(['cash', 'card', 'nets', 'paynow'])
const MINUTE_MS = 60_000

/** What comes back and what goes out, what it comes to, and how the difference is paid. */
export function useExchange(initial: OpenExchange, original: OriginalSale | undefined) {
  const { db, newId } = useServices()
  const { catalogue } = useFacts()
  const { company, outlet, pricing, paymentMethods } = catalogue
  const now = useNow(MINUTE_MS, pricing.clockOffsetMs)
  const [open, setOpen] = useState(initial)
  // Two scans in one breath both count, though the screen was drawn once.
  const latest = useRef(initial)
  const [methodCode, setMethodCode] = useState<string>()
  const [received, setReceived] = useState<Minor>()
  const rules = rulesOf(company)

  const change = (changes: Partial<OpenExchange>) => {
    const next = { ...latest.current, ...changes }
    latest.current = next
    setOpen(next)
    setReceived(undefined)
    void saveOpenExchange(db, next)
  }

  const priced = useMemo(() => priceSale(pricing, open.cart, now), [pricing, open.cart, now])
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
  const method = methods.find(({ code }) => code === methodCode) ?? methods[0]
  const exchanged = difference.exchanged > 0 ? [exchangeLeg(difference.exchanged)] : []
  const dueBy = ({ kind }: PaymentMethodRow) => leftFor(kind, out, exchanged, company.cashStep)
  const takes = difference.due > 0 && method !== undefined
  const tenders: Tender[] = takes
    ? [
        {
          methodCode: method.code,
          kind: method.kind,
          amount: method.kind === 'cash' ? (received ?? dueBy(method)) : dueBy(method),
        },
      ]
    : []
  // As it was paid, unless a method is chosen: points and codes go back as they came all the same.
  const chosen: WayBack[] = method === undefined ? [] : [{ methodCode: method.code, kind: method.kind }]
  const ways =
    original !== undefined && methodCode === undefined
      ? asPaid
      : [...asPaid.filter((way) => !isMoney(way)), ...chosen]

  const halves =
    hasGoods && priced.code === 'priced'
      ? completeExchange(takeBack, priced.priced, open.cart, rules, ways, tenders, {
          refund: { entryId: '', ...paper },
          sale: { entryId: '', receiptNo: '' },
        })
      : undefined
  const refund = halves === undefined ? takeBack(ways, paper) : 'code' in halves ? halves : halves.refund

  const rateOf = (product: Pick<ProductRow, 'taxCodeId'>): Ppm => {
    const taxCode = catalogue.taxCodes.find(({ taxCodeId }) => taxCodeId === product.taxCodeId)
    if (taxCode?.kind !== 'standard') return ppm(0)
    return rateOn(taxCode.rates, businessDate(now, outlet.timeZone, 0))
  }
  const add = (side: Side, row: ProductRow): boolean => {
    const taxCode = catalogue.taxCodes.find(({ taxCodeId }) => taxCodeId === row.taxCodeId)
    if (taxCode === undefined) return false
    const { productId, sku, name, price, unit, categoryId } = row
    const product = {
      productId,
      sku,
      name,
      unitPrice: price,
      taxCode: taxCode.code,
      taxKind: taxCode.kind,
      unit,
      ...(categoryId !== null && { categoryId }),
    }
    const lineId = newId()
    const { cart, lines } = latest.current
    if (side === 'out') change({ cart: cartAfter(cart, { type: 'product-added', product, lineId }) })
    else {
      const line = {
        ...product,
        lineId,
        quantity: thousandths(ONE_UNIT),
        ratePpm: rateOf(row),
        restock: true,
      }
      const known = lines.find((other) => other.productId === productId && other.unitPrice === price)
      if (known === undefined) change({ lines: [...lines, line] })
      else changeBack(known, { quantity: thousandths(known.quantity + ONE_UNIT) })
    }
    return true
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

  return {
    open,
    back,
    out,
    difference,
    priced,
    hasGoods,
    methods,
    method,
    /** Undefined: as it was paid. */
    methodCode,
    chooseMethod: (code: string | undefined) => {
      setMethodCode(code)
      setReceived(undefined)
    },
    received,
    setReceived,
    dueBy,
    tenders,
    ways,
    /** The halves as they would be recorded, or why not yet. */
    halves,
    /** The refund alone, where nothing goes out. */
    refund,
    add,
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
    pick: (pick: PickedLine) =>
      change({ picks: [...latest.current.picks.filter(({ lineNo }) => lineNo !== pick.lineNo), pick] }),
    setReason: (reason: string) => change({ reason }),
  }
}
export type Exchange = ReturnType<typeof useExchange>
