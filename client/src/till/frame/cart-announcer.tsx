import type { Cart } from '@evertill/shared/domain/cart'
import { givesChange } from '@evertill/shared/domain/tender'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { afterPaint } from '../../app/after-paint.ts'
import { announce } from '../../app/announcer.tsx'
import { quantityText } from '../../app/format.ts'
import { useMoneyText } from '../../app/money.tsx'
import { useSelling } from '../selling.tsx'
import { useOpenSale, useServices } from '../till-context.tsx'

/**
 * Says what the eye sees change: a line, the total, the change due.
 * @param since the cart as it first stood on the screen: this may come after the first scan, which is to be heard too
 */
export function CartAnnouncer({ since }: { readonly since: Cart }) {
  const { t } = useTranslation()
  const { lastSale } = useServices()
  const { cart } = useOpenSale()
  const { priced } = useSelling()
  const { pathname } = useLocation()
  const money = useMoneyText()
  const total = priced.code === 'priced' ? priced.priced.total : undefined
  const before = useRef<{ cart: Cart; total: number | undefined }>({ cart: since, total: undefined })

  const tell = useEffectEvent(() => {
    const last = before.current
    before.current = { cart, total }
    if (total === undefined || cart.lines.length === 0) return
    if (last.total === undefined && cart === last.cart) return
    const changed = cart.lines.find(({ lineId, quantity }) => {
      const earlier = last.cart.lines.find((line) => line.lineId === lineId)
      return quantity !== (earlier?.quantity ?? 0)
    })
    if (changed !== undefined)
      announce(
        t('{{quantity}} × {{name}}. Total {{total}}.', {
          quantity: quantityText(changed.quantity, changed.unit),
          name: changed.name,
          total: money(total),
        }),
      )
    else if (total !== last.total) announce(t('Total {{total}}.', { total: money(total) }))
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are what is told of
  useEffect(() => void afterPaint(tell), [cart.lines, total])

  const tellPaid = useEffectEvent(() => {
    const sale = lastSale.current?.entry
    if (sale === undefined || pathname !== `/paid/${sale.id}`) return
    const { total, change, tenders } = sale.body
    announce(
      givesChange({ change, tenders })
        ? t('Paid {{total}}. Change {{change}}.', { total: money(total), change: money(change) })
        : t('Paid {{total}}.', { total: money(total) }),
    )
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving there is what is told of
  useEffect(() => tellPaid(), [pathname])
  return null
}
