import type { Cart } from '@evertill/shared/domain/cart'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { timeText } from '../../app/format.ts'
import { playSound } from '../../devices/sound.ts'
import { EMPTY_SALE } from '../../store/cart.ts'
import { findCustomer } from '../../store/catalogue.ts'
import {
  discardHeldSale,
  type HeldSale,
  type Holding,
  holdSale,
  MAX_HELD_NAME,
  type ResumeRefusal,
  restoreHeldSale,
  resumeSale,
} from '../../store/held-sales.ts'
import { useGo } from '../go.ts'
import type { CartLock, Undo } from '../selling.tsx'
import { useFacts, useOpenSale, useServices, useStaff } from '../till-context.tsx'
import { cartCustomer } from './cart-customer.ts'

/** What was refused, in words; undefined when it was done. */
export type HoldingWords = string | undefined

/** Sales put aside and taken up again. */
export interface SalesHeld {
  /** What a sale is called that nobody names: its customer, or the time. */
  readonly nameOf: (cart: Cart) => string
  readonly hold: (name: string) => Promise<HoldingWords>
  /** @param asideToo puts a sale that is open meanwhile aside under its own name */
  readonly resume: (held: HeldSale, asideToo: boolean) => Promise<HoldingWords>
  readonly discard: (held: HeldSale) => Promise<HoldingWords>
  readonly restore: (held: HeldSale) => Promise<HoldingWords>
}

export function useHolding(
  lock: CartLock | undefined,
  lockWords: Readonly<Record<CartLock, string>>,
  setUndo: (undo: Undo | undefined) => void,
): SalesHeld {
  const { t } = useTranslation()
  const { db, openSale, newId, now } = useServices()
  const { catalogue } = useFacts()
  const { staffId } = useStaff()
  const { cart } = useOpenSale()
  const go = useGo()
  const busy = useRef(false)

  const nameOf = (of: Cart) => of.customer?.name ?? timeText(now(), catalogue.outlet.timeZone)
  const holdingOf = (typed: string): Holding => ({
    heldId: newId(),
    name: (typed.trim() || nameOf(cart)).slice(0, MAX_HELD_NAME).toWellFormed(),
    heldAt: now().toISOString(),
    heldBy: staffId,
  })
  const refused = (words: string) => {
    playSound('refused')
    return words
  }
  const wordsFor = (refusal: ResumeRefusal): string => {
    switch (refusal.code) {
      case 'cart-empty':
        return t('There is nothing in the cart to hold.')
      case 'cart-changed':
        return t('The sale was changed in another window. Look at it and try again.')
      case 'payments-taken':
        return lockWords['payments-taken']
      case 'gone':
        return t('This sale was resumed or discarded in another window.')
      case 'sale-open':
        return t('A sale is open. Finish or hold it first.')
      case 'not-stored':
        return t('This browser could not write it down: {{message}}. Nothing has changed.', {
          message: refusal.message,
        })
    }
  }
  /** One at a time: a second tap on Hold is not a second sale. */
  const once = async (work: () => Promise<HoldingWords>): Promise<HoldingWords> => {
    if (busy.current) return undefined
    busy.current = true
    try {
      return await work()
    } catch (error) {
      // Nobody knows this one: still, a cashier must not take silence for done.
      console.error(error)
      return refused(wordsFor({ code: 'not-stored', cause: 'storage-failed', message: String(error) }))
    } finally {
      busy.current = false
    }
  }

  return {
    nameOf,
    hold: (name) =>
      once(async () => {
        if (lock !== undefined) return refused(lockWords[lock])
        const result = await openSale.whileExchanging(
          (sale) => holdSale(db, sale, holdingOf(name)),
          ({ code }) => (code === 'held' ? EMPTY_SALE : undefined),
        )
        if (result.code !== 'held') return refused(wordsFor(result))
        setUndo({ text: t('Held as {{name}}', { name: result.held.name }), resume: result.held })
        go('/')
        return undefined
      }),
    resume: (held, asideToo) =>
      once(async () => {
        if (lock !== undefined) return refused(lockWords[lock])
        const result = await openSale.whileExchanging(
          (sale) => resumeSale(db, sale, held.heldId, asideToo ? holdingOf('') : undefined),
          (outcome) => (outcome.code === 'resumed' ? outcome.openSale : undefined),
        )
        if (result.code !== 'resumed') return refused(wordsFor(result))
        const { customer } = result.openSale.cart
        // Their tier may be another by now.
        const known = customer && (await findCustomer(db, customer.customerId))
        if (known) openSale.change({ type: 'customer-set', customer: cartCustomer(known, catalogue.tiers) })
        setUndo(undefined)
        go('/')
        return undefined
      }),
    discard: (held) =>
      once(async () => {
        const discarded = await discardHeldSale(db, held.heldId)
        if (discarded === undefined) return refused(wordsFor({ code: 'gone' }))
        setUndo({ text: t('{{name}} discarded', { name: held.name }), restore: discarded })
        return undefined
      }),
    restore: (held) =>
      once(async () => {
        await restoreHeldSale(db, held)
        return undefined
      }),
  }
}
