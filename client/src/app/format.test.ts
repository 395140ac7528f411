import { describe, expect, test } from 'vitest'
import {
  agoText,
  bytesText,
  countText,
  dateTimeText,
  minorPerUnit,
  moneyParts,
  moneyText,
  quantityText,
  rateText,
  signedMoneyText,
  timeText,
  wholeMeasures,
} from './format.ts'

describe('money', () => {
  test('minor units are shown as the currency writes them', () => {
    expect(moneyText(1240, 'SGD')).toBe('$12.40')
    expect(moneyText(123_456_789, 'SGD')).toBe('$1,234,567.89')
    expect(moneyText(0, 'SGD')).toBe('$0.00')
  })

  test('a negative amount carries a real minus sign before the currency sign', () => {
    expect(moneyText(-80, 'SGD')).toBe('−$0.80')
    expect(moneyParts(-80, 'SGD')).toEqual({ sign: '−', symbol: '$', number: '0.80' })
  })

  test('a signed amount says which way it goes', () => {
    expect(signedMoneyText(2, 'SGD')).toBe('+$0.02')
    expect(signedMoneyText(-2, 'SGD')).toBe('−$0.02')
    expect(signedMoneyText(0, 'SGD')).toBe('$0.00')
  })

  test('a currency without cents has none', () => {
    expect(moneyText(1240, 'JPY')).toBe('¥1,240')
    expect(minorPerUnit('JPY')).toBe(1)
    expect(minorPerUnit('SGD')).toBe(100)
  })
})

describe('quantities', () => {
  test('whole pieces have no decimals, weights have up to three', () => {
    expect(quantityText(2000)).toBe('2')
    expect(quantityText(345, 'kg')).toBe('0.345\u00a0kg')
    expect(quantityText(-1500)).toBe('−1.5')
    expect(countText(1234)).toBe('1,234')
  })

  test('a number and its unit in a name stay on one line', () => {
    const split = (name: string) => wholeMeasures(name).split(' ')
    expect(split('Ayam Brand Sardines 425 g')).toEqual(['Ayam', 'Brand', 'Sardines', '425\u00a0g'])
    expect(split('Pokka Tea 1.5 L')).toEqual(['Pokka', 'Tea', '1.5\u00a0L'])
    expect(split('Milo 18 × 27 g')).toEqual(['Milo', '18\u00a0×\u00a027\u00a0g'])
    expect(split('Drypers Dry M 64 s')).toEqual(['Drypers', 'Dry', 'M', '64\u00a0s'])
    expect(split('100 Plus 7 grains')).toEqual(['100', 'Plus', '7', 'grains'])
  })

  test('a rate reads as a percentage', () => {
    expect(rateText(90_000)).toBe('9 %')
    expect(rateText(82_500)).toBe('8.25 %')
  })
})

describe('time', () => {
  const at = new Date('2025-11-21T16:05:00.000Z')

  test('an instant is shown in the time zone of the shop', () => {
    expect(timeText(at, 'Asia/Singapore')).toBe('00:05')
    expect(dateTimeText(at, 'Asia/Singapore')).toBe('22 Nov 2025, 00:05')
  })

  test('how long ago uses the largest unit that says it', () => {
    const after = (ms: number) => new Date(at.getTime() + ms)
    expect(agoText(at, after(10_000))).toBe('now')
    expect(agoText(at, after(5 * 60_000))).toBe('5 min ago')
    expect(agoText(at, after(3 * 3_600_000))).toBe('3 hr ago')
    expect(agoText(at, after(72 * 3_600_000))).toBe('3 days ago')
  })

  test('bytes are rounded to something readable', () => {
    expect(bytesText(0)).toBe('0 B')
    expect(bytesText(12_345_678)).toBe('12.3 MB')
  })
})
