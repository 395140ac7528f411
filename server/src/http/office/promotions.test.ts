import { minor } from '@evertill/shared/domain/money'
import { zPage } from '@evertill/shared/protocol/office'
import {
  type PromotionEdit,
  zPromotionDetail,
  zPromotionOptions,
  zPromotionReview,
  zPromotionSummary,
} from '@evertill/shared/protocol/office/promotions'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createShop } from '../../../test/shop.ts'
import { pull } from '../../feed/pull.ts'
import { demoId } from '../../office/demo/demo-shop.ts'
import type { AuthenticatedTill } from '../../tills/authenticate-till.ts'
import { NOW, openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())

async function get<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>> {
  const answer = await office.call(`/api/office/${path}`, { cookie })
  const body: unknown = await answer.json()
  expect([path, answer.status, body]).toEqual([path, 200, schema.parse(body)])
  return schema.parse(body)
}
const send = (method: string, path: string, json?: unknown) =>
  office.call(`/api/office/${path}`, { method, cookie, json })
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const auditOf = async (action: string, promotionId: string) => {
  const rows = await office.database.sql`
    select actor, detail from audit_log where action = ${action} and detail ->> 'promotionId' = ${promotionId}`
  return rows.map(({ actor, detail }) => ({ actor, ...detail }))
}
const detailOf = (promotionId: string) => get(zPromotionDetail, `promotions/${promotionId}`)
const listed = async (query = '') => (await get(zPage(zPromotionSummary), `promotions${query}`)).rows

const KOPI = demoId('product', 'HOT-001')
const ANY_3: PromotionEdit = {
  name: 'Any 3 kopi for $4',
  priority: 100,
  from: null,
  until: null,
  goods: { kind: 'some', productIds: [KOPI], categoryIds: [] },
  offer: { kind: 'set', size: 3, price: minor(400), mixed: true },
  stacking: 'best',
  withBillDiscount: true,
  tierIds: [],
  hours: null,
}
const post = (edit: Partial<PromotionEdit>, promotionId = uuidv7()) =>
  send('POST', 'promotions', { promotionId, promotion: { ...ANY_3, ...edit } })
async function add(edit: Partial<PromotionEdit> = {}): Promise<string> {
  const answer = await post(edit)
  expect([answer.status, await answer.clone().text()]).toEqual([201, expect.stringContaining('promotionId')])
  return z.object({ promotionId: z.uuid() }).parse(await answer.json()).promotionId
}

/** What a till of the company is told. */
async function feed(cursor?: string) {
  const { sql } = office.database
  const till = {
    company_id: demoId('company', 'demo'),
    outlet_id: demoId('outlet', 'TB'),
    till_id: demoId('till', 'TB Counter 1'),
  } as AuthenticatedTill
  return pull(sql, till, cursor, () => NOW)
}

test('a promotion is made, changed and ended, and the tills are told each time', async () => {
  const { cursor } = await feed()
  const promotionId = await add()
  const made = await feed(cursor)
  expect(made.rows.promotion).toEqual([{ promotionId, ...ANY_3 }])

  const { version, state, products } = await detailOf(promotionId)
  expect([state, products.map(({ name, gone }) => [name, gone])]).toEqual(['running', [['Kopi', false]]])
  const changed: PromotionEdit = { ...ANY_3, offer: { ...ANY_3.offer, price: minor(390) } as never }
  const put = await send('PUT', `promotions/${promotionId}`, { version, promotion: changed })
  expect(put.status).toBe(204)
  const after = await feed(made.cursor)
  expect(after.rows.promotion).toEqual([{ promotionId, ...changed }])
  expect(await auditOf('promotion.edited', promotionId)).toEqual([
    {
      actor: 'Tan Siew Hoon',
      promotionId,
      name: ANY_3.name,
      changes: [{ field: 'offer', from: ANY_3.offer, to: changed.offer }],
    },
  ])

  const end = { version: (await detailOf(promotionId)).version }
  expect((await send('POST', `promotions/${promotionId}/end`, end)).status).toBe(204)
  expect((await send('POST', `promotions/${promotionId}/end`, end)).status).toBe(204)
  expect((await feed(after.cursor)).rows.promotion).toMatchObject([{ promotionId, deleted: true }])
  expect(await detailOf(promotionId)).toMatchObject({ state: 'ended', endedAt: NOW.toISOString() })
  expect((await listed('?state=ended')).map((row) => row.promotionId)).toContain(promotionId)
  expect(await auditOf('promotion.ended', promotionId)).toHaveLength(1)
  expect(await auditOf('promotion.added', promotionId)).toMatchObject([{ name: ANY_3.name }])
})

test('one that is sent again, for its answer was lost, is made once; with other terms it is refused', async () => {
  const promotionId = uuidv7()
  const again = { name: 'Sent again' }
  for (const answer of [await post(again, promotionId), await post(again, promotionId)])
    expect([answer.status, await answer.json()]).toEqual([201, { promotionId }])
  expect(await listed('?q=Sent+again')).toHaveLength(1)
  expect(await auditOf('promotion.added', promotionId)).toHaveLength(1)
  const other = await problemOf(await post({ ...again, priority: 1 }, promotionId))
  expect([other.status, other.message]).toEqual([409, expect.stringContaining('was added already')])
  expect((await detailOf(promotionId)).promotion.priority).toBe(100)
})

test('of two people who change it at once the second is told, and nothing of the first is lost', async () => {
  const promotionId = await add()
  const { version } = await detailOf(promotionId)
  const change = (promotion: PromotionEdit) =>
    send('PUT', `promotions/${promotionId}`, { version, promotion })
  expect((await change({ ...ANY_3, name: 'Hers' })).status).toBe(204)
  expect((await change({ ...ANY_3, name: 'Hers' })).status).toBe(204)
  const refused = await problemOf(await change({ ...ANY_3, name: 'His' }))
  expect([refused.status, refused.message]).toEqual([409, expect.stringContaining('Somebody else changed')])
  expect((await send('POST', `promotions/${promotionId}/end`, { version })).status).toBe(409)
  expect((await detailOf(promotionId)).promotion.name).toBe('Hers')
  expect(await auditOf('promotion.edited', promotionId)).toHaveLength(1)
})

test('what has ended, by hand or by its last day, is not changed any more', async () => {
  const past = await add({ from: '2026-02-01', until: '2026-03-09' })
  const { version, state } = await detailOf(past)
  expect(state).toBe('ended')
  const later = { version, promotion: { ...ANY_3, until: '2026-12-31' } }
  const refused = await problemOf(await send('PUT', `promotions/${past}`, later))
  expect([refused.status, refused.message]).toEqual([409, expect.stringContaining('has ended')])
})

// It is noon of Tuesday 10 March at the demo's outlets.
test('the list has running ones first, then those to come, then those that ended, and finds them by their words', async () => {
  await add({ name: 'Zzz running' })
  await add({ name: 'Zzz later', from: '2026-04-01' })
  await add({ name: 'Zzz sooner', from: '2026-03-11', until: '2026-03-12' })
  await add({ name: 'Zzz long over', until: '2026-01-31' })
  await add({ name: 'Zzz just over', until: '2026-03-09' })
  await add({ name: 'Zzz last day', until: '2026-03-10' })
  const names = (await listed('?q=zzz')).map(({ name, state }) => [name, state])
  expect(names).toEqual([
    ['Zzz last day', 'running'],
    ['Zzz running', 'running'],
    ['Zzz sooner', 'coming'],
    ['Zzz later', 'coming'],
    ['Zzz just over', 'ended'],
    ['Zzz long over', 'ended'],
  ])
  expect((await listed('?q=zzz%20late&state=coming')).map(({ name }) => name)).toEqual(['Zzz later'])
  expect((await listed('?q=Tea%20time')).at(0)).toMatchObject({
    goods: { kind: 'some', products: 0, product: null, categories: ['Hot Counter'] },
    hours: { fromMinute: 900 },
  })
  expect((await listed('?q=Gold%20members')).at(0)?.tiers).toEqual(['Gold'])
})

test('the whole list is paged through once', async () => {
  const { sql } = office.database
  for (let i = 0; i < 120; i++)
    await sql`
      insert into promotion (company_id, promotion_id, name, terms, valid_until, valid_from)
      select company_id, ${uuidv7()}, 'Copy ' || ${String(i)}, terms,
        ${i % 3 === 0 ? '2026-03-01' : null}::date, ${i % 3 === 1 ? '2026-05-01' : null}::date
      from promotion where name = 'Any 3 nuts for $6'`
  const found: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { rows: { promotionId: string }[]; nextCursor: string | null } = await get(
      zPage(zPromotionSummary),
      `promotions?q=copy&cursor=${cursor}`,
    )
    found.push(...page.rows.map((row) => row.promotionId))
    cursor = page.nextCursor
  }
  expect([found.length, new Set(found).size]).toEqual([120, 120])
})

test('hours past midnight keep a promotion among those that run until the night is over', async () => {
  const { sql } = office.database
  const night = { days: [1, 2, 3, 4, 5, 6, 7], fromMinute: 22 * 60, untilMinute: 13 * 60 }
  const promotionId = await add({ until: '2026-03-09', hours: night })
  expect((await detailOf(promotionId)).state).toBe('running')
  await sql`
    update promotion set terms = jsonb_set(terms, '{hours,untilMinute}', '720') where promotion_id = ${promotionId}`
  expect((await detailOf(promotionId)).state).toBe('ended')
})

test('wrong fields are refused by their names', async () => {
  const fieldsOf = async (edit: Partial<PromotionEdit>) => {
    const problem = await problemOf(await post(edit))
    return [problem.status, problem.fields?.map(({ path }) => path.replace('promotion.', ''))]
  }
  expect(await fieldsOf({ name: ' ' })).toEqual([400, ['name']])
  expect(await fieldsOf({ from: '2026-03-02', until: '2026-03-01' })).toEqual([400, ['until']])
  expect(await fieldsOf({ goods: { kind: 'some', productIds: [], categoryIds: [] } })).toEqual([
    400,
    ['goods'],
  ])
  expect(await fieldsOf({ offer: { kind: 'set', size: 1, price: minor(100), mixed: true } })).toEqual([
    400,
    ['offer.size'],
  ])
  expect(await fieldsOf({ hours: { days: [1], fromMinute: 600, untilMinute: 600 } })).toEqual([
    400,
    ['hours.untilMinute'],
  ])
})

test('goods, categories and tiers of another company cannot be named, nor its promotions seen or changed', async () => {
  const { sql } = office.database
  const theirs = await createShop(sql)
  const [productId = ''] = theirs.productIds
  const [tier] = await sql<{ tier_id: string }[]>`
    select tier_id from tier where company_id = ${theirs.companyId}`
  const problem = await problemOf(
    await post({
      goods: { kind: 'some', productIds: [KOPI, productId], categoryIds: [uuidv7()] },
      tierIds: [tier?.tier_id ?? ''],
    }),
  )
  expect([problem.status, problem.fields?.map(({ path }) => path)]).toEqual([
    400,
    ['goods.productIds.1', 'goods.categoryIds.0', 'tierIds.0'],
  ])
  const promotionId = uuidv7()
  await sql`
    insert into promotion (company_id, promotion_id, name, terms)
    select ${theirs.companyId}, ${promotionId}, 'Theirs', terms from promotion where name = 'Any 3 nuts for $6'`
  const [row] = await sql<{ version: string }[]>`
    select changed_xid::text as version from promotion where promotion_id = ${promotionId}`
  const version = row?.version
  expect((await send('GET', `promotions/${promotionId}`)).status).toBe(404)
  expect((await send('PUT', `promotions/${promotionId}`, { version, promotion: ANY_3 })).status).toBe(404)
  expect((await send('POST', `promotions/${promotionId}/end`, { version })).status).toBe(404)
  expect(await listed('?q=Theirs')).toEqual([])
  const { promotions } = await get(zPromotionOptions, 'promotions/options')
  expect(promotions.map(({ name }) => name)).not.toContain('Theirs')
})

test('whoever may look at the catalogue may look at promotions, and not change them', async () => {
  const { sql } = office.database
  const promotionId = await add()
  const { version } = await detailOf(promotionId)
  await sql`update role set permissions = array_remove(permissions, 'catalogue.edit')`
  try {
    expect((await send('GET', `promotions/${promotionId}`)).status).toBe(200)
    expect((await post({})).status).toBe(403)
    expect((await send('PUT', `promotions/${promotionId}`, { version, promotion: ANY_3 })).status).toBe(403)
    expect((await send('POST', `promotions/${promotionId}/end`, { version })).status).toBe(403)
  } finally {
    await sql`update role set permissions = array_append(permissions, 'catalogue.edit')`
  }
})

test('a review says what a promotion comes to, by the goods that are sold now', async () => {
  const { sql } = office.database
  const reviewOf = async (promotion: PromotionEdit, promotionId: string | null = null) => {
    const answer = await send('POST', 'promotions/review', { promotionId, promotion })
    return zPromotionReview.parse(await answer.json())
  }
  await sql`update promotion set deleted_at = now()`
  await sql`update product set cost = 140 where product_id = ${KOPI}`
  const changes = async () => {
    const [row] = await sql`
      select (select count(*) from audit_log) as audited, (select max(changed_xid::text) from promotion) as xid`
    return row
  }
  const before = await changes()
  expect(await reviewOf(ANY_3)).toMatchObject({
    products: 1,
    warnings: [{ code: 'below-cost', name: 'Kopi', pieces: 3, ordinary: 450, offered: 400, cost: 420 }],
    examples: [{ productId: KOPI, name: 'Kopi', price: 150, taxCode: 'SR', gone: false }],
  })
  expect((await reviewOf({ ...ANY_3, goods: { kind: 'all' } })).examples).toHaveLength(6)
  expect(await changes()).toEqual(before)
  const teaTime = await add({
    name: 'Tea time',
    goods: { kind: 'some', productIds: [], categoryIds: [demoId('category', 'Hot Counter')] },
    offer: { kind: 'off', discount: { kind: 'percent', ratePpm: 50_000 as never } },
  })
  const overlap = { code: 'overlaps', promotionId: teaTime, name: 'Tea time', first: 'better' }
  expect((await reviewOf(ANY_3)).warnings).toContainEqual(overlap)
  expect((await reviewOf(ANY_3, teaTime)).warnings).not.toContainEqual(overlap)

  await sql`update product set deleted_at = now() where product_id = ${KOPI}`
  expect(await reviewOf(ANY_3)).toMatchObject({
    products: 0,
    warnings: expect.arrayContaining([{ code: 'nothing-matches' }, { code: 'gone', products: 1 }]),
    examples: [],
  })
})
