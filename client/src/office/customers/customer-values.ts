import {
  type CustomerDetail,
  type CustomerEdit,
  type TierChange,
  zCustomerEdit,
} from '@evertill/shared/protocol/office/customers'
import { formReader, type ReadForm } from '../settings/read-form.ts'

/** As it stands in the form: everything is text until it is saved. */
export interface CustomerValues {
  name: string
  phone: string
  email: string
  code: string
  /** Empty is no tier. */
  tierId: string
}

export const customerValues = ({ name, phone, email, code, tierId }: CustomerEdit): CustomerValues => ({
  name,
  phone: phone ?? '',
  email: email ?? '',
  code,
  tierId: tierId ?? '',
})

export const readCustomer = ({ name, phone, email, code, tierId }: CustomerValues): ReadForm<CustomerEdit> =>
  formReader('').finish(zCustomerEdit, {
    name,
    phone: phone.trim() || null,
    email: email.trim() || null,
    code,
    tierId: tierId || null,
  })

/** The change of tier, where nothing else is changed: that one has a way back. */
export function tierAlone(before: CustomerDetail, edit: CustomerEdit): TierChange | undefined {
  const { name, phone, email, code, tierId: from } = before
  const isElse = edit.name !== name || edit.phone !== phone || edit.email !== email || edit.code !== code
  return isElse || edit.tierId === from ? undefined : { from, to: edit.tierId }
}
