import { MESSAGES } from '@evertill/shared/fixtures/golden'
import { type Entry, zEntry } from '@evertill/shared/protocol/entry'
import { zPushHeader } from '@evertill/shared/protocol/push'
import { zUuid } from '@evertill/shared/protocol/scalars'
import { PROTOCOL_VERSION } from '@evertill/shared/protocol/version'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { quickGuard } from './quick-guard.ts'

const isEntry = quickGuard(zEntry)
const golden = MESSAGES.entries.map(({ raw }) => JSON.parse(raw) as Entry)

// Of each kind the one with most in it: later ones take the place of shorter ones.
const samples = [
  ...new Map(
    golden.toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length).map((e) => [e.kind, e]),
  ).values(),
]

const odd: readonly unknown[] = [
  null,
  true,
  '',
  'x',
  ' ',
  'A'.repeat(201),
  'a\u0000',
  '\ud83d',
  '0'.repeat(64),
  'F'.repeat(64),
  '018F3C5E-0000-7000-8000-00000000A001',
  '018f3c5e-0000-4000-8000-00000000a001',
  '2026-02-30',
  '0000-01-01',
  '2026-11-21T04:00:00Z',
  '2026-11-21T24:00:00.000Z',
  0,
  -0,
  -1,
  1,
  0.5,
  1e15,
  2 ** 53,
  -(2 ** 53),
  1e300,
  [],
  {},
  [null],
  { kind: 'sale' },
  { kind: 'percent', ratePpm: 1_000_001 },
  { kind: 'amount', amount: 1 },
  'sale',
  'refund',
]

/** The entry with one thing changed, at every place and in every way we could think of. */
function* spoilt(value: unknown, rebuild: (value: unknown) => unknown): Generator<unknown> {
  for (const other of odd) yield rebuild(other)
  if (Array.isArray(value)) {
    yield rebuild([...value, ...value])
    yield rebuild(Array.from({ length: 1001 }, () => value[0]))
    for (const [i, item] of value.entries()) yield* spoilt(item, (next) => rebuild(value.with(i, next)))
  } else if (typeof value === 'object' && value !== null) {
    yield rebuild({ ...value, more: 1 })
    yield rebuild(JSON.parse(`{"__proto__":{},${JSON.stringify(value).slice(1)}`))
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...rest } = value as Record<string, unknown>
      yield rebuild(rest)
      yield rebuild({ ...rest, [`${name}x`]: member })
      yield* spoilt(member, (next) => rebuild({ ...rest, [name]: next }))
    }
  }
}

test('an entry that a till writes passes, whatever its kind', () => {
  expect(new Set(samples.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(1)
  for (const entry of golden) expect(isEntry(entry), entry.kind).toBe(true)
})

test('what passes is what the schema passes and leaves as it is, however an entry was spoilt', () => {
  let passed = 0
  let refused = 0
  for (const sample of samples) {
    for (const value of spoilt(sample, (next) => next)) {
      const parsed = zEntry.safeParse(value)
      if (isEntry(value)) {
        passed += 1
        if (!parsed.success) throw new Error(`passed, but is no entry: ${JSON.stringify(value)}`)
        expect(parsed.data).toStrictEqual(value)
      } else refused += 1
    }
  }
  expect(passed).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(1000)
})

test("a push's header and a token's claims are told apart from what is none, as the schema does", () => {
  const report = {
    waiting: 0,
    oldestWaitingAt: null,
    clockOffsetMs: -20,
    appVersion: '1',
    persisted: true,
    storage: 'persistent',
    freeBytes: 1,
  }
  const zClaims = z.object({ iss: zUuid, iat: z.number(), htm: z.string() })
  const claims = { iss: '018f3c5e-0000-7000-8000-00000000a001', iat: 1.5, htm: 'POST' }
  for (const [schema, sample] of [
    [zPushHeader, { version: PROTOCOL_VERSION, epoch: 1, report }],
    [zClaims, claims],
  ] as const) {
    const guard = quickGuard(schema)
    expect(guard(sample)).toBe(true)
    for (const value of [
      ...spoilt(sample, (next) => next),
      { ...claims, iat: NaN },
      { ...claims, iat: Infinity },
    ]) {
      if (!guard(value)) continue
      const parsed = schema.safeParse(value)
      if (!parsed.success) throw new Error(`passed, but is not one: ${JSON.stringify(value)}`)
      expect(parsed.data).toStrictEqual(value)
    }
  }
})

test('what it does not understand it lets nobody pass', () => {
  expect(quickGuard(z.string().trim())('a')).toBe(false)
  expect(quickGuard(z.string().refine(() => true))('a')).toBe(false)
  expect(quickGuard(z.float32())(1)).toBe(false)
  expect(quickGuard(z.coerce.boolean())(1)).toBe(false)
  expect(quickGuard(z.object({ a: z.nullable(z.url()) }))({ a: 'https://example.org' })).toBe(false)
  expect(quickGuard(z.url())('https://example.org')).toBe(false)
  expect(quickGuard(z.bigint().min(1n))(1n)).toBe(false)
  expect(quickGuard(z.literal([1n, 'a']))(1n)).toBe(false)
})
