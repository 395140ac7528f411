import { PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import { expect, test } from 'vitest'
import type { Reach } from '../../db/queries/office-roles.ts'
import { beyondOwn, type Holder, refuseBeyond, refuseLostKeys } from './keys.ts'

const atTills = (...permissions: Permission[]): Holder => ({ at: 'tills', permissions })
const owner: Holder = { at: 'head-office', permissions: PERMISSIONS }
const manager = atTills(...PERMISSIONS)
const cashier = atTills('sale.make', 'shift.open', 'shift.close')

const SELLS = ['sale.make', 'sale.discount'] as const
const FEW = { mostOpenPrice: 1000, mostDiscountPpm: 50_000 }
function reach(permissions: readonly Permission[], limits: Partial<Reach> = {}): Reach {
  return { permissions, mostOpenPrice: null, mostDiscountPpm: null, ...limits }
}

test('what two people can do together is lost with neither of them', () => {
  const half = [atTills('sale.make', 'sale.void'), atTills('sale.make', 'price.override')]
  expect(refuseLostKeys(half, half)).toBeUndefined()
  expect(refuseLostKeys(half, half.slice(0, 1))?.refused.message).toMatch(
    /^Then nobody at a till could change a price\./,
  )
})

test('what nobody could do before is no loss, nor is what a shop can do without', () => {
  expect(refuseLostKeys([cashier], [cashier])).toBeUndefined()
  const permissions = manager.permissions.filter((one) => !['sale.refund-blind', 'till.train'].includes(one))
  expect(refuseLostKeys([manager], [{ at: 'tills', permissions }])).toBeUndefined()
})

test('whoever can in head office is nobody at a till, and the other way round', () => {
  const lost = refuseLostKeys([manager, cashier, owner], [cashier, owner], 'roleId')
  expect(lost?.refused.fields?.[0]?.path).toBe('roleId')
  expect(lost?.refused.code).toBe('conflict')
  const shut = refuseLostKeys(
    [manager, owner],
    [manager, { at: 'head-office', permissions: ['report.view'] }],
  )
  expect(shut?.refused.message).toContain(
    'nobody in head office could manage both the staff and the settings, as an owner does',
  )
})

test('what makes an owner is one person’s: two who have half of it each are none', () => {
  const signIn = (...permissions: Permission[]): Holder => ({ at: 'head-office', permissions })
  const halves = [signIn('staff.manage'), signIn('company.manage')]
  expect(refuseLostKeys([owner, ...halves], halves)?.refused.code).toBe('conflict')
  expect(refuseLostKeys([owner, owner], [owner])).toBeUndefined()
})

test('nobody gives what they do not have', () => {
  expect(refuseBeyond(reach(['staff.manage', 'sale.make']), reach(['sale.make']), 'Cashier')).toBeUndefined()
  expect(refuseBeyond(reach(['staff.manage']), reach(['sale.make']), 'Cashier')?.refused.code).toBe(
    'forbidden',
  )
})

test('an owner gives anything, also what nobody has', () => {
  const own = reach(['staff.manage', 'company.manage'], { mostOpenPrice: 0, mostDiscountPpm: 0 })
  expect(beyondOwn(own, reach(PERMISSIONS))).toBeUndefined()
})

test.each<[string, Reach, Reach, ReturnType<typeof beyondOwn>]>([
  ['the same limits', reach(SELLS, FEW), reach(SELLS, FEW), undefined],
  ['any discount', reach(SELLS, FEW), reach(SELLS, { ...FEW, mostDiscountPpm: null }), 'mostDiscountPpm'],
  ['any open price', reach(SELLS, FEW), reach(SELLS, { ...FEW, mostOpenPrice: null }), 'mostOpenPrice'],
  [
    'any discount that no discount can be',
    reach(SELLS, FEW),
    reach(['sale.make'], { ...FEW, mostDiscountPpm: null }),
    undefined,
  ],
  ['any, by whoever may change prices', reach([...SELLS, 'price.override'], FEW), reach(SELLS), undefined],
  ['prices, by whoever has no limits', reach(SELLS), reach([...SELLS, 'price.override']), 'permissions'],
])('of limits, %s', (_, own, theirs, beyond) => {
  expect(beyondOwn(own, theirs)).toBe(beyond)
})
