import { expect, it } from 'vitest'
import { dayFigures, hourBars } from './day-figures.ts'

const outlet = (outletId: string, sales: number, total: number, tax: number, refunds = 0, issued = 0) => ({
  outletId,
  name: outletId,
  sales,
  refunds,
  total,
  tax,
  discount: 0,
  issued,
  tenders: [],
  tills: [],
})
const day = { outlets: [outlet('a', 3, 1000, 83), outlet('b', 1, 240, 20, 2, 200)] }

it('adds up all outlets, or shows one', () => {
  expect(dayFigures(day)).toEqual({ sales: 4, refunds: 2, total: 1240, average: 310, tax: 103, issued: 200 })
  expect(dayFigures(day, 'a')).toEqual({
    sales: 3,
    refunds: 0,
    total: 1000,
    average: 333,
    tax: 83,
    issued: 0,
  })
})

it('has no average without sales', () => {
  expect(dayFigures({ outlets: [] })).toEqual({
    sales: 0,
    refunds: 0,
    total: 0,
    average: 0,
    tax: 0,
    issued: 0,
  })
})

it('shows the opening hours even when nothing has sold yet', () => {
  const bars = hourBars({ hours: [] }, undefined)
  expect(bars[0]?.hour).toBe('08')
  expect(bars.at(-1)?.hour).toBe('21')
})

it('stretches to the hours in which something was sold or taken back, on either day', () => {
  const bars = hourBars(
    { hours: [{ hour: 6, sales: 0, refunds: 1, total: -500 }] },
    {
      hours: [
        { hour: 23, sales: 1, refunds: 0, total: 90 },
        { hour: 2, sales: 0, refunds: 0, total: 0 },
      ],
    },
  )
  expect(bars[0]).toEqual({ hour: '06', sales: 0, refunds: 1, total: -500, before: 0 })
  expect(bars.at(-1)).toEqual({ hour: '23', sales: 0, refunds: 0, total: 0, before: 90 })
})
