import type { Cart, CartEvent, CartLine } from '@evertill/shared/domain/cart'
import { minor } from '@evertill/shared/domain/money'
import { settle } from '@evertill/shared/domain/tender'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../app/format.ts'
import { playSound } from '../devices/sound.ts'
import { pricedAtOf } from '../store/cart.ts'
import type { Catalogue } from '../store/catalogue.ts'
import { priceSale } from '../store/price-sale.ts'
import { useHolding } from './cart/use-holding.ts'
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
  const { cart, tenders } = sale
  const [message, setMessage] = useState<Message>()
  const [undo, setUndo] = useState<Undo>()

  // The minute matters: a happy hour, a rate change or the day-cut can fall into an open sale.
  const minute = useNow(MINUTE_MS, catalogue.pricing.clockOffsetMs)
  const pricedAt = pricedAtOf(sale, minute).getTime()
  const priced = useMemo(
    () => priceSale(catalogue.pricing, cart, new Date(pricedAt)),
    [catalogue.pricing, cart, pricedAt],
  )
  const total = priced.code === 'priced' ? priced.priced.total : 0
  const settlement = useMemo(
    () => settle(minor(total), tenders, catalogue.company.cashStep),
    [total, tenders, catalogue.company.cashStep],
  )
  const lock = lockOf(catalogue, staff.permissions, cart.lines.length, tenders.length)

  const refuse = (text: string) => {
    playSound('refused')
    setMessage({ text, id: newId() })
  }
  // Setting what is set already renders the whole screen once more.
  const dismiss = () => {
    if (message !== undefined) setMessage(undefined)
  }
  const forgetUndo = () => {
    if (undo !== undefined) setUndo(undefined)
  }
  const lockWords: Record<CartLock, string> = {
    'payments-taken': t('Payments have been taken for this sale. Take them back first to change the cart.'),
    revoked: t('Head office has revoked this till: it takes no new sales.'),
    'not-allowed': t('Your role does not sell. Ask a colleague to sign in.'),
  }
  const salesHeld = useHolding(lock, lockWords, setUndo)
  const changeCart = (...events: readonly CartEvent[]) => {
    if (lock !== undefined) return refuse(lockWords[lock])
    const allowed = events.flatMap((event) => overriddenFor(cart, event, staff.permissions))[0]
    if (allowed !== undefined)
      return refuse(
        t('That price was allowed for {{quantity}} only. Scan the others: they cost what they usually do.', {
          quantity: quantityText(allowed.quantity, allowed.unit),
        }),
      )
    dismiss()
    openSale.change(...events)
  }
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
    mayDiscount: staff.permissions.includes('sale.discount'),
    message,
    refuse,
    dismiss,
    undo,
    takeBack: () => {
      if (undo === undefined) return
      setUndo(undefined)
      if ('events' in undo) return changeCart(...undo.events)
      const taken = 'resume' in undo ? salesHeld.resume(undo.resume, false) : salesHeld.restore(undo.restore)
      void taken.then((refusal) => refusal !== undefined && refuse(refusal))
    },
    forgetUndo,
    ...goods,
    changeCart,
    removeLine: (line) => {
      const position = cart.lines.findIndex((other) => other.lineId === line.lineId)
      if (lock === undefined)
        setUndo({
          text: t('{{name}} removed', { name: line.name }),
          // With the last line what came off the bill goes too.
          events: cart.lines.length === 1 ? refillEvents(cart) : [{ type: 'line-restored', line, position }],
        })
      changeCart({ type: 'line-removed', lineId: line.lineId })
    },
    clearCart: () => {
      if (lock === undefined && cart.lines.length > 0)
        setUndo({
          text: t('{{count}} items removed', { count: cart.lines.length }),
          events: refillEvents(cart),
        })
      changeCart({ type: 'cleared' })
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
  lines: number,
  tenders: number,
): CartLock | undefined {
  if (!permissions.includes('sale.make')) return 'not-allowed'
  if (catalogue.tillState === 'revoked' && lines === 0) return 'revoked'
  return tenders > 0 ? 'payments-taken' : undefined
}

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
  ]
}
