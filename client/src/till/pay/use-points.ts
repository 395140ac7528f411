import { minor } from '@evertill/shared/domain/money'
import { mostPoints, type PointsTerms, pointsFor } from '@evertill/shared/domain/points'
import { pointsSpent } from '@evertill/shared/domain/tender'
import { useLiveQuery } from 'dexie-react-hooks'
import { readPoints } from '../../store/points.ts'
import { useFacts, useOpenSale, useServices } from '../till-context.tsx'

/** The points of the sale's customer, as a way to pay. */
export interface PayingPoints {
  readonly terms: PointsTerms
  /** How many can pay some of `due` now, besides those that were taken for this sale. */
  readonly most: (due: number) => number
  /** The leg that so much of them makes. */
  readonly leg: (amount: number) => ReturnType<typeof pointsFor>
}

/** Undefined where points pay nothing: no customer, none left, or a shop that does not take them. */
export function usePoints(): PayingPoints | undefined {
  const { db, now } = useServices()
  const { catalogue } = useFacts()
  const { cart, tenders } = useOpenSale()
  const customerId = cart.customer?.customerId
  const terms = catalogue.company.points
  const known = useLiveQuery(
    async () => (customerId === undefined ? undefined : readPoints(db, customerId, now())),
    [db, customerId, now],
  )
  if (terms === undefined || customerId === undefined || known === undefined) return undefined
  const taken = pointsSpent(tenders)
  return {
    terms,
    most: (due) => mostPoints(known, terms, minor(due), taken),
    leg: (amount) => pointsFor(minor(amount), terms.value),
  }
}
