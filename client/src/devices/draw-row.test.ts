import { describe, expect, test } from 'vitest'
import { breakLines, drawnLines } from './draw-row.ts'

// Every sign is as wide, also those that are written around another.
const SIGN = 14
const widthOf = (text: string) => SIGN * text.length
const lettersOf = (text: string) =>
  Array.from(new Intl.Segmenter('ta', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment)
const DOTS = 384

const LONG_LABEL = 'வாடிக்கையாளருக்குத் திருப்பித்தரப்பட்டது'

describe('a drawn row', () => {
  test('of a word wider than the paper loses no letter and breaks none', () => {
    const word = 'பணம்'.repeat(12)
    const lines = breakLines(word, DOTS, widthOf)
    expect(lines.join('')).toBe(word)
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(DOTS)
    expect(lines.flatMap(lettersOf)).toEqual(lettersOf(word))
  })

  test('has its value below a label with a word that leaves it no room', () => {
    const row = { kind: 'pair', label: LONG_LABEL, value: '12,345.00' } as const
    const { lines, beside, below } = drawnLines(row, DOTS, widthOf)
    expect(lines.join(' ')).toBe(LONG_LABEL)
    expect({ beside, below }).toEqual({ beside: '', below: ['12,345.00'] })
  })

  test('has it beside where every word of the label has room', () => {
    const row = { kind: 'pair', label: 'மொத்தம் 全部一共 又', value: '9.00' } as const
    const { lines, beside, below } = drawnLines(row, DOTS, widthOf)
    expect({ beside, below }).toEqual({ beside: '9.00', below: [] })
    expect(lines.every((line) => widthOf(line) + widthOf('9.00') < DOTS)).toBe(true)
  })
})
