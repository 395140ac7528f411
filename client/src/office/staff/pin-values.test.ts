import { PIN_PATTERN } from '@evertill/shared/protocol/pin'
import { expect, test } from 'vitest'
import { newPin } from './new-pin.ts'
import { NO_PIN, pinErrors } from './pin-values.ts'

test('a PIN is typed twice, unless it was made up', () => {
  expect(pinErrors(NO_PIN)).toEqual({ pin: 'Fill this in' })
  expect(pinErrors({ pin: '123', again: '123', made: false })).toEqual({ pin: 'Type 4 to 8 digits' })
  expect(pinErrors({ pin: '1234', again: '1243', made: false })).toEqual({
    again: 'This is another PIN than the first',
  })
  expect(pinErrors({ pin: '1234', again: '1234', made: false })).toEqual({})
  expect(pinErrors({ pin: '123456', again: '', made: true })).toEqual({})
})

test('a made-up PIN is one that tills take, and not six times the same digit', () => {
  expect(newPin()).toMatch(PIN_PATTERN)
  expect(new Set(Array.from({ length: 20 }, () => newPin())).size).toBeGreaterThan(15)
  const digits = [...'777777048151'].map(Number)
  expect(newPin(() => digits.shift() ?? 0)).toBe('048151')
})
