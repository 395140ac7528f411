import { MOST_PRICE } from '@evertill/shared/domain/money'
import { PERMISSIONS, type Permission } from '@evertill/shared/domain/permission'
import { type RoleEdit, zRoleEdit } from '@evertill/shared/protocol/office/roles'
import { formReader, type ReadForm } from '../settings/read-form.ts'
import { plainMoneyText } from '../words/money-text.ts'
import { parsePercentText, percentText } from '../words/percent-text.ts'

/** As it stands in the form: figures are text until they are saved. */
export interface RoleValues {
  name: string
  permissions: Permission[]
  mostOpenPrice: string
  mostDiscountPpm: string
}

export const NEW_ROLE: RoleEdit = {
  name: '',
  permissions: ['sale.make', 'customer.register', 'shift.open', 'shift.close'],
  mostOpenPrice: null,
  mostDiscountPpm: null,
}

export const roleValues = (role: RoleEdit, currency: string): RoleValues => ({
  name: role.name,
  permissions: [...role.permissions],
  mostOpenPrice: role.mostOpenPrice === null ? '' : plainMoneyText(role.mostOpenPrice, currency),
  mostDiscountPpm: role.mostDiscountPpm === null ? '' : percentText(role.mostDiscountPpm),
})

export function readRole(values: RoleValues, currency: string): ReadForm<RoleEdit> {
  const reader = formReader(currency)
  const mostDiscountPpm = parsePercentText(values.mostDiscountPpm) ?? null
  if (mostDiscountPpm === null && values.mostDiscountPpm.trim() !== '')
    reader.errors.mostDiscountPpm = 'Type a percentage from 0 to 100'
  return reader.finish(zRoleEdit, {
    name: values.name,
    permissions: PERMISSIONS.filter((permission) => values.permissions.includes(permission)),
    mostOpenPrice: reader.money('mostOpenPrice', values.mostOpenPrice, MOST_PRICE, null),
    mostDiscountPpm,
  })
}
