import { describe, expect, test } from 'vitest'
import { hueOf, initialsOf } from './tile-look.ts'

describe('the look of a tile', () => {
  test('two words give their first letters, one word its first two', () => {
    expect(initialsOf('Kopi-O bag 20s')).toBe('KO')
    expect(initialsOf('Milo')).toBe('MI')
    expect(initialsOf('"3 in 1" coffee')).toBe('IN')
    expect(initialsOf('Blueberries 125 g')).toBe('BL')
    expect(initialsOf('7 Up')).toBe('UP')
    expect(initialsOf('4 711')).toBe('47')
  })

  test('names in other scripts have initials too, and no name has none', () => {
    expect(initialsOf('豆腐')).toBe('豆腐')
    expect(initialsOf('தேநீர் பொடி')).toHaveLength(2)
    expect(initialsOf('—')).toBe('')
  })

  test('a name keeps its hue, and names spread over many', () => {
    expect(hueOf('Milo')).toBe(hueOf('Milo'))
    const hues = new Set(Array.from({ length: 200 }, (_, i) => hueOf(`Product ${i}`)))
    expect(hues.size).toBeGreaterThan(15)
    for (const hue of hues) expect(hue).toBeLessThan(360)
  })
})
