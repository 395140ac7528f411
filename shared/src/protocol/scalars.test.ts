import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_MONEY } from '../domain/money.ts'
import {
  zAmount,
  zCode,
  zDate,
  zInstant,
  zName,
  zSignedAmount,
  zTypedName,
  zUuid,
  zUuidV7,
} from './scalars.ts'

const reads = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success

describe('an instant on the wire', () => {
  it('is exactly what Date.toISOString writes', () => {
    const anyDate = fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(zInstant.parse(date.toISOString())).toBe(date.toISOString())
      }),
    )
  })

  it.each([
    '2026-11-21T04:00:00Z',
    '2026-11-21T04:00:00.0Z',
    '2026-11-21T04:00:00.0000Z',
    '2026-11-21T12:00:00.000+08:00',
    '2026-11-21T04:00:00.000',
    '2026-11-21 04:00:00.000Z',
    '2026-11-21t04:00:00.000z',
    '2026-02-29T00:00:00.000Z',
    '2026-11-21T24:00:00.000Z',
    '2026-12-31T23:59:60.000Z',
    '0000-01-01T00:00:00.000Z', // Postgres has no year 0
    '+010000-01-01T00:00:00.000Z',
    1_795_233_600_000,
  ])('is not %j', (value) => {
    expect(reads(zInstant, value)).toBe(false)
  })
})

describe('a date on the wire', () => {
  it.each([
    ['2026-11-21', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['0000-01-01', false],
    ['2026-1-1', false],
    ['2026-11-21T00:00:00.000Z', false],
  ])('%s: %s', (value, ok) => {
    expect(reads(zDate, value)).toBe(ok)
  })
})

describe('text on the wire', () => {
  it('is read as it was written, spaces and all: what is hashed is what is read', () => {
    for (const text of [' Milo ', ' ', 'å', 'a\u0301', '\u00a0x', 'line\nbreak']) {
      expect(zName.parse(text)).toBe(text)
      expect(zCode.parse(text)).toBe(text)
    }
  })

  it('is refused where no database could hold it', () => {
    for (const text of ['a\u0000b', '\ud83d', 'x\ude00']) {
      expect(reads(zName, text)).toBe(false)
      expect(reads(zCode, text)).toBe(false)
    }
    expect(reads(zName, '😂')).toBe(true)
  })

  it('has its bounds', () => {
    expect(reads(zName, '')).toBe(false)
    expect(reads(zName, 'x'.repeat(200))).toBe(true)
    expect(reads(zName, 'x'.repeat(201))).toBe(false)
    expect(reads(zCode, 'x'.repeat(65))).toBe(false)
  })

  it('is trimmed only where a person types it', () => {
    expect(zTypedName.parse(' Milo ')).toBe('Milo')
    expect(reads(zTypedName, '   ')).toBe(false)
  })
})

describe('an id on the wire', () => {
  it('is lower-case, as Postgres writes it back, so that comparing text is comparing ids', () => {
    expect(reads(zUuid, '018f3c5e-0000-7000-8000-00000000a001')).toBe(true)
    expect(reads(zUuid, '018F3C5E-0000-7000-8000-00000000A001')).toBe(false)
    expect(reads(zUuidV7, '018f3c5e-0000-7000-8000-00000000a001')).toBe(true)
    expect(reads(zUuidV7, '018F3C5E-0000-7000-8000-00000000A001')).toBe(false)
  })

  it('of an entry is a version 7: partitions go by its time', () => {
    expect(reads(zUuid, '9f3c5e01-0000-4000-8000-00000000a001')).toBe(true)
    expect(reads(zUuidV7, '9f3c5e01-0000-4000-8000-00000000a001')).toBe(false)
  })
})

describe('an amount on the wire', () => {
  it.each([
    [0, true],
    [MOST_MONEY, true],
    [MOST_MONEY + 1, false],
    [-1, false],
    [0.5, false],
    ['100', false],
    [Number.NaN, false],
    [null, false],
  ])('%j: %s', (value, ok) => {
    expect(reads(zAmount, value)).toBe(ok)
  })

  it('may be negative where it says so', () => {
    expect(reads(zSignedAmount, -2)).toBe(true)
    expect(reads(zSignedAmount, -MOST_MONEY - 1)).toBe(false)
  })
})
