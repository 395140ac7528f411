import { cartOf, cash, customer, entryOf, saleOf } from '@evertill/shared/testing/builders'
import { expect, test } from 'vitest'
import type { Paper } from '../../store/journal.ts'
import { paperMatcher } from './paper-search.ts'

const body = saleOf(cartOf([{ price: 1240 }], { customer: customer() }), [cash(1240)])
const paper: Paper = { entry: entryOf(body, { at: '2026-11-20T17:32:00.000Z' }), hash: '', fate: 'waiting' }
const finds = (typed: string) => paperMatcher(typed, 'Asia/Singapore', 100)(paper)

test('a receipt is found by its number or the end of it, in any case', () => {
  expect(finds('BED-T1-000001')).toBe(true)
  expect(finds('bed-t1-000001')).toBe(true)
  expect(finds('000001')).toBe(true)
  expect(finds('000002')).toBe(false)
})

test('a receipt is found by its amount, its customer and its time at the shop, all that is typed together', () => {
  expect(finds('$12.40')).toBe(true)
  expect(finds('tan 12.40')).toBe(true)
  expect(finds('01:32')).toBe(true)
  expect(finds('2026-11-21')).toBe(true)
  expect(finds('17:32')).toBe(false)
  expect(finds('tan 12.50')).toBe(false)
})

test('a receipt is found by the time on its paper, where the device’s clock was off', () => {
  const entry = { ...paper.entry, at: '2020-01-01T00:10:00.000Z' }
  const clockOffsetMs = Date.parse(paper.entry.at) - Date.parse(entry.at)
  const found = paperMatcher('2026-11-21 01:32', 'Asia/Singapore', 100)
  expect(found({ ...paper, entry: { ...entry, clockOffsetMs } })).toBe(true)
})
