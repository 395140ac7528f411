import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText, readBarcodes, readMoney, readQuantity, readUnit } from './cells.ts'

const money = (text: string) => {
  const read = readMoney(text, 2)
  return 'value' in read ? read.value : read.reason
}

test('money is read as people and shops write it, without a float', () => {
  const cases: Record<string, number> = {
    '12.90': 1290,
    '12.9': 1290,
    '12': 1200,
    '.5': 50,
    '0': 0,
    '$1,234.50': 123450,
    'S$ 3.00': 300,
    'SGD 3.00': 300,
    '3.00 SGD': 300,
    RM12: 1200,
    '12,90': 1290,
    '1.234,50': 123450,
    '1,234': 123400,
    '1.1000': 110,
    '4.35': 435,
    '1000000': 100_000_000,
    ' 2.00 ': 200,
  }
  for (const [text, cents] of Object.entries(cases)) expect([text, money(text)]).toEqual([text, cents])
})

test('what is no price, or no certain one, is refused with the reason', () => {
  const cases: Record<string, string> = {
    free: 'is not a price',
    '': 'is not a price',
    '12.34.56': 'is not a price',
    '1,23,456': 'is not a price',
    '1E+3': 'is not a price',
    '(5.00)': 'is not a price',
    '1.005': 'has more than 2 decimals',
    '-1.00': 'is below zero',
    '1000000.01': 'is more than a price can be',
    '9999999999999999': 'is not a price',
    // Looking for its trailing zeros would keep the server busy for minutes.
    [`1.${'0'.repeat(20_000)}1`]: 'is not a price',
  }
  for (const [text, reason] of Object.entries(cases)) expect([text, money(text)]).toEqual([text, reason])
})

test('every amount of cents is read back from every way of writing it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), (cents) => {
      const whole = Math.floor(cents / 100)
      const fraction = String(cents % 100).padStart(2, '0')
      const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
      expect(money(`${whole}.${fraction}`)).toBe(cents)
      expect(money(`$${grouped}.${fraction}`)).toBe(cents)
      expect(money(`${grouped.replaceAll(',', '.')},${fraction}`)).toBe(cents)
    }),
  )
})

test('a currency without cents has none', () => {
  expect(readMoney('1200', 0)).toEqual({ value: 1200 })
  expect(readMoney('1200.00', 0)).toEqual({ value: 1200 })
  expect(readMoney('1200.50', 0)).toEqual({ reason: 'has more than 0 decimals' })
})

test('quantities have up to three decimals and may be below zero', () => {
  expect(readQuantity('12.5')).toEqual({ value: 12_500 })
  expect(readQuantity('-3')).toEqual({ value: -3000 })
  expect(readQuantity('1,200')).toEqual({ value: 1_200_000 })
  expect(readQuantity('0.0005')).toEqual({ reason: 'has more than 3 decimals' })
  expect(readQuantity('many')).toEqual({ reason: 'is not a quantity' })
})

test('barcodes are taken apart, and an ISBN keeps together without its dashes', () => {
  expect(readBarcodes('8881234600011|PEN-1; 12345678')).toEqual({
    value: ['8881234600011', 'PEN-1', '12345678'],
  })
  expect(readBarcodes('978-981-00-0000-4')).toEqual({ value: ['9789810000004'] })
  expect(readBarcodes("'8881234600011")).toEqual({ value: ['8881234600011'] })
  expect(readBarcodes('8881234600011.0')).toEqual({ value: ['8881234600011'] })
  expect(readBarcodes('A A')).toEqual({ value: ['A'] })
})

test('a barcode that a spreadsheet has rounded is named as such', () => {
  for (const text of ['8.88E+12', '8,88E+12', '9.55600123002E12'])
    expect(readBarcodes(text)).toEqual({ reason: expect.stringContaining('turned into a rounded number') })
})

test('a mistyped EAN-13 is refused with the right digit; shops’ own shorter codes pass', () => {
  expect(readBarcodes('8881234600012')).toEqual({ reason: expect.stringContaining('(1 would be right)') })
  expect(readBarcodes('12345679')).toEqual({ value: ['12345679'] })
  expect(readBarcodes('käse')).toEqual({ reason: expect.stringContaining('letters, digits and signs') })
})

test('units have their usual names', () => {
  expect([readUnit('PCS'), readUnit('Kilogram'), readUnit('each')]).toEqual([
    { value: 'each' },
    { value: 'kg' },
    { value: 'each' },
  ])
  expect(readUnit('box')).toEqual({ reason: 'must be each or kg' })
})

test('names lose their HTML and nothing else', () => {
  expect(plainText('Bread &amp; Butter&nbsp;<em>200&#8239;g</em><br/>')).toBe('Bread & Butter 200 g')
  expect(plainText('Size < 5 & > 3')).toBe('Size < 5 & > 3')
  expect(plainText('R&D; &unknown; &#0; &#xD800;')).toBe('R&D; &unknown; &#0; &#xD800;')
  expect(plainText('  two\n lines ')).toBe('two lines')
})
