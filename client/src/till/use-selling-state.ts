import type { Cart, CartEvent, CartProduct } from '@evertill/shared/domain/cart'
import { minor } from '@evertill/shared/domain/money'
import { readValueCode } from '@evertill/shared/domain/stored-value'
import { settle } from '@evertill/shared/domain/tender'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useEffectEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorPerUnit } from '../app/format.ts'
import { playSound } from '../devices/sound.ts'
import { pricedAtOf } from '../store/cart.ts'
import type { Catalogue } from '../store/catalogue.ts'
import { findScanned, type Scanned } from '../store/find-scanned.ts'
import { priceSale } from '../store/price-sale.ts'
import { useHolding } from './cart/use-holding.ts'
import { receiptPlace, useGo } from './go.ts'
import type { Ask, CartLock, Message, RungUp, SellDialog, Selling, Undo } from './selling.tsx'
import { useFacts, useNow, useOpenSale, useServices, useStaff } from './till-context.tsx'

const MINUTE_MS = 60_000

/** Everything the selling screen can do to the cart, with the reasons why not. */
export function useSellingState(
  scans: number,
  openDialog: (dialog: SellDialog | undefined) => void,
  openCamera: () => void,
): Selling {
  const { t } = useTranslation()
  const { db, openSale, newId } = useServices()
  const { catalogue } = useFacts()
  const staff = useStaff()
  const go = useGo()
  const sale = useOpenSale()
  const { cart, tenders } = sale
  const [message, setMessage] = useState<Message>()
  const [undo, setUndo] = useState<Undo>()
  const [asks, setAsks] = useState<readonly Ask[]>([])

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
  const lockWords: Record<CartLock, string> = {
    'payments-taken': t('Payments have been taken for this sale. Take them back first to change the cart.'),
    revoked: t('Head office has revoked this till: it takes no new sales.'),
    'not-allowed': t('Your role does not sell. Ask a colleague to sign in.'),
  }
  const salesHeld = useHolding(lock, lockWords, setUndo)
  const changeCart = (...events: readonly CartEvent[]) => {
    if (lock !== undefined) return refuse(lockWords[lock])
    setMessage(undefined)
    openSale.change(...events)
  }
  const ringUp = (row: ProductRow, given: RungUp = {}) => {
    const product = cartProductOf(row, catalogue)
    if (product === undefined)
      return refuse(
        t('{{name}} has no tax code and cannot be sold. Head office can mend it under Products.', row),
      )
    if (lock === undefined) playSound('scanned')
    setUndo(undefined)
    const { product: _, unitPrice = product.unitPrice, ...rest } = given
    changeCart({ type: 'product-added', product: { ...product, unitPrice }, lineId: newId(), ...rest })
  }
  const addProduct = (row: ProductRow) => {
    const about = askAbout(row)
    if (about === undefined) ringUp(row)
    else askFirst(about, row)
  }
  const askFirst = (about: Ask['about'], row: ProductRow) => {
    if (lock !== undefined) return refuse(lockWords[lock])
    playSound('scanned')
    setMessage(undefined)
    setAsks((waiting) => [...waiting, { askId: newId(), about, product: row }])
  }
  const [ask] = asks

  const minorDigits = Math.round(Math.log10(minorPerUnit(catalogue.company.currency)))
  const entered = useRef(Promise.resolve())
  const takeEntered = useEffectEvent((code: string, found: Scanned) => {
    switch (found.code) {
      case 'product':
        return addProduct(found.product)
      case 'labelled':
        return takeLabelled(found)
      case 'unknown-label': {
        const { itemCode } = found.label
        return refuse(
          t('No product has the item code {{itemCode}} of this scale’s label. Search by name and weigh it.', {
            itemCode,
          }),
        )
      }
      case 'receipt':
        return go(receiptPlace(found.paper))
      case 'unknown':
        return refuse(
          t('No product has the code {{code}}. Search by name, or ask head office to add it.', { code }),
        )
    }
  })
  const takeLabelled = ({ product, label, goods }: Extract<Scanned, { code: 'labelled' }>) => {
    switch (goods.code) {
      case 'goods': {
        const { code: _, ...given } = goods
        return ringUp(product, { ...given, apart: true })
      }
      case 'empty':
        return refuse(t('The label on {{name}} says nothing. Weigh it again.', product))
      case 'wrong-unit':
        return refuse(
          label.carries === 'weight'
            ? t('The label on {{name}} is a weight, but it is sold by the piece.', product)
            : t('The label on {{name}} is a count, but it is sold by weight.', product),
        )
    }
  }

  return {
    scans,
    priced,
    settlement,
    lock,
    mayDiscount: staff.permissions.includes('sale.discount'),
    message,
    refuse,
    dismiss: () => setMessage(undefined),
    undo,
    takeBack: () => {
      if (undo === undefined) return
      setUndo(undefined)
      if ('events' in undo) return changeCart(...undo.events)
      const taken = 'resume' in undo ? salesHeld.resume(undo.resume, false) : salesHeld.restore(undo.restore)
      void taken.then((refusal) => refusal !== undefined && refuse(refusal))
    },
    forgetUndo: () => setUndo(undefined),
    addProduct,
    chooseVariant: (row) => askFirst('variant', row),
    ask,
    answer: (given) => {
      setAsks((waiting) => waiting.slice(1))
      if (given === undefined || ask === undefined) return
      // The variant that was chosen may have to be weighed.
      if (given.product !== undefined) addProduct(given.product)
      else ringUp(ask.product, given)
    },
    codeEntered: (code) => {
      // A gift card that somebody typed, or a scanner whose keys come slowly.
      const value = readValueCode(code)
      if (value !== undefined) return openDialog({ kind: 'value', code: value })
      // One after the other: two scans in a row come into the cart in their order.
      entered.current = entered.current
        .then(() => findScanned(db, code, catalogue.company.scaleLabels ?? [], minorDigits))
        .then((found) => takeEntered(code, found))
        .catch(() =>
          refuse(
            t('This browser could not look up {{code}}. Scan it again, or load the page again.', { code }),
          ),
        )
    },
    changeCart,
    removeLine: (line) => {
      const position = cart.lines.findIndex((other) => other.lineId === line.lineId)
      if (lock === undefined)
        setUndo({
          text: t('{{name}} removed', { name: line.name }),
          events: [{ type: 'line-restored', line, position }],
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
    startPaying: () => {
      if (cart.lines.length === 0) return
      if (lock !== undefined && lock !== 'payments-taken') return refuse(lockWords[lock])
      setMessage(undefined)
      setUndo(undefined)
      go('/pay')
    },
  }
}

/** What has to be said of it before it can be rung up. */
const askAbout = ({ openPrice, unit }: ProductRow): Ask['about'] | undefined =>
  openPrice ? 'price' : unit === 'kg' ? 'weight' : undefined

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

function cartProductOf(row: ProductRow, catalogue: Catalogue): CartProduct | undefined {
  const taxCode = catalogue.taxCodes.find((tax) => tax.taxCodeId === row.taxCodeId)
  if (taxCode === undefined) return undefined
  return {
    productId: row.productId,
    sku: row.sku,
    name: row.name,
    unitPrice: row.price,
    taxCode: taxCode.code,
    taxKind: taxCode.kind,
    unit: row.unit,
    ...(row.categoryId !== null && { categoryId: row.categoryId }),
  }
}

/** What brings an emptied cart back. */
function refillEvents(cart: Cart): CartEvent[] {
  return [
    ...cart.lines.map((line, position): CartEvent => ({ type: 'line-restored', line, position })),
    ...(cart.billDiscount ? [{ type: 'bill-discounted', discount: cart.billDiscount } as const] : []),
    ...(cart.customer ? [{ type: 'customer-set', customer: cart.customer } as const] : []),
  ]
}
