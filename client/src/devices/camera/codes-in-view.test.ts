import { describe, expect, test } from 'vitest'
import { type CodeInView, GONE_MS, lookAgain } from './codes-in-view.ts'

/** What counted, picture by picture. */
function watch(...pictures: readonly (readonly [at: number, ...seen: string[]])[]): string[][] {
  let inView: readonly CodeInView[] = []
  return pictures.map(([at, ...seen]) => {
    const look = lookAgain(inView, seen, at)
    inView = look.inView
    return [...look.counted]
  })
}

describe('a code before the camera', () => {
  test('counts once however long it is held there', () => {
    const pictures = Array.from({ length: 300 }, (_, i) => [i * 80, 'A'] as const)
    expect(watch(...pictures).flat()).toEqual(['A'])
  })

  test('counts with its second picture, so that one misread one sells nothing', () => {
    expect(watch([0, 'A'], [80, 'A'])).toEqual([[], ['A']])
    expect(watch([0, 'A'], [80, 'B'], [160, 'A'], [240])).toEqual([[], [], ['A'], []])
    expect(watch([0, 'A'], [80], [80 + GONE_MS], [2000, 'A'], [2080])).toEqual([[], [], [], [], []])
  })

  test('counts again after it was away, and not when a hand shook', () => {
    expect(watch([0, 'A'], [80, 'A'], [160], [160 + GONE_MS - 1, 'A'], [1300, 'A'])).toEqual([
      [],
      ['A'],
      [],
      [],
      [],
    ])
    expect(watch([0, 'A'], [80, 'A'], [160], [160 + GONE_MS], [1300, 'A'], [1380, 'A']).flat()).toEqual([
      'A',
      'A',
    ])
  })

  test('was not away because the device took long over a picture', () => {
    expect(watch([0, 'A'], [3000, 'A'], [6000, 'A'], [9000, 'A']).flat()).toEqual(['A'])
    expect(watch([0, 'A'], [3000, 'A'], [6000], [6900, 'A'], [9000, 'A']).flat()).toEqual(['A'])
  })

  test('counts beside others, each for itself', () => {
    expect(watch([0, 'A', 'B', 'A'], [80, 'B', 'A'], [160, 'C'], [240, 'C', 'A'])).toEqual([
      [],
      ['A', 'B'],
      [],
      ['C'],
    ])
  })
})
