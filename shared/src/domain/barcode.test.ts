import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gs1CheckDigit, isGtin } from './barcode.ts'

describe('GS1 check digits', () => {
  it.each([
    '4006381333931', // EAN-13, the worked example of the GS1 General Specifications' Wikipedia article
    '73513537', // EAN-8
    '036000291452', // UPC-A
    '00012345600012', // GTIN-14
  ])('accepts %s', (code) => {
    expect(isGtin(code)).toBe(true)
  })

  it.each([
    '4006381333932',
    '400638133393',
    '',
    '40063813339310',
    '400638133393x',
    ' 73513537',
    '７３５１３５３７',
  ])('refuses %j', (code) => {
    expect(isGtin(code)).toBe(false)
  })

  it('finds every single mistyped digit', () => {
    const anyDigits = fc.array(fc.nat(9), { minLength: 12, maxLength: 12 }).map((digits) => digits.join(''))
    fc.assert(
      fc.property(anyDigits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (digits, position, by) => {
        const code = digits + gs1CheckDigit(digits)
        expect(isGtin(code)).toBe(true)
        const wrong = (Number(code[position]) + by) % 10
        expect(isGtin(code.slice(0, position) + wrong + code.slice(position + 1))).toBe(false)
      }),
    )
  })
})
