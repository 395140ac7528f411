import { isOwner, OWNER_PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import type { Reach, RoleHolder } from '../../db/queries/office-roles.ts'
import { type Refused, refused } from '../refused.ts'

/*
 * What somebody must always be able to do. At a till a person without a permission asks one who has it for their PIN;
 * where nobody has it any more, the shop stands still. In head office an owner gives whatever nobody has, so what makes
 * one is all that can be lost for good: all of it, and in one person.
 */

const KEYS: Readonly<Record<RoleHolder['at'], readonly (readonly [readonly Permission[], string])[]>> = {
  tills: [
    [['sale.make'], 'sell'],
    [['shift.open'], 'open a shift'],
    [['shift.close'], 'close a shift'],
    [['cash.move'], 'move cash'],
    [['drawer.open'], 'open the drawer'],
    [['sale.refund'], 'give a refund'],
    [['sale.void'], 'void a sale'],
    [['price.override'], 'change a price'],
  ],
  'head-office': [[OWNER_PERMISSIONS, 'manage both the staff and the settings, as an owner does']],
}

const PLACES = { tills: 'at a till', 'head-office': 'in head office' } as const

export type Holder = Pick<RoleHolder, 'at' | 'permissions'>

/** Why a change cannot be: of what somebody may do now, nobody could do some of it afterwards. */
export function refuseLostKeys(
  before: readonly Holder[],
  after: readonly Holder[],
  path?: string,
): Refused | undefined {
  for (const at of ['tills', 'head-office'] as const) {
    const mayAny = (holders: readonly Holder[], key: readonly Permission[]) =>
      holders.some((holder) => holder.at === at && key.every((one) => holder.permissions.includes(one)))
    const lost = KEYS[at].filter(([key]) => mayAny(before, key) && !mayAny(after, key))
    if (lost.length === 0) continue
    const words = `Then nobody ${PLACES[at]} could ${inWords(lost.map(([, what]) => what))}.`
    const way =
      at === 'tills'
        ? 'Put somebody else in a role that may do that first.'
        : 'Another sign-in must be allowed to do both first.'
    return refused('conflict', `${words} ${way}`, path === undefined ? undefined : [{ path, message: words }])
  }
  return undefined
}

const inWords = (things: readonly string[]): string =>
  things.length < 2 ? things.join() : `${things.slice(0, -1).join(', ')} or ${things.at(-1)}`

/** The first thing that somebody may do and whoever asks may not. A till knows no limits where prices may be changed. */
export function beyondOwn(own: Reach, theirs: Reach): keyof Reach | undefined {
  if (isOwner(own.permissions)) return undefined
  if (!theirs.permissions.every((one) => own.permissions.includes(one))) return 'permissions'
  if (mostOff(theirs) > mostOff(own)) return 'mostDiscountPpm'
  return mostOpen(theirs) > mostOpen(own) ? 'mostOpenPrice' : undefined
}

const ANY = Number.POSITIVE_INFINITY

function mostOff({ permissions, mostDiscountPpm }: Reach): number {
  if (permissions.includes('price.override')) return ANY
  return permissions.includes('sale.discount') ? (mostDiscountPpm ?? ANY) : 0
}

function mostOpen({ permissions, mostOpenPrice }: Reach): number {
  if (permissions.includes('price.override')) return ANY
  return permissions.includes('sale.make') ? (mostOpenPrice ?? ANY) : 0
}

/**
 * Nobody gives, takes or gets at what they may not do themselves: who manages the staff but not the company would
 * otherwise make themselves its owner, or set the owner's PIN. An owner gives anything.
 */
export function refuseBeyond(own: Reach, theirs: Reach, role: string, path?: string): Refused | undefined {
  if (beyondOwn(own, theirs) === undefined) return undefined
  return refused(
    'forbidden',
    `${role} may do more than you may, so somebody who may do all of that has to make this change.`,
    path === undefined ? undefined : [{ path, message: 'is one that may do more than you may' }],
  )
}
