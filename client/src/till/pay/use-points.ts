import { minor } from '@evertill/shared/domain/money'
import { mostPoints, type PointsTerms, pointsFor } from '@evertill/shared/domain/points'
import { pointsSpent, type Tender } from '@evertill/shared/domain/tender'
import { useLiveQuery } from 'dexie-react-hooks'
import { readPoints } from '../../store/points.ts'
import { useFacts, useServices } from '../till-context.tsx'

/** The points of a customer, as a way to pay. */
export interface PayingPoints {
  readonly terms: PointsTerms
  /** How many can pay some of `due` now, besides those that were taken. */
  readonly most: (due: number) => number
  /** The leg that so much of them makes. */
  readonly leg: (amount: number) => ReturnType<typeof pointsFor>
}

/**
 * Undefined where points pay nothing: no customer, or a shop that does not take them.
 * @param change what else happens to them before they pay
 */
export function usePoints(
  customerId: string | undefined,
  tenders: readonly Tender[],
  change: number,
): PayingPoints | undefined {
  const { db, now } = useServices()
  const { catalogue } = useFacts()
  const terms = catalogue.company.points
  const known = useLiveQuery(
    async () => (customerId === undefined ? undefined : readPoints(db, customerId, now())),
    [db, customerId, now],
  )
  if (terms === undefined || customerId === undefined || known === undefined) return undefined
  const then = { ...known, balance: known.balance + change }
  const taken = pointsSpent(tenders)
  return {
    terms,
    most: (due) => mostPoints(then, terms, minor(due), taken),
    leg: (amount) => pointsFor(minor(amount), terms.value),
  }
}
