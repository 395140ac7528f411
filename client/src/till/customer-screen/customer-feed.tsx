import { promotionOff } from '@evertill/shared/domain/promotion'
import { useLocation } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'
import { type CustomerChannel, openCustomerChannel } from './customer-channel.ts'
import type { CustomerScreenState, CustomerView } from './customer-view.ts'
import { onPayNowShown, payNowShown } from './pay-now-shown.ts'

/** Tells the customer's window what is rung up, if there is one; where there is none, this costs nothing. */
export function CustomerFeed() {
  const { company, outlet } = useFacts().catalogue
  const channel = useRef<CustomerChannel | undefined>(undefined)
  const idle = useRef<CustomerScreenState | undefined>(undefined)
  const [asked, setAsked] = useState(0)
  const shop = { shop: company.name, outlet: outlet.name, currency: company.currency }

  useEffect(() => {
    idle.current = { ...shop, view: { kind: 'idle' } }
  })
  useEffect(() => {
    const opened = openCustomerChannel(({ say }) => {
      if (say === 'here') setAsked((times) => times + 1)
    })
    channel.current = opened
    opened.say({ say: 'anyone' })
    // Whoever leaves the selling screen leaves the customer with the shop's name.
    const leave = () => idle.current !== undefined && opened.say({ say: 'show', state: idle.current })
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
      opened.close()
    }
  }, [])
  const say = useCallback((state: CustomerScreenState) => channel.current?.say({ say: 'show', state }), [])
  return asked === 0 ? null : <Feed key={asked} shop={shop} onState={say} />
}

interface FeedProps {
  readonly shop: Omit<CustomerScreenState, 'view'>
  readonly onState: (state: CustomerScreenState) => void
}

/** Says all of it to a window that has just asked, and then whatever changes. */
function Feed({ shop, onState }: FeedProps) {
  const shown = JSON.stringify({ ...shop, view: useCustomerView() })
  useEffect(() => onState(JSON.parse(shown)), [onState, shown])
  return null
}

function useCustomerView(): CustomerView {
  const { lastSale } = useServices()
  const { company } = useFacts().catalogue
  const { cart, tenders } = useOpenSale()
  const { priced, settlement } = useSelling()
  const { pathname } = useLocation()
  const payNow = useSyncExternalStore(onPayNowShown, payNowShown)

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
