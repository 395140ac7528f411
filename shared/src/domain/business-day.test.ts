import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessDate } from './business-day.ts'

const at = (text: string) => new Date(text)

describe('the business date', () => {
  it.each([
    ['2026-11-21T04:00:00.000Z', 0, '2026-11-21'], // noon in Singapore
    ['2026-11-20T16:00:00.000Z', 0, '2026-11-21'], // midnight
    ['2026-11-20T15:59:59.999Z', 0, '2026-11-20'],
    ['2026-11-20T19:59:59.999Z', 4, '2026-11-20'], // 03:59 still belongs to the evening before
    ['2026-11-20T20:00:00.000Z', 4, '2026-11-21'],
    ['2025-12-31T17:00:00.000Z', 4, '2025-12-31'], // New Year's night
    ['2028-02-29T17:00:00.000Z', 4, '2028-02-29'],
    ['2028-02-29T20:00:00.000Z', 4, '2028-03-01'],
  ])('of %s in Singapore with the day cut at %i is %s', (instant, dayCutHour, date) => {
    expect(businessDate(at(instant), 'Asia/Singapore', dayCutHour)).toBe(date)
  })

  // Clocks go from 02:00 to 03:00 on 2026-03-29 in Berlin: four o'clock is three hours after midnight.
  it('begins at the cut by the clock on the wall, also on the night the clocks change', () => {
    expect(businessDate(at('2026-03-29T01:59:00.000Z'), 'Europe/Berlin', 4)).toBe('2026-03-28')
    expect(businessDate(at('2026-03-29T02:00:00.000Z'), 'Europe/Berlin', 4)).toBe('2026-03-29')
    expect(businessDate(at('2026-10-25T02:59:00.000Z'), 'Europe/Berlin', 4)).toBe('2026-10-24')
    expect(businessDate(at('2026-10-25T03:00:00.000Z'), 'Europe/Berlin', 4)).toBe('2026-10-25')
  })

  it('holds for zones off the hour and across the date line', () => {
    expect(businessDate(at('2026-01-01T00:00:00.000Z'), 'Asia/Kathmandu', 5)).toBe('2026-01-01') // 05:45
    expect(businessDate(at('2026-01-01T00:00:00.000Z'), 'Asia/Kathmandu', 6)).toBe('2025-12-31')
    expect(businessDate(at('2026-01-01T10:00:00.000Z'), 'Pacific/Kiritimati', 0)).toBe('2026-01-02')
    expect(businessDate(at('2026-01-01T10:00:00.000Z'), 'Pacific/Honolulu', 1)).toBe('2025-12-31')
  })

  it('never goes back as time goes on', () => {
    const anyInstant = fc.date({
      min: at('2000-01-01T00:00:00Z'),
      max: at('2099-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    const anyZone = fc.constantFrom(
      'Asia/Singapore',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
    )
    fc.assert(
      fc.property(anyInstant, fc.nat(200_000_000), anyZone, fc.nat(3), (instant, later, zone, cut) => {
        const date = businessDate(instant, zone, cut)
        expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        expect(businessDate(new Date(instant.getTime() + later), zone, cut) >= date).toBe(true)
      }),
    )
  })
})
