import { type Cart, type CartEvent, type CartLine, cartAfter } from '@evertill/shared/domain/cart'
import {
  grownTo,
  type HandsOff,
  handsOff,
  notAllowed,
  sharesTaken,
} from '@evertill/shared/domain/discount-share'
import { minor } from '@evertill/shared/domain/money'
import { settle } from '@evertill/shared/domain/tender'
import type { StaffRow } from '@evertill/shared/protocol/pull'
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText, rateText } from '../app/format.ts'
import { playSound } from '../devices/sound.ts'
import { type OpenSale, pricedAtOf } from '../store/cart.ts'
import type { Catalogue } from '../store/catalogue.ts'
import { priceSale } from '../store/price-sale.ts'
import { timeAt } from '../store/till-clock.ts'
import { piecesIn } from './cart/pieces-in.ts'
import { useHolding } from './cart/use-holding.ts'
import { onPayNowShown, payNowShown } from './customer-screen/pay-now-shown.ts'
import { receiptPlace, useGo } from './go.ts'
import { useGoods } from './goods/use-goods.ts'
import type { CartLock, Message, SellDialog, Selling, Undo } from './selling.tsx'
import { useFacts, useNow, useOpenSale, useServices, useStaff } from './till-context.tsx'

const MINUTE_MS = 60_000

/** Everything the selling screen can do to the cart, with the reasons why not. */
export function useSellingState(
  openDialog: (dialog: SellDialog | undefined) => void,
  openCamera: () => void,
  showPaid: (saleId: string) => Promise<void>,
): Selling {
  const { t } = useTranslation()
  const { openSale, newId } = useServices()
  const { catalogue } = useFacts()
  const staff = useStaff()
  const go = useGo()
  const sale = useOpenSale()
  const { cart, tenders, allowedOff = NOTHING_OFF } = sale
  const [message, setMessage] = useState<Message>()
  const [undo, setUndo] = useState<Undo>()

  // The minute matters: a happy hour, a rate change or the day-cut can fall into an open sale.
  const minute = useNow(MINUTE_MS, catalogue.pricing.clockOffsetMs)
  const pricedAt = pricedAtOf(sale, timeAt(minute, catalogue.pricing)).getTime()
  const priced = useMemo(
    () => priceSale(catalogue.pricing, cart, new Date(pricedAt)),
    [catalogue.pricing, cart, pricedAt],
  )
  const total = priced.code === 'priced' ? priced.priced.total : 0
  const settlement = useMemo(
    () => settle(minor(total), tenders, catalogue.company.cashStep),
    [total, tenders, catalogue.company.cashStep],
  )
  const payNow = useSyncExternalStore(onPayNowShown, payNowShown)
  const lock = lockOf(catalogue, staff.permissions, sale, payNow !== undefined)

  const refuse = (text: string) => {
    playSound('refused')
    setMessage({ text, id: newId() })
  }
  // Setting what is set already renders the whole screen once more.
  const refuseOutdated = useEffectEvent(() =>
    refuse(
      t(
        'This sale was changed or paid in another window just now. Look at what stands here, then take the payment again.',
      ),
    ),
  )
  useEffect(() => openSale.onOutdated(() => refuseOutdated()), [openSale])
  const dismiss = () => {
    if (message !== undefined) setMessage(undefined)
  }
  const forgetUndo = () => {
    if (undo !== undefined) setUndo(undefined)
  }
  const lockWords: Record<CartLock, string> = {
    // They may have paid what the code says already.
    'code-shown': t('The customer is paying. Stop that first to change the goods.'),
    'payments-taken': t('Payments have been taken for this sale. Take them back first to change the cart.'),
    revoked: t('Head office has revoked this till: it takes no new sales.'),
    'not-allowed': t('Your role does not sell. Ask a colleague to sign in.'),
  }
  const salesHeld = useHolding(lock, lockWords, setUndo)
  const mostDiscountPpm = discountLimitOf(staff)
  const shareOffAfter = (...events: readonly CartEvent[]): number => {
    const next = events.reduce(cartAfter, cart)
    const then = priceSale(catalogue.pricing, next, new Date(pricedAt))
    if (priced.code !== 'priced' || then.code !== 'priced') return 0
    return grownTo(sharesTaken(priced.priced, cart.billDiscount), sharesTaken(then.priced, next.billDiscount))
  }
  const offOf = (of: Cart, beyondPpm?: number): HandsOff => {
    if (!hasHandsOff(of)) return NOTHING_OFF
    const then = of === cart ? priced : priceSale(catalogue.pricing, of, new Date(pricedAt))
    return then.code === 'priced' ? handsOff(then.priced, of.billDiscount, beyondPpm) : NOTHING_OFF
  }
  const unallowed = mostDiscountPpm === undefined ? 0 : notAllowed(offOf(cart, mostDiscountPpm), allowedOff)
  /** Of the lines whose price a change touched, and of no others. */
  const allowChanged = (before: Cart, { cart: after, allowedOff: known }: OpenSale) => {
    const was = offOf(before)
    const changed = Object.entries(offOf(after)).filter(([lineId, off]) => off !== was[lineId])
    if (changed.length > 0) openSale.allowOff({ ...known, ...Object.fromEntries(changed) })
  }
  const refusalOf = (events: readonly CartEvent[]): string | undefined => {
    if (lock !== undefined && !(isBeingPaid(lock) && events.every(isOfBuyer))) return lockWords[lock]
    const allowed = events.flatMap((event) => overriddenFor(cart, event, staff.permissions))[0]
    if (allowed !== undefined)
      return t(
        'That price was allowed for {{quantity}} only. Scan the others: they cost what they usually do.',
        {
          quantity: quantityText(allowed.quantity, allowed.unit),
        },
      )
    // Of fewer goods an amount off is a larger share.
    if (mostDiscountPpm !== undefined && events.some(takesAway) && hasAmountOff(cart)) {
      if (shareOffAfter(...events) > mostDiscountPpm)
        return t('The discount would be more than the {{limit}} you may give. Take it off first.', {
          limit: rateText(mostDiscountPpm),
        })
    }
    return undefined
  }
  const change = (events: readonly CartEvent[], allows: boolean): boolean => {
    const refusal = refusalOf(events)
    if (refusal !== undefined) {
      refuse(refusal)
      return false
    }
    dismiss()
    const before = openSale.get().cart
    openSale.change(...events)
    if (allows) allowChanged(before, openSale.get())
    return true
  }
  // Who has no limit allows what they give, and a colleague who goes on need not ask.
  const changeCart = (...events: readonly CartEvent[]) => change(events, mostDiscountPpm === undefined)
  const goods = useGoods({
    closed: lock && lockWords[lock],
    take: (product, howMuch) => {
      forgetUndo()
      changeCart({ type: 'product-added', product, lineId: newId(), ...howMuch })
    },
    refuse,
    onAsk: dismiss,
    onReceipt: (paper) => go(receiptPlace(paper)),
    onValue: (code) => openDialog({ kind: 'value', code }),
  })

  return {
    priced,
    settlement,
    lock,
    mostDiscountPpm,
    shareOffAfter,
    unallowedOff: unallowed > 0 ? unallowed : undefined,
    allowOff: () => openSale.allowOff({ ...allowedOff, ...offOf(cart) }),
    message,
    refuse,
    dismiss,
    undo,
    takeBack: () => {
      if (undo === undefined) return
      setUndo(undefined)
      if ('events' in undo) return void changeCart(...undo.events)
      const taken = 'resume' in undo ? salesHeld.resume(undo.resume, false) : salesHeld.restore(undo.restore)
      void taken.then((refusal) => refusal !== undefined && refuse(refusal))
    },
    forgetUndo,
    ...goods,
    changeCart,
    changeCartAllowed: (...events) => change(events, true),
    removeLine: (line) => {
      const position = cart.lines.findIndex((other) => other.lineId === line.lineId)
      if (!changeCart({ type: 'line-removed', lineId: line.lineId })) return
      setUndo({
        text: t('{{name}} removed', { name: line.name }),
        // With the last line what came off the bill goes too.
        events: cart.lines.length === 1 ? refillEvents(cart) : [{ type: 'line-restored', line, position }],
      })
    },
    clearCart: () => {
      if (cart.lines.length === 0 || !changeCart({ type: 'cleared' })) return
      setUndo({
        text: t('{{count}} items removed', { count: piecesIn(cart) }),
        events: refillEvents(cart),
      })
    },
    salesHeld,
    openDialog,
    openCamera,
    showPaid: (saleId) => {
      // What could be taken back, and what was refused, was of the sale that is paid.
      forgetUndo()
      dismiss()
      return showPaid(saleId)
    },
    startPaying: () => {
      if (cart.lines.length === 0) return
      if (lock !== undefined && lock !== 'payments-taken') return refuse(lockWords[lock])
      dismiss()
      forgetUndo()
      go('/pay')
    },
  }
}

/** A till that was revoked finishes the sale on the counter and starts no other. */
function lockOf(
  catalogue: Catalogue,
  permissions: readonly string[],
  { cart, tenders }: OpenSale,
  isCodeShown: boolean,
): CartLock | undefined {
  if (!permissions.includes('sale.make')) return 'not-allowed'
  if (catalogue.tillState === 'revoked' && cart.lines.length === 0) return 'revoked'
  if (tenders.length > 0) return 'payments-taken'
  return isCodeShown ? 'code-shown' : undefined
}

/** Who may set any price may also take anything off it; who may give no discount needs somebody for each. */
function discountLimitOf({ permissions, mostDiscountPpm }: StaffRow): number | undefined {
  if (permissions.includes('price.override')) return undefined
  return permissions.includes('sale.discount') ? mostDiscountPpm : 0
}

const isBeingPaid = (lock: CartLock): boolean => lock === 'payments-taken' || lock === 'code-shown'
/** It changes nothing of what is paid. */
const isOfBuyer = ({ type }: CartEvent): boolean => type === 'buyer-set'

const NOTHING_OFF: HandsOff = {}
const hasHandsOff = ({ lines, billDiscount }: Cart): boolean =>
  billDiscount !== undefined || lines.some(({ discount }) => discount !== undefined)

const takesAway = ({ type }: CartEvent): boolean => type === 'quantity-set' || type === 'line-removed'

const hasAmountOff = ({ lines, billDiscount }: Cart): boolean =>
  billDiscount?.kind === 'amount' || lines.some(({ discount }) => discount?.kind === 'amount')

/** The line whose price somebody else allowed, where this would sell more of it at that price. */
function overriddenFor(cart: Cart, event: CartEvent, permissions: readonly string[]): CartLine[] {
  if (event.type !== 'quantity-set' || permissions.includes('price.override')) return []
  return cart.lines.filter(
    (line) => line.lineId === event.lineId && line.override !== undefined && event.quantity > line.quantity,
  )
}

/** What brings an emptied cart back. */
function refillEvents(cart: Cart): CartEvent[] {
  return [
    ...cart.lines.map((line, position): CartEvent => ({ type: 'line-restored', line, position })),
    ...(cart.billDiscount ? [{ type: 'bill-discounted', discount: cart.billDiscount } as const] : []),
    ...(cart.customer ? [{ type: 'customer-set', customer: cart.customer } as const] : []),
    ...(cart.buyer ? [{ type: 'buyer-set', buyer: cart.buyer } as const] : []),
  ]
}
