import { expect, test } from 'vitest'
import { customerValues, readCustomer, tierAlone } from './customer-values.ts'

const CUSTOMER = {
  customerId: '019a0000-0000-7000-8000-000000000001',
  version: '1',
  name: 'Goh Kah Seng',
  phone: '+65 9123 4567',
  email: null,
  code: 'C-12AB34CD',
  tierId: '019a0000-0000-7000-8000-00000000000a',
  tierName: 'Silver',
  points: 12,
  registeredAt: null,
  registeredBy: null,
}
const { name, phone, email, code, tierId } = CUSTOMER
const EDIT = { name, phone, email, code, tierId }

test('a customer is shown and saved back unchanged, and nothing typed is nothing', () => {
  expect(readCustomer(customerValues(CUSTOMER))).toEqual({ ok: true, settings: EDIT })
  const bare = { ...customerValues(CUSTOMER), name: ' Goh ', phone: ' ', email: '', tierId: '' }
  expect(readCustomer(bare)).toEqual({
    ok: true,
    settings: { name: 'Goh', phone: null, email: null, code, tierId: null },
  })
})

test('what is wrong is said beside its field', () => {
  const wrong = { name: ' ', phone: '1'.repeat(41), email: 'goh@mail', code: 'C 12', tierId: '' }
  const read = readCustomer(wrong)
  expect(read.ok ? {} : read.errors).toEqual({
    name: 'Fill this in',
    phone: 'At most 40 characters',
    email: 'Must be an address such as mei@example.com',
    code: 'Must be without spaces',
  })
  const empty = readCustomer({ ...customerValues(CUSTOMER), code: ' ' })
  expect(empty.ok ? {} : empty.errors).toEqual({ code: 'Fill this in' })
})

test('only where nothing but the tier is another is it a change of tier', () => {
  expect(tierAlone(CUSTOMER, { ...EDIT, tierId: null })).toEqual({ from: tierId, to: null })
  expect(tierAlone(CUSTOMER, EDIT)).toBeUndefined()
  expect(tierAlone(CUSTOMER, { ...EDIT, tierId: null, phone: null })).toBeUndefined()
})
