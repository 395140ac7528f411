import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { firstScreenSettled, later } from '../app/later.tsx'
import { usePaidSale } from './pay/use-paid-sale.ts'
import classes from './sell-screen.module.css'
import { SellingDesk } from './selling-desk.tsx'

const PaidScreen = later(async () => (await import('./pay/paid-screen.tsx')).PaidScreen)

/**
 * Where goods are rung up, and the paid sale over it. Both stay: saying Paid, and the next sale, take a few words on
 * the page and not a page of their own.
 */
export function SellScreen() {
  const { saleId, actions } = usePaidSale()
  const search = useRef<HTMLInputElement>(null)
  const [prepared, setPrepared] = useState(false)
  useEffect(() => void firstScreenSettled.then(() => setPrepared(true)), [])

  const isPaid = saleId !== undefined
  const wasPaid = useRef(isPaid)
  useLayoutEffect(() => {
    // With a mouse the field is ready to type into; on a touch screen a keyboard would cover the products.
    if (wasPaid.current && !isPaid && matchMedia('(pointer: fine)').matches) search.current?.focus()
    wasPaid.current = isPaid
  }, [isPaid])

  return (
    <div className={classes.screen}>
      <div className={classes.under} data-away={isPaid}>
        <SellingDesk paid={actions} search={search} />
      </div>
      {(prepared || isPaid) && <PaidScreen saleId={saleId} onNext={actions.leave} />}
    </div>
  )
}
