import { expect, it } from 'vitest'
import { addDays, dateIn, dateText, instantText, longDateText, weekdayText } from './dates.ts'

it('steps over month and year ends', () => {
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
  expect(addDays('2025-11-20', -7)).toBe('2025-11-13')
})

it('names days', () => {
  expect(dateText('2025-11-13')).toBe('Thu 13 Nov')
  expect(longDateText('2025-11-13')).toBe('Thu 13 Nov 2025')
  expect(weekdayText('2025-11-13')).toBe('Thursday')
})

it('tells the date and time by the outlet’s clock, not the browser’s', () => {
  const at = '2025-11-12T17:32:07.000Z'
  expect(dateIn(new Date(at), 'Asia/Singapore')).toBe('2025-11-13')
  expect(instantText(at, 'Asia/Singapore', new Date('2025-12-01T00:00:00Z'))).toEqual({
    time: '01:32',
    short: 'Thu 13 Nov, 01:32',
    full: 'Thu 13 Nov 2025, 01:32:07 (Asia/Singapore)',
  })
})

it('adds the year when it is another one', () => {
  const { short } = instantText(
    '2025-11-12T17:32:07.000Z',
    'Asia/Singapore',
    new Date('2026-02-01T00:00:00Z'),
  )
  expect(short).toBe('Thu 13 Nov 2025, 01:32')
})
