import { expect, test } from 'vitest'
import { isPhone, isSamePhone } from './known-members.ts'

test('a phone is digits, six of them or more, with what they are grouped by', () => {
  for (const phone of ['80001001', '+65 8000 1001', '03-2141 8000', '123456'])
    expect(isPhone(phone)).toBe(true)
  for (const none of ['asdf', '8000 100a', '12345', '+', '', '8000+1001']) expect(isPhone(none)).toBe(false)
})

test('two phones are the same by their digits, with the country’s code or without it', () => {
  expect(isSamePhone('+65 8000 1001', '80001001')).toBe(true)
  expect(isSamePhone('8000-1001', '8000 1001')).toBe(true)
  expect(isSamePhone('0065 8000 1001', '+65 80001001')).toBe(true)
  // Malaysia's are dialled with a zero where no code stands.
  expect(isSamePhone('012-345 6789', '+60 12 345 6789')).toBe(true)
  expect(isSamePhone('+673 712 3456', '7123456')).toBe(true)
})

test('phones that only end alike are two', () => {
  expect(isSamePhone('+65 8000 1001', '+60 8000 1001')).toBe(false)
  expect(isSamePhone('8000 1001', '9000 1001')).toBe(false)
  expect(isSamePhone('1001', '8000 1001')).toBe(false)
  expect(isSamePhone('', '')).toBe(false)
})
