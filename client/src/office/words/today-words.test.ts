import { describe, expect, it } from 'vitest'
import { comparedWith, freshness, todaySentence } from './today-words.ts'

const now = new Date('2025-11-13T12:00:00.000Z')
const till = (name: string, minutesAgo: number | null, waiting: number | null = 0, gap = false) => ({
  name,
  waiting,
  gap,
  lastContactAt: minutesAgo === null ? null : new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
})

const need = (openExceptions: number, drawers = 0) => ({ openExceptions, drawers })

describe('the opening sentence', () => {
  it('counts the tills whose sales are all here, and what needs a person', () => {
    const tills = [till('Till 1', 0), till('Till 2', 1), till('Till 3', 0), till('Till 4', 0, 3)]
    expect(todaySentence(tills, need(2), now)).toBe('3 of 4 tills are up to date. 2 things need you.')
  })

  it('is short when all is well', () => {
    expect(todaySentence([till('Till 1', 0), till('Till 2', 0)], need(0), now)).toBe(
      'All 2 tills are up to date. Nothing needs you.',
    )
  })

  it('says that a drawer was not as its books', () => {
    expect(todaySentence([till('Till 1', 0)], need(0, 1), now)).toBe(
      'Till 1 is up to date. Nothing needs you. 1 drawer was over or short.',
    )
    expect(todaySentence([till('Till 1', 0)], need(0, 2), now)).toContain('2 drawers were over or short.')
  })

  it('names a single till', () => {
    expect(todaySentence([till('Till 1', 0)], need(1), now)).toBe('Till 1 is up to date. 1 thing needs you.')
    expect(todaySentence([till('Till 1', 90)], need(0), now)).toBe(
      'Till 1 is not up to date. Nothing needs you.',
    )
  })

  it('does not count a till that has never called', () => {
    expect(todaySentence([till('Till 1', 0), till('Till 2', 90), till('Till 3', null)], need(0), now)).toBe(
      '1 of 2 tills is up to date. Nothing needs you.',
    )
  })

  it('says so when there is no till at all', () => {
    expect(todaySentence([till('Till 1', null)], need(0), now)).toBe(
      'No till has sold anything here yet. Nothing needs you.',
    )
  })
})

describe('what is known of a till', () => {
  it('trusts a till only while it keeps calling', () => {
    expect(freshness(till('', 0), now)).toBe('up-to-date')
    expect(freshness(till('', 6), now)).toBe('silent')
    expect(freshness(till('', 6, 4), now)).toBe('silent')
    expect(freshness(till('', 1, 4), now)).toBe('sending')
    expect(freshness(till('', null, null), now)).toBe('never')
  })

  it('does not call a till up to date of which entries are missing', () => {
    expect(freshness(till('', 0, 0, true), now)).toBe('gap')
    expect(freshness(till('', 0, 4, true), now)).toBe('sending')
    expect(todaySentence([till('Till 1', 0), till('Till 2', 0, 0, true)], need(1), now)).toBe(
      '1 of 2 tills is up to date. 1 thing needs you.',
    )
  })
})

describe('the comparison with a week before', () => {
  it('rounds to whole percents', () => {
    expect(comparedWith(112, 100)).toBe('12 % more')
    expect(comparedWith(666, 1000)).toBe('33 % less')
    expect(comparedWith(1000, 1001)).toBe('the same')
  })

  it('says nothing when there was nothing before', () => {
    expect(comparedWith(500, 0)).toBeUndefined()
  })
})
