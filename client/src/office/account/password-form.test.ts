import { expect, test } from 'vitest'
import { NO_PASSWORDS, passwordErrors } from './password-form.ts'

test('a new password is long enough, another one, and typed twice', () => {
  expect(Object.keys(passwordErrors(NO_PASSWORDS))).toEqual(['current', 'next'])
  const next = 'a better password'
  expect(passwordErrors({ current: 'what it was', next, again: next })).toEqual({})
  expect(passwordErrors({ current: 'what it was', next, again: 'a bitter password' })).toEqual({
    again: 'This is another password than the first',
  })
  expect(passwordErrors({ current: 'x', next: 'short', again: 'short' })).toEqual({
    next: 'At least 10 characters',
  })
  expect(passwordErrors({ current: next, next, again: next })).toEqual({
    next: 'This is the password you have',
  })
})
