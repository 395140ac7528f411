import { describe, expect, test } from 'vitest'
import { afterScannerKey, NO_SCAN } from './wedge-scanner.ts'

/** Types keys `gap` milliseconds apart and returns everything that was taken for a scan. */
function scansOf(keys: readonly string[], gap: number): string[] {
  const scans: string[] = []
  let state = NO_SCAN
  keys.forEach((key, i) => {
    const step = afterScannerKey(state, key, 1000 + i * gap)
    state = step.state
    if (step.scanned !== undefined) scans.push(step.scanned)
  })
  return scans
}

const EAN = '8888000000017'

describe('wedge scanner', () => {
  test('fast digits and Enter are a scan', () => {
    expect(scansOf([...EAN, 'Enter'], 4)).toEqual([EAN])
  })

  test('one key held back by a busy device does not tear a scan apart', () => {
    let state = NO_SCAN
    let at = 0
    for (const [i, key] of [...EAN].entries()) {
      at += i === 2 ? 280 : 5
      state = afterScannerKey(state, key, at).state
    }
    expect(afterScannerKey(state, 'Enter', at + 5).scanned).toBe(EAN)
  })

  test('two scans in a row are two scans', () => {
    expect(scansOf([...EAN, 'Enter', ...EAN, 'Enter'], 4)).toEqual([EAN, EAN])
  })

  test('a hand is too slow to be taken for a scanner', () => {
    expect(scansOf([...EAN, 'Enter'], 90)).toEqual([])
  })

  test('a code typed before a pause is not part of the scan after it', () => {
    let { state } = afterScannerKey(NO_SCAN, '7', 0)
    for (const [i, key] of [...EAN].entries()) state = afterScannerKey(state, key, 500 + i * 4).state
    expect(afterScannerKey(state, 'Enter', 556).scanned).toBe(EAN)
  })

  test('a fast word and a fast amount are not scans', () => {
    expect(scansOf([...'kopitiam', 'Enter'], 4)).toEqual([])
    expect(scansOf([...'1234.50', 'Enter'], 4)).toEqual([])
    expect(scansOf([...'2000', 'Enter'], 4)).toEqual([])
  })

  test('letters within a code are kept, whatever Shift does', () => {
    expect(scansOf(['Shift', 'S', 'K', 'Shift', 'U', '-', '1', '0', '0', '1', 'Enter'], 4)).toEqual([
      'SKU-1001',
    ])
  })

  test('an arrow or an escape in between ends the code', () => {
    expect(scansOf([...EAN, 'Escape', 'Enter'], 4)).toEqual([])
  })
})
