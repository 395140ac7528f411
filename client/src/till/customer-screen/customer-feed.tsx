import { promotionOff } from '@evertill/shared/domain/promotion'
import { useLocation } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'
import { isTraining } from '../training/training-mode.ts'
import { type CustomerChannel, openCustomerChannel } from './customer-channel.ts'
import type { CustomerScreenState, CustomerView } from './customer-view.ts'
import { onPayNowShown, payNowShown } from './pay-now-shown.ts'

/** Tells the customer's window what is rung up, if there is one; where there is none, this costs nothing. */
export const CustomerFeed = () => <Told useView={useSaleView} />

/** The same away from the selling screen, where a code to pay by is all that a customer has to see. */
export const PayNowFeed = () => <Told useView={usePayNowView} />

function Told({ useView }: Pick<FeedProps, 'useView'>) {
  const { company, outlet } = useFacts().catalogue
  const channel = useRef<CustomerChannel | undefined>(undefined)
  const idle = useRef<CustomerScreenState | undefined>(undefined)
  const [asked, setAsked] = useState(0)
  const shop = { shop: company.name, outlet: outlet.name, currency: company.currency }

  useEffect(() => {
    idle.current = { ...shop, view: { kind: 'idle' } }
  })
  useEffect(() => {
    // The screen faces customers, and may stand open for the till that sells: what is practised is not for them.
    if (isTraining()) return
    const opened = openCustomerChannel(({ say }) => {
      if (say === 'here') setAsked((times) => times + 1)
    })
    channel.current = opened
    opened.say({ say: 'anyone' })
    // Whoever leaves the screen leaves the customer with the shop's name.
    const leave = () => idle.current !== undefined && opened.say({ say: 'show', state: idle.current })
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
      opened.close()
    }
  }, [])
  const say = useCallback((state: CustomerScreenState) => channel.current?.say({ say: 'show', state }), [])
  return asked === 0 ? null : <Feed key={asked} shop={shop} useView={useView} onState={say} />
}

interface FeedProps {
  readonly shop: Omit<CustomerScreenState, 'view'>
  readonly useView: () => CustomerView
  readonly onState: (state: CustomerScreenState) => void
}

/** Says all of it to a window that has just asked, and then whatever changes. */
function Feed({ shop, useView, onState }: FeedProps) {
  const shown = JSON.stringify({ ...shop, view: useView() })
  useEffect(() => onState(JSON.parse(shown)), [onState, shown])
  return null
}

const usePayNowShown = () => useSyncExternalStore(onPayNowShown, payNowShown)

function usePayNowView(): CustomerView {
  const payNow = usePayNowShown()
  return payNow === undefined ? { kind: 'idle' } : { kind: 'pay-now', payNow }
}

function useSaleView(): CustomerView {
  const { lastSale } = useServices()
  const { company } = useFacts().catalogue
  const { cart, tenders } = useOpenSale()
  const { priced, settlement } = useSelling()
  const { pathname } = useLocation()
  const payNow = usePayNowShown()

  const paid = lastSale.current?.entry
  if (paid !== undefined && pathname === `/paid/${paid.id}`) {
    const { total, change, pointsEarned } = paid.body
    return { kind: 'paid', total, change, pointsEarned }
  }
  if (priced.code !== 'priced' || cart.lines.length === 0) return { kind: 'idle' }
  const { lines, discount, tax, total } = priced.priced
  return {
    kind: 'sale',
    lines: lines.map((line) => ({
      lineId: line.lineId,
      name: line.name,
      quantity: line.quantity,
      unit: line.unit ?? 'each',
      unitPrice: line.unitPrice,
      gross: line.gross,
      discount: line.lineDiscount,
      promotions: line.promotions.map(({ name, amount }) => ({ name, amount })),
    })),
    billDiscount:
      discount -
      lines.reduce((sum, { lineDiscount, promotions }) => sum + lineDiscount + promotionOff(promotions), 0),
    saved: discount,
    taxOnTop: company.taxInclusive ? 0 : tax,
    total,
    ...(tenders.length > 0 && { left: settlement.remaining }),
    ...(cart.customer && { customerName: cart.customer.name }),
    ...(payNow !== undefined && pathname === '/pay' && { payNow }),
  }
}
