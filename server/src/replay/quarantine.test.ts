import { createHash } from 'node:crypto'
import { sha256Hex } from '@evertill/shared/domain/journal-hash'
import type { SaleEntry } from '@evertill/shared/protocol/entry'
import { type Outcome, pushText } from '@evertill/shared/protocol/push'
import { cartOf, saleOf } from '@evertill/shared/testing/builders'
import { v7 as uuidV7 } from 'uuid'
import { expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { header, oneMilo } from '../../test/shop.ts'
import { acceptPush } from './accept-push.ts'

const the = usePushingTill()

type Line = { hash: string; raw: string }

const push = (lines: readonly Line[]): Promise<Outcome[]> => the.push(...lines)

/** The line of a text under its right hash, whatever the text is. */
const hashed = (raw: string): Line => ({ hash: sha256Hex(raw), raw })

/** A sale's text with some of it replaced, under the right hash of what came out. */
function changed(change: (entry: SaleEntry) => unknown): Line {
  const entry = JSON.parse(the.journal.sell().raw) as SaleEntry
  return hashed(JSON.stringify(change(entry)))
}

const withBody = (change: (body: SaleEntry['body']) => object) =>
  changed((entry) => ({ ...entry, body: { ...entry.body, ...change(entry.body) } }))

const withLine = (change: object) =>
  withBody((body) => ({ lines: body.lines.map((line) => ({ ...line, ...change })) }))

const { held } = the
/** Beside these, what is held is missing from its journal: see journal.test.ts. */
const exceptions = () => the.exceptions('unreadable', 'id-reused')

const bad: [string, () => Line, string | RegExp, string[]][] = [
  ['JSON that is cut off', () => hashed(the.journal.sell().raw.slice(0, -20)), 'The text is not JSON.', []],
  ['a number instead of an entry', () => hashed('42'), 'The entry has wrong fields.', ['']],
  ['null instead of an entry', () => hashed('null'), 'The entry has wrong fields.', ['']],
  ['an unknown kind', () => changed((entry) => ({ ...entry, kind: 'raffle' })), /wrong fields/, ['kind']],
  ['an amount as text', () => withBody(() => ({ total: '1.00' })), /wrong fields/, ['body.total']],
  ['an amount with cents as a fraction', () => withBody(() => ({ net: 1.5 })), /wrong fields/, ['body.net']],
  ['a negative quantity', () => withLine({ quantity: -1000 }), /wrong fields/, ['body.lines.0.quantity']],
  ['a quantity of nothing', () => withLine({ quantity: 0 }), /wrong fields/, ['body.lines.0.quantity']],
  ['an absurd price', () => withLine({ unitPrice: 1e15 }), /wrong fields/, ['body.lines.0.unitPrice']],
  ['an absurd total', () => withBody(() => ({ total: 9e15 })), /wrong fields/, ['body.total']],
  ['an id that is no UUIDv7', () => changed((entry) => ({ ...entry, id: 'x' })), /wrong fields/, ['id']],
  [
    'a date that does not exist',
    () => changed((entry) => ({ ...entry, businessDate: '2026-02-30' })),
    /wrong fields/,
    ['businessDate'],
  ],
  ['a protocol of the future', () => changed((entry) => ({ ...entry, v: 99 })), /wrong fields/, ['v']],
  [
    'an entry of another till',
    () => changed((entry) => ({ ...entry, tillId: uuidV7() })),
    'The entry is not of this till.',
    ['tillId'],
  ],
  [
    "another company's outlet",
    () => changed((entry) => ({ ...entry, outletId: uuidV7() })),
    'The entry is not of this till.',
    ['outletId'],
  ],
  [
    'a text that was changed after it was hashed',
    () => ({ ...the.journal.sell(), raw: the.journal.sell().raw }),
    'The text is not the one that was hashed.',
    [],
  ],
]

test.each(bad)(
  '%s is held with its bytes, and its neighbours are applied',
  async (_, make, reason, paths) => {
    const [before, line, after] = [the.journal.sell(), make(), the.journal.sell()]
    const outcomes = await push([before, line, after])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'quarantined', 'applied'])
    expect(outcomes[1]).toMatchObject({
      hash: line.hash,
      exceptions: ['unreadable'],
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    })
    const [row] = await held()
    expect(row?.line.toString()).toBe(`${line.hash} ${line.raw}`)
    expect(row?.fields.map((field) => field.path)).toEqual(paths)
    expect(await exceptions()).toMatchObject([
      { type: 'unreadable', state: 'open', detail: { fields: row?.fields } },
    ])
    expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
  },
)

test('a line without a hash and one that is not UTF-8 are held byte for byte', async () => {
  const [first, last] = [the.journal.sell(), the.journal.sell()]
  const text = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])
  const notUtf8 = Buffer.concat([Buffer.from(`${createHash('sha256').update(text).digest('hex')} `), text])
  const noHash = Buffer.from('hello?')
  const body = Buffer.concat([
    Buffer.from(`${pushText(header(), [first])}\n`),
    noHash,
    Buffer.from('\n'),
    notUtf8,
    Buffer.from(`\n${last.hash} ${last.raw}\n`),
  ])
  expect((await the.send(body)).outcomes).toMatchObject([
    { outcome: 'applied' },
    { outcome: 'quarantined', hash: null, id: null, reason: 'The line does not begin with a hash.' },
    { outcome: 'quarantined', id: null, reason: 'The text is not UTF-8.' },
    { outcome: 'applied' },
  ])
  const lines = (await held()).map((row) => row.line.toString('hex'))
  expect(lines.toSorted()).toEqual([noHash.toString('hex'), notUtf8.toString('hex')].toSorted())
})

test('sending held lines again changes nothing and says so again', async () => {
  const lines = [withLine({ quantity: -1 }), { hash: '0'.repeat(64), raw: '{}' }]
  const first = await push(lines)
  await the.sql`update exception set state = 'resolved' where company_id = ${the.shop.companyId}`
  const before = [await held(), await exceptions()]
  expect(await push([...lines, ...lines])).toEqual([...first, ...first])
  expect([await held(), await exceptions()]).toEqual(before)
})

test('an id that comes back with another text is held, and the first text stands', async () => {
  const first = the.journal.sell()
  const second = changed((entry) => ({ ...entry, id: first.id, seq: 1 }))
  await push([first])
  expect(await push([second, the.journal.sell()])).toMatchObject([
    { hash: second.hash, id: first.id, outcome: 'quarantined', exceptions: ['id-reused'] },
    { outcome: 'applied' },
  ])
  expect(await exceptions()).toMatchObject([{ type: 'id-reused', state: 'open', entry_id: first.id }])
  expect((await held())[0]?.line.toString()).toBe(`${second.hash} ${second.raw}`)
  expect(await the.sql`select raw from entry where entry_id = ${first.id}`).toMatchObject([
    { raw: first.raw },
  ])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a stored entry under its own hash, but in other bytes, is held and not taken for a duplicate', async () => {
  const sale = the.journal.sell()
  await push([sale])
  const torn = { hash: sale.hash, raw: sale.raw.replace('"seq":1', '"seq":2') }
  expect(await push([torn])).toMatchObject([{ hash: sale.hash, outcome: 'quarantined' }])
})

test('an entry that another till of the company sends is held, though it is stored', async () => {
  const sale = the.journal.sell()
  await push([sale])
  const { outcomes } = await the.answerTo([sale], { from: await the.another('T2') })
  expect(outcomes).toMatchObject([{ id: sale.id, outcome: 'quarantined' }])
})

test('of several texts under one id in one push the first counts', async () => {
  const first = the.journal.sell()
  const others = [1, 2].map((n) => changed((entry) => ({ ...entry, id: first.id, seq: 1, clockOffsetMs: n })))
  const outcomes = await push([first, ...others, first])
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    'applied',
    'quarantined',
    'quarantined',
    'duplicate',
  ])
  expect(await the.sql`select raw from entry where entry_id = ${first.id}`).toMatchObject([
    { raw: first.raw },
  ])
  expect(await held()).toHaveLength(2)
})

/*
 * No readable entry is known that Postgres would refuse. So that one is found when there is, these tests give
 * the table two constraints of their own: one that is violated, and one that fails to be computed.
 */
async function refusingNames(): Promise<void> {
  await the.sql`alter table sale_line drop constraint if exists refused, drop constraint if exists failing`
  await the.sql`alter table sale_line add constraint refused check (name <> 'refused')`
  await the.sql`alter table sale_line add constraint failing check (case when name = 'failing' then 1 / (length(name) - 7) else 1 end > 0)`
}

const named = (name: string) =>
  the.journal.sell(saleOf(cartOf([{ productId: the.shop.productIds[0] ?? '', name }])))

test.each(['refused', 'failing'])(
  'what the database cannot store (%s) is held alone, and the 40 around it are applied',
  async (name) => {
    await refusingNames()
    const entries = Array.from({ length: 20 }, () => the.journal.sell())
    const offender = named(name)
    const more = Array.from({ length: 20 }, () => the.journal.sell())
    const outcomes = await push([...entries, offender, ...more])
    expect(outcomes.filter(({ outcome }) => outcome === 'applied')).toHaveLength(40)
    expect(outcomes[20]).toMatchObject({
      hash: offender.hash,
      outcome: 'quarantined',
      exceptions: ['unreadable'],
      reason: expect.stringContaining('The database cannot store it'),
    })
    expect((await held())[0]?.line.toString()).toBe(`${offender.hash} ${offender.raw}`)
    expect(await push([offender])).toEqual([outcomes[20]])
    expect(await held()).toHaveLength(1)
    expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
  },
)

test('several that cannot be stored in one push are each found', async () => {
  await refusingNames()
  const lines = Array.from({ length: 30 }, (_, i) => (i % 7 === 3 ? named('refused') : the.journal.sell()))
  const outcomes = await push(lines)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(
    lines.map((_, i) => (i % 7 === 3 ? 'quarantined' : 'applied')),
  )
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('a field that this release does not know is kept in the text and does no harm', async () => {
  const line = changed((entry) => ({ ...entry, body: { ...oneMilo(the.shop), tip: 100 } }))
  expect(await push([line])).toMatchObject([{ outcome: 'applied' }])
  expect(await the.sql`select raw from entry where company_id = ${the.shop.companyId}`).toMatchObject([
    { raw: line.raw },
  ])
})

test.each([
  ['nothing', '', ''],
  ['something else', 'hello', ''],
  ['a header of the future', JSON.stringify({ ...header(), version: 99 }), 'version'],
  [
    'a header with a wrong report',
    JSON.stringify({ ...header(), report: { waiting: -1 } }),
    'report.waiting',
  ],
])(
  'a push that begins with %s is refused with the fields named, and nothing is written',
  async (_, first, field) => {
    const entry = the.journal.sell()
    const answer = await acceptPush(
      the.sql,
      the.till,
      Buffer.from(`${first}\n${entry.hash} ${entry.raw}`),
      the.ports,
    )
    expect(answer).toMatchObject({
      code: 'bad-request',
      fields: expect.arrayContaining([expect.objectContaining({ path: field })]),
    })
    expect(await the.sql`select 1 from entry where company_id = ${the.shop.companyId}`).toEqual([])
    expect(await held()).toEqual([])
  },
)
