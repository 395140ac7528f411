import { expect, test } from 'vitest'
import { sayIn } from './say.ts'

test('papers are said in their language, with what they name filled in', () => {
  expect(sayIn('ms')('Total')).toBe('Jumlah')
  expect(sayIn('zh')('Receipt {{receiptNo}}', { receiptNo: 'TB-1-000001' })).toContain('TB-1-000001')
  expect(sayIn('en')('{{method}}: {{count}}', { method: 'Points', count: 1200 })).toBe('Points: 1200')
  for (const count of [0, 1, 2])
    expect(sayIn('ta')('{{method}}: {{count}}', { method: 'P', count })).toBe(`P: ${count}`)
})

test('what has no translation is said in English, and what is not given stays a gap', () => {
  expect(sayIn('ta')('Never said on paper')).toBe('Never said on paper')
  expect(sayIn('ta')('{{what}} was not given')).toBe('{{what}} was not given')
})
