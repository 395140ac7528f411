import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMoneyText, plainMoneyText } from './money-text.ts'

const MOST = 100_000_000
const read = (typed: string, currency = 'SGD') => {
  const parsed = parseMoneyText(typed, currency, MOST)
  return parsed.ok ? parsed.amount : parsed.code
}

describe('reading a typed amount', () => {
  it.each([
    ['3.60', 360],
    ['3.6', 360],
    ['3', 300],
    ['.5', 50],
    ['3.', 300],
    [' $12.40 ', 1240],
    ['S$12.40', 1240],
    ['1,234.50', 123_450],
    ['0', 0],
    ['0003.10', 310],
    ['3.600', 360],
    ['３．６０', 360],
    ['1000000', 100_000_000],
  ])('reads %j', (typed, amount) => expect(read(typed)).toBe(amount))

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['.', 'not-an-amount'],
    ['$', 'not-an-amount'],
    ['three', 'not-an-amount'],
    ['-3', 'not-an-amount'],
    ['3.6.0', 'not-an-amount'],
    ['1,23.40', 'not-an-amount'],
    ['3,60', 'not-an-amount'],
    ['1e3', 'not-an-amount'],
    ['3.605', 'too-many-decimals'],
    ['1000000.01', 'too-much'],
    ['99999999999999999999', 'too-much'],
  ])('says what is wrong with %j', (typed, code) => expect(read(typed)).toBe(code))

  it('knows currencies without decimals', () => {
    expect(read('350', 'JPY')).toBe(350)
    expect(read('350.5', 'JPY')).toBe('too-many-decimals')
  })

  it('reads back every amount it writes, to the cent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MOST }),
        fc.constantFrom('JPY', 'SGD', 'KWD'),
        (amount, currency) => {
          expect(read(plainMoneyText(amount, currency), currency)).toBe(amount)
        },
      ),
    )
  })
})

it('writes an amount for a text field', () => {
  expect(plainMoneyText(360, 'SGD')).toBe('3.60')
  expect(plainMoneyText(5, 'SGD')).toBe('0.05')
  expect(plainMoneyText(-5, 'SGD')).toBe('-0.05')
  expect(plainMoneyText(350, 'JPY')).toBe('350')
})
