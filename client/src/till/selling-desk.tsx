import { readValueCode } from '@evertill/shared/domain/stored-value'
import { useMediaQuery } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { memo, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../app/later.tsx'
import { useWedgeScanner } from '../devices/use-wedge-scanner.ts'
import { isReceiptNo } from '../store/find-scanned.ts'
import { CartPanel } from './cart/cart-panel.tsx'
import { payNowShown } from './customer-screen/pay-now-shown.ts'
import { OfferPlace } from './frame/offer.tsx'
import { isDialogOpen, isKeyedIntoDialog, isTypedIntoDialog, useShortcuts } from './frame/use-shortcuts.ts'
import { isPaid, isPay, isProducts, useGo, useIsAt } from './go.ts'
import { ExactCashKey } from './pay/exact-cash-key.tsx'
import type { PaidActions } from './pay/use-paid-sale.ts'
import { piecesAhead } from './products/pieces-ahead.ts'
import { ProductsPanel } from './products/products-panel.tsx'
import { tellOfScan } from './scans.ts'
import classes from './sell-screen.module.css'
import type { SellDialog } from './selling.tsx'
import { SellingProvider } from './selling-actions.tsx'
import { useOpenSale } from './till-context.tsx'
import { useSellingState } from './use-selling-state.ts'

const AskDialog = later(async () => (await import('./products/ask-dialog.tsx')).AskDialog)
const BuyerDialog = later(async () => (await import('./buyer/buyer-dialog.tsx')).BuyerDialog)
const CartAnnouncer = later(async () => (await import('./frame/cart-announcer.tsx')).CartAnnouncer)
const BillDiscountDialog = later(
  async () => (await import('./cart/bill-discount-dialog.tsx')).BillDiscountDialog,
)
const CameraScan = later(async () => (await import('./camera/camera-scan.tsx')).CameraScan)
const CustomerDialog = later(async () => (await import('./cart/customer-dialog.tsx')).CustomerDialog)
const CustomerFeed = later(async () => (await import('./customer-screen/customer-feed.tsx')).CustomerFeed)
const HeldDialog = later(async () => (await import('./cart/held-dialog.tsx')).HeldDialog)
const SaleValueDialog = later(async () => (await import('./value/sale-value-dialog.tsx')).SaleValueDialog)
const LineDialog = later(async () => (await import('./cart/line-dialog.tsx')).LineDialog)
const UnallowedOff = later(async () => (await import('./pay/unallowed-off.tsx')).UnallowedOff)
const PhoneCart = later(async () => (await import('./cart/phone-cart.tsx')).PhoneCart)

export interface SellingDeskProps {
  readonly paid: PaidActions
  readonly search: RefObject<HTMLInputElement | null>
}

/** Products, tenders or gift cards on the left; the cart keeps its place on the right. */
export const SellingDesk = memo(function SellingDesk({ paid, search }: SellingDeskProps) {
  const [dialog, setDialog] = useDialog()
  // Until it is closed it comes back with each new sale: whoever serves a queue scans again.
  const [camera, setCamera] = useState(false)
  const selling = useSellingState(setDialog, () => setCamera(true), paid.show)
  const { cart } = useOpenSale()
  const [firstCart] = useState(cart)
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false })
  const go = useGo()
  const { t } = useTranslation()
  // From the products to Paid and back nothing of this is another.
  const onProducts = useIsAt((pathname) => isProducts(pathname) || isPaid(pathname))
  const filming = useIsAt((pathname) => camera && isProducts(pathname))
  const close = () => setDialog(undefined)

  const finishFirst = t('Finish or close what is open first, then scan again.')
  useWedgeScanner((scanned) => {
    // Typed so shortly before it that the scanner’s keys began with them, or standing in the search.
    const { pieces: justBefore, rest: code } = piecesAhead(scanned)
    // The code they see is for the goods that stand there.
    if (payNowShown() !== undefined)
      return selling.refuse(t('The customer is paying. Stop that first to change the goods.'))
    const value = readValueCode(code)
    // What somebody has typed there would be gone with it.
    if (value === undefined && isTypedIntoDialog()) return selling.refuse(finishFirst)
    if (dialog !== undefined && isKeyedIntoDialog()) return selling.refuse(finishFirst)
    // Goods that are asked about would be gone with the screen.
    if (selling.ask !== undefined && isReceiptNo(code)) return selling.refuse(finishFirst)
    // A dialog about the cart is left as it stands; one that asks about goods stays, for they would be lost with it.
    if (dialog !== undefined) close()
    const pieces = justBefore ?? piecesAhead(search.current?.value ?? '').pieces
    tellOfScan()
    if (value !== undefined) return setDialog({ kind: 'value', code: value })
    // The next scan starts the next sale; with payments taken the refusal is shown where they stand.
    if (paid.isShown()) paid.leave()
    else if (selling.lock !== 'payments-taken') go('/')
    selling.codeEntered(code, pieces)
  })
  const unlessPaid = (action: () => void) => () => {
    if (!paid.isShown()) action()
  }
  useShortcuts({
    F4: unlessPaid(() => setDialog({ kind: 'customer' })),
    F6: () => setDialog({ kind: 'held' }),
    F8:
      cart.lines.length === 0 || selling.lock !== undefined
        ? undefined
        : unlessPaid(() => setDialog({ kind: 'bill-discount' })),
    F9: selling.startPaying,
  })

  const line = dialog?.kind === 'line' ? cart.lines.find(({ lineId }) => lineId === dialog.lineId) : undefined
  return (
    <SellingProvider selling={selling}>
      <CartAnnouncer since={firstCart} />
      <div className={classes.desk}>
        <div className={classes.left}>
          <ProductsPanel active={onProducts && !filming} field={search} />
          {filming ? <CameraScan withCart={phone === true} onLeave={() => setCamera(false)} /> : <Outlet />}
          <OfferPlace />
        </div>
        {!phone && (
          <aside className={classes.right}>
            <CartPanel />
          </aside>
        )}
        {phone && onProducts && !filming && <PhoneCart />}
      </div>
      <AtProducts>
        <ExactCashKey />
      </AtProducts>
      {selling.ask !== undefined && (
        <AskDialog key={selling.ask.askId} ask={selling.ask} onAnswer={selling.answer} />
      )}
      {selling.unallowedOff !== undefined && cart.lines.length > 0 && (
        <AtPay>
          <UnallowedOff off={selling.unallowedOff} />
        </AtPay>
      )}
      <CustomerFeed />
      {line !== undefined && line.value === undefined && <LineDialog line={line} onClose={close} />}
      {dialog?.kind === 'bill-discount' && <BillDiscountDialog onClose={close} />}
      {dialog?.kind === 'customer' && (
        <CustomerDialog
          onChoose={(customer) => selling.changeCart({ type: 'customer-set', customer })}
          onBuyer={() => setDialog({ kind: 'buyer' })}
          onClose={close}
        />
      )}
      {dialog?.kind === 'buyer' && <BuyerDialog onClose={close} />}
      {dialog?.kind === 'held' && <HeldDialog onClose={close} />}
      {dialog?.kind === 'value' && <SaleValueDialog key={dialog.code} code={dialog.code} onClose={close} />}
    </SellingProvider>
  )
})

const AtProducts = ({ children }: { readonly children: ReactNode }) => useIsAt(isProducts) && children

const AtPay = ({ children }: { readonly children: ReactNode }) => useIsAt(isPay) && children

/** The dialog of the desk. What had the focus before it has it again: whoever types goes on where they were. */
function useDialog() {
  const [dialog, setDialog] = useState<SellDialog>()
  const before = useRef<Element>(null)
  const open = useCallback((next: SellDialog | undefined) => {
    if (next !== undefined && !isDialogOpen()) before.current = document.activeElement
    setDialog(next)
  }, [])
  useEffect(() => {
    const { current } = before
    if (dialog !== undefined || !(current instanceof HTMLElement)) return
    before.current = null
    if (document.activeElement === document.body) current.focus({ preventScroll: true })
  }, [dialog])
  return [dialog, open] as const
}
