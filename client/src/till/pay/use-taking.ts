import type { CartCustomer } from '@evertill/shared/domain/cart'
import { type Minor, minor } from '@evertill/shared/domain/money'
import {
  leftFor,
  refuseTender,
  settle,
  type Tender,
  type TenderRefusal,
} from '@evertill/shared/domain/tender'
import type { PaymentMethodRow } from '@evertill/shared/protocol/pull'
import { useFacts } from '../till-context.tsx'
import { usePoints } from './use-points.ts'

/** What else a leg says. */
export type MoreOfLeg = Pick<Tender, 'reference' | 'code' | 'forfeited'>

/** Why a leg cannot be taken: what any payment may be, and what its customer has of points. */
export type LegRefusal = TenderRefusal | { readonly code: 'points-short'; readonly most: number }

/** What is paid: a sale, or what goes out in an exchange. */
export interface Owed {
  readonly total: Minor
  /** Taken so far. */
  readonly tenders: readonly Tender[]
  readonly customer: CartCustomer | undefined
  /** What goods that come back with it do to the customer's points. */
  readonly pointsChange?: number
}

/** The legs that can pay some of what is owed. */
export interface Taking {
  /** What this method would take of what is left: whole coins for cash, no more than there are of points. */
  readonly leftBy: (method: PaymentMethodRow) => Minor
  /** How many points so much is, of a method that takes points. */
  readonly pointsIn: (method: PaymentMethodRow, amount: number) => number | undefined
  readonly legOf: (method: PaymentMethodRow, amount: number, more?: MoreOfLeg) => Tender
  /** Why that leg cannot be taken, if so. */
  readonly refusalOf: (leg: Tender, method: PaymentMethodRow) => LegRefusal | undefined
  /** What so much by this method would give back; nothing where it cannot be taken. */
  readonly changeOf: (method: PaymentMethodRow, amount: number) => Minor
}

export function useTaking({ total, tenders, customer, pointsChange = 0 }: Owed): Taking {
  const { cashStep } = useFacts().catalogue.company
  const points = usePoints(customer?.customerId, tenders, pointsChange)
  const leftBy = (method: PaymentMethodRow) => {
    const left = leftFor(method.kind, total, tenders, cashStep)
    if (method.kind !== 'points') return left
    return minor(points === undefined ? 0 : points.most(left) * points.terms.value)
  }
  const legOf: Taking['legOf'] = (method, amount, more = {}) => ({
    methodCode: method.code,
    kind: method.kind,
    amount: minor(amount),
    ...(method.kind === 'points' && points?.leg(amount)),
    ...more,
  })
  const refusalOf: Taking['refusalOf'] = (leg, method) => {
    const refused = refuseTender(total, tenders, leg, cashStep)
    if (refused !== undefined || method.kind !== 'points') return refused
    const most = leftBy(method)
    return leg.amount <= most ? undefined : { code: 'points-short', most: points?.leg(most).points ?? 0 }
  }
  return {
    leftBy,
    pointsIn: (method, amount) => (method.kind === 'points' ? points?.leg(amount).points : undefined),
    legOf,
    refusalOf,
    changeOf: (method, amount) => {
      const leg = legOf(method, amount)
      if (refusalOf(leg, method) !== undefined) return minor(0)
      return settle(total, [...tenders, leg], cashStep).change
    },
  }
}
