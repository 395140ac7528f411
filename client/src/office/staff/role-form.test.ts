import { PERMISSIONS } from '@evertill/shared/domain/permission'
import type { RoleEdit } from '@evertill/shared/protocol/office/roles'
import { expect, test } from 'vitest'
import { limitWords } from './limit-words.ts'
import { havers, PERMISSION_GROUPS, roleWords } from './permission-words.ts'
import { readRole, roleValues } from './role-form.ts'

const ROLE: RoleEdit = {
  name: 'Senior cashier',
  permissions: ['sale.make', 'sale.discount'],
  mostOpenPrice: 5000 as never,
  mostDiscountPpm: 125_000 as never,
}

test('a role is shown and saved back unchanged', () => {
  expect(readRole(roleValues(ROLE, 'SGD'), 'SGD')).toEqual({ ok: true, settings: ROLE })
  const free = { ...ROLE, mostOpenPrice: null, mostDiscountPpm: null }
  expect(readRole(roleValues(free, 'SGD'), 'SGD')).toEqual({ ok: true, settings: free })
})

test('what was ticked last is saved in the order of all others', () => {
  const values = {
    ...roleValues(ROLE, 'SGD'),
    permissions: ['sale.void', 'sale.make'] as RoleEdit['permissions'],
  }
  expect(readRole(values, 'SGD')).toMatchObject({ settings: { permissions: ['sale.make', 'sale.void'] } })
})

test('what is wrong is said beside its field', () => {
  const wrong = { ...roleValues(ROLE, 'SGD'), name: ' ', mostOpenPrice: 'much', mostDiscountPpm: '101' }
  const read = readRole(wrong, 'SGD')
  expect(read.ok ? {} : read.errors).toEqual({
    name: 'Fill this in',
    mostOpenPrice: 'Type an amount, such as 5.00',
    mostDiscountPpm: 'Type a percentage from 0 to 100',
  })
})

test('every permission can be given, in words, at one place', () => {
  const offered = PERMISSION_GROUPS.flatMap(({ permissions }) =>
    permissions.map(({ permission }) => permission),
  )
  expect(offered.toSorted()).toEqual([...PERMISSIONS].sort())
})

test('a role in a line', () => {
  expect(roleWords([])).toBe('Nothing')
  expect(roleWords(PERMISSIONS)).toBe('Everything')
  expect(roleWords(['sale.make', 'sale.void'])).toBe('Sell, void a sale')
  expect(roleWords(['sale.make', 'sale.void', 'shift.open', 'shift.close'])).toBe(
    'Sell, void a sale, open a shift and 1 more',
  )
})

test('what a role may do without a PIN in a line', () => {
  const money = (amount: number) => `$${amount / 100}`
  expect(limitWords(ROLE, money)).toBe('12.5% off, open prices to $50')
  expect(limitWords({ ...ROLE, permissions: ['sale.make'], mostOpenPrice: null }, money)).toBe(
    'No discounts, any open price',
  )
  expect(limitWords({ ...ROLE, permissions: ['price.override'] }, money)).toBe('No limits')
})

test('who has it in a line, and whoever is at the tills and in head office once', () => {
  expect(havers([], [])).toBe('Nobody')
  expect(havers(['Mei'], ['Mei'])).toBe('Mei')
  expect(havers(['Mei'], ['Tan'])).toBe('Mei and Tan')
  expect(havers(['A', 'B', 'C', 'D'], [])).toBe('A, B and 2 more')
})
