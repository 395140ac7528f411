import { minor } from '@evertill/shared/domain/money'
import { settle, type Tender, withoutTender } from '@evertill/shared/domain/tender'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { playSound } from '../../devices/sound.ts'
import { timeAt } from '../../store/till-clock.ts'
import { completeSale } from '../complete-sale.ts'
import { useSelling } from '../selling.tsx'
import { useSellingActions } from '../selling-actions.tsx'
import { useFacts, useOpenSale, useServices, useStaff } from '../till-context.tsx'
import { useRefusalWords } from './refusal-words.ts'
import { type MoreOfLeg, type Taking, useTaking } from './use-taking.ts'
import { isLegOf, useUnansweredCode } from './use-unanswered-code.ts'

export interface Payment extends Pick<Taking, 'leftBy' | 'pointsIn' | 'changeOf'> {
  /** Taken so far. */
  readonly tenders: readonly Tender[]
  readonly methods: readonly PaymentMethodRow[]
  readonly cash: PaymentMethodRow | undefined
  /** Takes a tender, or says why not; without an amount, all that is left. The one that settles the sale records it. */
  readonly take: (method: PaymentMethodRow, amount?: number, more?: MoreOfLeg) => boolean
  /** Whether a tender could be taken; if not, says why. */
  readonly allows: (method: PaymentMethodRow, amount: number) => boolean
  readonly refuse: (words: string) => void
  readonly takeBack: (position: number) => void
  /** Records a sale that is paid already: nothing was due, or the browser was killed just before. */
  readonly complete: () => void
  readonly recording: boolean
  readonly refusal: string | undefined
  readonly forgetRefusal: () => void
}

const SLOW_MS = 150
const SECOND_TAP_MS = 400

export function usePayment(): Payment {
  const services = useServices()
  const { openSale } = services
  const { catalogue } = useFacts()
  const staff = useStaff()
  const { t } = useTranslation()
  const { priced, unallowedOff } = useSelling()
  const { showPaid } = useSellingActions()
  const { cart, tenders } = useOpenSale()
  const unanswered = useUnansweredCode()
  const wordsFor = useRefusalWords()
  const busy = useRef(false)
  const lastTaken = useRef<{ readonly code: string; readonly at: number }>(undefined)
  const [recording, setRecording] = useState(false)
  const [refusal, setRefusal] = useState<string>()

  const { cashStep } = catalogue.company
  const total = priced.code === 'priced' ? priced.priced.total : minor(0)
  const { leftBy, pointsIn, changeOf, legOf, refusalOf } = useTaking({
    total,
    tenders,
    customer: cart.customer,
  })

  const refuse = (words: string) => {
    playSound('refused')
    setRefusal(words)
  }

  /** Whoever pays from the products comes by no place where somebody is asked. */
  const mayPay = (): boolean => {
    if (unallowedOff === undefined) return true
    refuse(t('Somebody has to allow the discount on this sale first: choose Pay.'))
    return false
  }

  const complete = async (paidWith?: readonly Tender[]) => {
    if (!mayPay()) return
    if (priced.code !== 'priced') return refuse(wordsFor(priced))
    if (busy.current) return
    busy.current = true
    // It is done before a button could show that it is under way; where it is not, the button does.
    const slow = setTimeout(() => setRecording(true), SLOW_MS)
    try {
      const recorded = await completeSale(services, staff.staffId, total, showPaid, paidWith)
      if (!('entry' in recorded)) refuse(wordsFor(recorded))
    } catch (error) {
      // Nobody knows this one: still, a cashier must not take silence for Paid.
      console.error(error)
      refuse(wordsFor({ code: 'not-stored', cause: 'storage-failed', message: String(error) }))
    } finally {
      busy.current = false
      clearTimeout(slow)
      setRecording(false)
    }
  }

  const allowsLeg = (next: Tender, method: PaymentMethodRow): boolean => {
    const refused = refusalOf(next, method)
    if (refused !== undefined) refuse(wordsFor(refused, method.name))
    else setRefusal(undefined)
    return refused === undefined
  }

  const take = (method: PaymentMethodRow, amount?: number, more?: MoreOfLeg): boolean => {
    if (busy.current || isSecondTap(method, amount) || !mayPay()) return false
    const next = legOf(method, amount ?? leftBy(method), more)
    if (unanswered !== undefined && !isLegOf(unanswered.code, next)) {
      refuse(
        t('Say first whether the money of the {{method}} code arrived.', { method: unanswered.method.name }),
      )
      return false
    }
    if (!allowsLeg(next, method)) return false
    const taken = [...tenders, next]
    if (settle(total, taken, cashStep).complete) void complete(taken)
    else {
      // A code of stored value pays from the products too.
      openSale.beginPaying(timeAt(services.now(), catalogue.pricing))
      openSale.setTenders(taken)
      lastTaken.current = { code: method.code, at: performance.now() }
    }
    return true
  }

  /** Of a tap that came twice: the button now says what is left, which nobody has read. */
  const isSecondTap = (method: PaymentMethodRow, amount: number | undefined): boolean =>
    amount === undefined &&
    lastTaken.current?.code === method.code &&
    performance.now() - lastTaken.current.at < SECOND_TAP_MS

  return {
    methods: catalogue.paymentMethods,
    cash: catalogue.paymentMethods.find((method) => method.kind === 'cash'),
    tenders,
    leftBy,
    pointsIn,
    changeOf,
    take,
    allows: (method, amount) => !busy.current && allowsLeg(legOf(method, amount), method),
    refuse,
    takeBack: (position) => {
      if (busy.current) return
      setRefusal(undefined)
      const { remaining } = settle(total, tenders.toSpliced(position, 1), cashStep)
      openSale.setTenders(withoutTender(tenders, position, remaining))
    },
    complete: () => void complete(),
    recording,
    refusal,
    forgetRefusal: () => setRefusal(undefined),
  }
}
