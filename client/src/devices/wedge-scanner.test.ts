import { readValueCode } from '@evertill/shared/domain/stored-value'
import { describe, expect, test } from 'vitest'
import {
  ANY_SCANNER,
  afterScannerKey,
  afterScannerPause,
  afterScannerSilence,
  GIVE_UP_MS,
  NO_SCAN,
  PAUSE_MS,
  type ScannerSettings,
  type ScannerStep,
} from './wedge-scanner.ts'

const EAN = '8888000000013'
const OTHER = '8888000000020'

/** A key, or a pause of so many milliseconds. */
type Typed = string | number

/**
 * Types keys `gap` milliseconds apart on a field that a till might have under the focus, with the timers a till has.
 * @returns every code that was scanned, what stands in the field in the end, and other keys that reached the page
 */
function type(keys: readonly Typed[], gap = 4, settings: ScannerSettings = ANY_SCANNER) {
  const scans: string[] = []
  const others: string[] = []
  let state = NO_SCAN
  let field = ''
  let at = 1000
  const before: { at: number; field: string }[] = []
  const takeBack = (step: ScannerStep) => {
    if (step.act !== 'pass' && step.takeBackSince !== undefined)
      field = before.find((then) => then.at === step.takeBackSince)?.field ?? '?'
  }
  const waited = (upTo: number) => {
    const last = state.keys.at(-1)?.at ?? at
    const paused = upTo - last >= PAUSE_MS ? afterScannerPause(state, last + PAUSE_MS, settings) : undefined
    const step = paused ?? (upTo - last >= GIVE_UP_MS ? afterScannerSilence(state, settings) : undefined)
    if (step === undefined) return
    state = step.state
    takeBack(step)
    if (step.act === 'scanned') scans.push(step.code)
    if (step.act === 'pass') field += step.giveBack ?? ''
  }
  for (const key of keys) {
    at += typeof key === 'number' ? key : gap
    waited(at)
    if (typeof key === 'number') continue
    const step = afterScannerKey(state, key, at, settings)
    state = step.state
    takeBack(step)
    if (step.act === 'scanned') scans.push(step.code)
    if (step.act !== 'pass') continue
    field += step.giveBack ?? ''
    before.push({ at, field })
    if (key.length === 1) field += key
    else others.push(key)
  }
  waited(at + 2 * GIVE_UP_MS)
  return { scans, field, others }
}
const scanned = (...codes: string[]) => ({ scans: codes, field: '', others: [] })

describe('a wedge scanner', () => {
  test.each([['Enter'], ['Tab']])('fast digits and %s are a scan, and leave nothing in a field', (suffix) => {
    expect(type([...EAN, suffix])).toEqual(scanned(EAN))
  })

  test.each(['VAB37CDEFGHJKH', 'VABCDEFGHJKMN3'])(
    'a gift card’s code is a scan though it has hardly a digit: %s',
    (code) => {
      expect(readValueCode(code)).toBe(code)
      for (const ends of [['Enter'], ['Tab'], []]) expect(type([...code, ...ends])).toEqual(scanned(code))
      // None of it is an amount that was typed, and its Enter takes no money.
      expect(type([...code, 'Enter'], 60)).toEqual(scanned(code))
      const mistyped = `${code.slice(0, -1)}Z`
      expect(type([...mistyped, 'Enter'])).toEqual({ scans: [], field: mistyped, others: ['Enter'] })
    },
  )

  test('a code that nothing ends is a scan by its check digit', () => {
    expect(type([...EAN])).toEqual(scanned(EAN))
    expect(type([...'888800000001'])).toEqual({ scans: [], field: '888800000001', others: [] })
  })

  test('two scans in a row are two scans, however they end', () => {
    expect(type([...EAN, 'Enter', ...OTHER, 'Enter'])).toEqual(scanned(EAN, OTHER))
    expect(type([...EAN, 'Tab', ...EAN, 'Tab'])).toEqual(scanned(EAN, EAN))
    expect(type([...EAN, 2 * PAUSE_MS, ...OTHER])).toEqual(scanned(EAN, OTHER))
  })

  test.each([20, 90, 280, 450, 900])(
    'a key held back %i ms by a busy device does not tear a scan apart',
    (held) => {
      for (let place = 1; place <= EAN.length; place++) {
        const keys = [...EAN.slice(0, place), held, ...EAN.slice(place), 'Enter']
        const { scans, field } = type(keys)
        expect([place, scans, field]).toEqual([place, [EAN], ''])
      }
    },
  )

  test('one in three keys held back does no harm either', () => {
    const keys = [...EAN].flatMap((key, i): Typed[] => (i % 3 === 2 ? [key, 150] : [key]))
    expect(type([...keys, 'Enter'])).toEqual(scanned(EAN))
  })

  test('an Enter that comes late presses nothing', () => {
    expect(type([...EAN, PAUSE_MS + 50, 'Enter'])).toEqual(scanned(EAN))
    // And from then on a pause is a pause.
    expect(type([...EAN, PAUSE_MS + 50, 'Enter', ...'88880000', 300, ...'00020', 'Enter'])).toEqual(
      scanned(EAN, OTHER),
    )
    expect(type([...EAN, 'Enter', 200, 'Enter']).others).toEqual(['Enter'])
  })

  test('a slow scanner is one if all of it is a GTIN', () => {
    expect(type([...EAN, 'Enter'], 65)).toEqual(scanned(EAN))
    expect(type([...'SKU-1001', 'Enter'], 65).scans).toEqual([])
  })

  test('a hand is too slow to be taken for a scanner, and what it types stays', () => {
    expect(type([...EAN, 'Enter'], 90)).toEqual({ scans: [], field: EAN, others: ['Enter'] })
  })

  test('a code typed before a pause is not part of the scan after it, and stays in its field', () => {
    expect(type(['7', 500, ...EAN, 'Enter'])).toEqual({ scans: [EAN], field: '7', others: [] })
    expect(type(['1', 110, '2', 500, ...'SKU-1001', 'Enter'])).toEqual({
      scans: ['SKU-1001'],
      field: '12',
      others: [],
    })
  })

  test('a fast word and a fast amount are typed', () => {
    expect(type([...'kopitiam', 'Enter'])).toEqual({ scans: [], field: 'kopitiam', others: ['Enter'] })
    expect(type([...'1234.50', 'Enter'])).toEqual({ scans: [], field: '1234.50', others: ['Enter'] })
    expect(type([...'2000', 'Enter'])).toEqual({ scans: [], field: '2000', others: ['Enter'] })
  })

  test('digits that only look like a scan are given back to where they were typed', () => {
    expect(type([...'123456', 'Escape'])).toEqual({ scans: [], field: '123456', others: ['Escape'] })
    expect(type([...'1234567', GIVE_UP_MS, '8'])).toEqual({ scans: [], field: '12345678', others: [] })
  })

  test('letters within a code are kept, whatever Shift does', () => {
    const keys = ['Shift', 'S', 'K', 'Shift', 'U', '-', '1', '0', '0', '1', 'Enter']
    expect(type(keys).scans).toEqual(['SKU-1001'])
  })

  test('an arrow or an escape in between ends the code', () => {
    expect(type([...EAN, 'Escape', 'Enter'])).toEqual({ scans: [], field: EAN, others: ['Escape', 'Enter'] })
  })
})

describe('a wedge scanner that was set', () => {
  test('to a prefix is known by it: any code, however slow, and nothing else', () => {
    const settings = { prefix: 'F13', suffix: 'any' } as const
    expect(type(['F13', ...'https://x.sg/?a=1', 'Enter'], 200, settings)).toEqual(
      scanned('https://x.sg/?a=1'),
    )
    expect(type([...EAN, 'Enter'], 4, settings)).toEqual({ scans: [], field: EAN, others: ['Enter'] })
  })

  test('to a prefix and no suffix ends with a pause', () => {
    const settings = { prefix: '~', suffix: 'none' } as const
    expect(type(['~', ...'A1', 300, '~', ...EAN], 4, settings)).toEqual(scanned('A1', EAN))
  })

  test('to one suffix leaves the other key to the page', () => {
    expect(type([...EAN, 'Tab'], 4, { suffix: 'Tab' })).toEqual(scanned(EAN))
    expect(type([...EAN, 'Enter'], 4, { suffix: 'Tab' })).toEqual({
      scans: [],
      field: EAN,
      others: ['Enter'],
    })
  })
})
