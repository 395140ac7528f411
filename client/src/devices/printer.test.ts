import { afterEach, expect, test, vi } from 'vitest'
import { isFoundAgain } from './printer.ts'

afterEach(() => vi.unstubAllGlobals())

test('a serial port is found again by its USB ids, and one that has none is not', () => {
  expect(isFoundAgain('serial', { name: '', vendorId: 0x067b, productId: 0x2303 })).toBe(true)
  expect(isFoundAgain('serial', { name: '' })).toBe(false)
})

test('a Bluetooth printer is found again where the browser hands out what it was allowed', () => {
  vi.stubGlobal('navigator', { bluetooth: { getDevices: async () => [] } })
  expect(isFoundAgain('bluetooth', { name: 'TM-P20', id: 'belt' })).toBe(true)
  vi.stubGlobal('navigator', { bluetooth: {} })
  expect(isFoundAgain('bluetooth', { name: 'TM-P20', id: 'belt' })).toBe(false)
})
