import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { numberToTyped, textAfterKey, typedNumber } from './typed-number.ts'

const MONEY = { decimals: 2, whole: 6 }
const type = (keys: string, shape = MONEY) =>
  [...keys].reduce((text, key) => textAfterKey(text, key === '<' ? 'Backspace' : key, shape), '')

describe('typing a number', () => {
  test('digits read as whole units until a point is typed', () => {
    expect(type('50')).toBe('50')
    expect(type('12.4')).toBe('12.4')
    expect(type('12,4')).toBe('12.4')
  })

  test('a leading zero is replaced, and a leading point gets one', () => {
    expect(type('05')).toBe('5')
    expect(type('.5')).toBe('0.5')
    expect(type('00')).toBe('0')
  })

  test('a second point, a third decimal and a seventh digit change nothing', () => {
    expect(type('1.2.3')).toBe('1.23')
    expect(type('1.239')).toBe('1.23')
    expect(type('1234567')).toBe('123456')
  })

  test('a currency without cents takes no point', () => {
    expect(type('12.4', { decimals: 0, whole: 6 })).toBe('124')
  })

  test('backspace takes the last key back and delete takes all', () => {
    expect(type('12.4<<')).toBe('12')
    expect(type('<')).toBe('')
    expect(textAfterKey('12.4', 'Delete', MONEY)).toBe('')
    expect(textAfterKey('12', 'x', MONEY)).toBe('12')
  })
})

describe('reading a typed number', () => {
  test('the text becomes a whole number of its smallest parts', () => {
    expect(typedNumber('12.4', 2)).toBe(1240)
    expect(typedNumber('0.345', 3)).toBe(345)
    expect(typedNumber('7.5', 4)).toBe(75_000)
    expect(typedNumber('5.', 2)).toBe(500)
    expect(typedNumber('', 2)).toBeUndefined()
  })

  test('what is shown for a number reads back as that number', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(4), (value, places) => {
        expect(typedNumber(numberToTyped(value, places), places)).toBe(value)
      }),
    )
  })

  test('nothing but digits and one point can be typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 2 })), (keys) => {
        const text = keys.reduce((sofar, key) => textAfterKey(sofar, key, MONEY), '')
        expect(text).toMatch(/^(\d{1,6}(\.\d{0,2})?)?$/)
      }),
    )
  })
})
