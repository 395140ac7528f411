import { crc32, deflateSync } from 'node:zlib'
import { zLogo } from '@evertill/shared/protocol/logo'
import {
  type LoyaltySettings,
  type PaymentMethodDetail,
  zLoyaltySettings,
  zOfflineLimits,
  zPaymentMethodDetail,
  zPaymentMethodName,
  zReceiptSettings,
  zShiftSettings,
  zVersioned,
} from '@evertill/shared/protocol/office/settings'
import { zProblem } from '@evertill/shared/protocol/problem'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { readFeed } from '../../db/queries/feed.ts'
import { demoId } from '../../office/demo/demo-shop.ts'
import { openTestOffice, type TestOffice } from './office-for-tests.ts'

let office: TestOffice
let cookie: string

beforeAll(async () => {
  office = await openTestOffice()
  cookie = await office.signIn()
})
afterAll(() => office.database.drop())
beforeEach(() => office.database.sql`delete from audit_log`)

const send = (method: string, path: string, json?: unknown) =>
  office.call(`/api/office/${path}`, { method, cookie, json })
async function get<T extends z.ZodType>(schema: T, path: string): Promise<z.output<T>> {
  const answer = await send('GET', path)
  const body: unknown = await answer.json()
  expect([path, answer.status, body]).toEqual([path, 200, schema.parse(body)])
  return schema.parse(body)
}
const problemOf = async (answer: Response) => ({
  status: answer.status,
  ...zProblem.parse(await answer.json()),
})
const pathsOf = async (answer: Response) => (await problemOf(answer)).fields?.map(({ path }) => path)
const audited = async () => {
  const rows = await office.database.sql`select actor, action, detail from audit_log order by audit_id`
  return rows.map(({ actor, action, detail }) => ({ actor, action, detail }))
}
const auditedActions = async () => (await audited()).map(({ action }) => action)

/** What a till of the demo is told, or what changed of it since. */
async function feed(since?: string) {
  const { sql } = office.database
  const ids = {
    companyId: demoId('company', 'demo'),
    outletId: demoId('outlet', 'TB'),
    tillId: demoId('till', 'TB Counter 1'),
  }
  return readFeed(sql, ids, since)
}
const offered = async () => (await feed()).paymentMethod.filter(({ deleted }) => !deleted)
const now = async () => {
  const [row] = await office.database.sql<{ xid: string }[]>`select pg_current_xact_id()::text as xid`
  return row?.xid ?? ''
}

const OWNER = 'Tan Siew Hoon'

test('how shifts are closed is changed, told to tills and kept in the audit log with what it was', async () => {
  const before = await get(zVersioned(zShiftSettings), 'settings/shifts')
  expect(before.settings).toEqual({
    worksByShifts: true,
    blindCount: true,
    varianceLimit: null,
    voidWindowMinutes: null,
  })
  const settings = { worksByShifts: false, blindCount: false, varianceLimit: 500, voidWindowMinutes: 30 }
  const edit = { version: before.version, settings }
  expect((await send('PUT', 'settings/shifts', edit)).status).toBe(204)
  expect((await feed()).company).toMatchObject(settings)
  expect(await audited()).toEqual([
    {
      actor: OWNER,
      action: 'shift-settings.edited',
      detail: {
        changes: [
          { field: 'worksByShifts', from: true, to: false },
          { field: 'blindCount', from: true, to: false },
          { field: 'varianceLimit', from: null, to: 500 },
          { field: 'voidWindowMinutes', from: null, to: 30 },
        ],
      },
    },
  ])
})

test('of two people who change the same page the second is told, and undoes nothing', async () => {
  const { version, settings } = await get(zVersioned(zOfflineLimits), 'settings/offline-limits')
  const first = { version, settings: { ...settings, points: 50 } }
  const second = { version, settings: { ...settings, value: 9900 } }
  expect((await send('PUT', 'settings/offline-limits', first)).status).toBe(204)
  const problem = await problemOf(await send('PUT', 'settings/offline-limits', second))
  expect([problem.status, problem.code]).toEqual([409, 'conflict'])
  const { company } = await feed()
  expect([company.points?.offlineLimit, company.valueOfflineLimit]).toEqual([50, 5000])
  const again = await get(zVersioned(zOfflineLimits), 'settings/offline-limits')
  expect((await send('PUT', 'settings/offline-limits', again)).status).toBe(204)
  expect(await auditedActions()).toEqual(['offline-limits.edited'])
})

test('a page that is saved twice, for its answer was lost, is saved once and is nobody else’s doing', async () => {
  const { version, settings } = await get(zVersioned(zReceiptSettings), 'settings/receipts')
  const edit = { version, settings: { ...settings, footer: 'Come again' } }
  for (let i = 0; i < 2; i++) expect((await send('PUT', 'settings/receipts', edit)).status).toBe(204)
  expect(await auditedActions()).toEqual(['receipt-settings.edited'])
})

test('what points are worth and what tiers earn is changed, and only tiers that changed go to tills', async () => {
  const { version, settings } = await get(zVersioned(zLoyaltySettings), 'settings/loyalty')
  expect(settings.tiers.map(({ name }) => name)).toEqual(['Bronze', 'Silver', 'Gold'])
  const [bronze, silver, gold] = settings.tiers
  const edit = {
    minorPerPoint: 500,
    pointValue: 5,
    // Names that swap must not meet on the way.
    tiers: [bronze, { ...silver, name: 'Gold' }, { ...gold, name: 'Silver', multiplierPpm: 2_000_000 }],
  }
  const since = await now()
  expect((await send('PUT', 'settings/loyalty', { version, settings: edit })).status).toBe(204)
  const { company, tier } = await feed(since)
  expect(company).toMatchObject({ minorPerPoint: 500, points: { value: 5 } })
  expect(tier.map(({ name, multiplierPpm }) => [name, multiplierPpm]).toSorted()).toEqual([
    ['Gold', 1_250_000],
    ['Silver', 2_000_000],
  ])
  const [change] = await audited()
  expect(change?.detail.changes.map(({ field }: { field: string }) => field)).toEqual([
    'minorPerPoint',
    'pointValue',
    'tiers',
  ])
})

test.each<[string, (loyalty: LoyaltySettings) => object, string]>([
  [
    'a tier twice',
    ({ tiers: [one, ...rest] }) => ({ tiers: [one, { ...rest[0], name: one?.name }, rest[1]] }),
    'settings.tiers.1.name',
  ],
  [
    'tiers out of order',
    ({ tiers: [one, ...rest] }) => ({ tiers: [{ ...one, spendFrom: 900_00 }, ...rest] }),
    'settings.tiers.1.spendFrom',
  ],
  ['a tier less that customers are in', ({ tiers }) => ({ tiers: tiers.slice(1) }), 'settings.tiers'],
  ['half a cent a point', () => ({ pointValue: 0.5 }), 'settings.pointValue'],
])('%s is refused', async (_, change, path) => {
  const { version, settings } = await get(zVersioned(zLoyaltySettings), 'settings/loyalty')
  const edit = { version, settings: { ...settings, ...change(settings) } }
  expect(await pathsOf(await send('PUT', 'settings/loyalty', edit))).toEqual([path])
  expect(await audited()).toEqual([])
})

test('a tier is added and goes to tills; one that nobody is in is removed, and leaves its name to another', async () => {
  const read = () => get(zVersioned(zLoyaltySettings), 'settings/loyalty')
  const save = async (tiers: object[]) => {
    const { version, settings } = await read()
    return send('PUT', 'settings/loyalty', { version, settings: { ...settings, tiers } })
  }
  const { tiers } = (await read()).settings
  const platinum = { tierId: uuidV7(), name: 'Platinum', multiplierPpm: 2_000_000, spendFrom: 500_000 }
  let since = await now()
  expect((await save([...tiers, platinum])).status).toBe(204)
  expect((await feed(since)).tier).toEqual([platinum])

  const customer = await office.database.sql`
    update customer set tier_id = ${platinum.tierId} where code = 'M0001' returning customer_id`
  expect(customer).toHaveLength(1)
  const refused = await problemOf(await save(tiers))
  expect([refused.status, refused.fields]).toEqual([
    400,
    [{ path: 'settings.tiers', message: 'Platinum stays: 1 customer is in it.' }],
  ])
  await office.database.sql`
    update customer set tier_id = ${tiers[0]?.tierId ?? null} where code = 'M0001'`
  const [promotion] = await office.database.sql<{ name: string }[]>`
    update promotion set terms = jsonb_set(terms, '{tierIds}', ${office.database.sql.json([platinum.tierId])})
    where name like 'Any 3 nuts%' returning name`
  expect((await problemOf(await save(tiers))).fields?.[0]?.message).toBe(
    `Platinum stays: the promotion ${promotion?.name} is for it. End that first.`,
  )
  await office.database
    .sql`update promotion set terms = terms || '{"tierIds": []}' where name like 'Any 3 nuts%'`

  since = await now()
  const another = { ...platinum, tierId: uuidV7(), multiplierPpm: 3_000_000 }
  expect((await save([...tiers, another])).status).toBe(204)
  expect((await feed(since)).tier).toEqual(expect.arrayContaining([{ ...platinum, deleted: true }, another]))
  expect((await read()).settings.tiers).toEqual([...tiers, another])
  const changes = (await audited()).map(({ action, detail }) => [
    action,
    detail.changes.map(({ field }: { field: string }) => field),
  ])
  expect(changes).toEqual([
    ['loyalty.edited', ['tiers']],
    ['loyalty.edited', ['tiers']],
  ])
  expect((await save(tiers)).status).toBe(204)
})

test('the words around a receipt go to tills', async () => {
  const { version, settings } = await get(zVersioned(zReceiptSettings), 'settings/receipts')
  const edit = {
    ...settings,
    companyName: 'Kaya & Kopi',
    header: 'UEN 201912345K\nwww.kopi.example',
    footer: null,
    gstRegistrationNo: null,
    language: 'ms',
  }
  expect((await send('PUT', 'settings/receipts', { version, settings: edit })).status).toBe(204)
  const { company } = await feed()
  expect(company).toMatchObject({
    name: 'Kaya & Kopi',
    receiptHeader: edit.header,
    receiptFooter: null,
    gstRegistrationNo: null,
    receiptLanguage: 'ms',
  })
  expect(await auditedActions()).toEqual(['receipt-settings.edited'])
})

test.each([
  ['a number that is none', { gstRegistrationNo: 'none yet' }, 'settings.gstRegistrationNo'],
  ['a language nobody translated', { language: 'fr' }, 'settings.language'],
  ['no name', { companyName: '  ' }, 'settings.companyName'],
  ['a header of many pages', { header: 'x'.repeat(301) }, 'settings.header'],
])('%s is refused', async (_, change, path) => {
  const { version, settings } = await get(zVersioned(zReceiptSettings), 'settings/receipts')
  const edit = { version, settings: { ...settings, ...change } }
  expect(await pathsOf(await send('PUT', 'settings/receipts', edit))).toEqual([path])
})

const methods = async () =>
  (await get(z.object({ rows: z.array(zPaymentMethodDetail) }), 'settings/payment-methods')).rows
const methodOf = async (code: string): Promise<PaymentMethodDetail> => {
  const found = (await methods()).find((method) => method.code === code)
  if (found === undefined) throw new Error(`there is no ${code}`)
  return found
}
/** Changes it as somebody does who has just looked. */
const editMethod = async (paymentMethodId: string, edit: object) => {
  const version = (await methods()).find((method) => method.paymentMethodId === paymentMethodId)?.version
  return send('PUT', `settings/payment-methods/${paymentMethodId}`, { ...edit, version })
}
const NEW_METHOD = { name: 'GrabPay', kind: 'card', payNowProxy: null, rest: 'kept' }

test('a way to pay is added, renamed, retired and brought back, and tills hear of each', async () => {
  const added = await send('POST', 'settings/payment-methods', NEW_METHOD)
  expect(added.status).toBe(201)
  const { paymentMethodId } = z.object({ paymentMethodId: z.uuid() }).parse(await added.json())
  expect((await feed()).paymentMethod).toContainEqual(
    expect.objectContaining({ paymentMethodId, code: 'GRABPAY', name: 'GrabPay', kind: 'card' }),
  )
  const path = `settings/payment-methods/${paymentMethodId}`
  const edit = { name: 'Grab', payNowProxy: null, rest: 'kept' }
  expect((await editMethod(paymentMethodId, edit)).status).toBe(204)
  const since = await now()
  expect((await send('POST', `${path}/retire`)).status).toBe(204)
  expect((await send('POST', `${path}/retire`)).status).toBe(204)
  expect((await feed(since)).paymentMethod).toMatchObject([{ code: 'GRABPAY', name: 'Grab', deleted: true }])
  // What was paid with it keeps its name.
  const names = await get(z.object({ rows: z.array(zPaymentMethodName) }), 'payment-methods')
  expect(names.rows).toContainEqual({ methodCode: 'GRABPAY', name: 'Grab' })
  expect((await methods()).at(-1)).toMatchObject({ code: 'GRABPAY', retired: true })
  expect((await send('POST', `${path}/bring-back`)).status).toBe(204)
  expect((await offered()).map(({ code }) => code)).toContain('GRABPAY')
  expect(await auditedActions()).toEqual([
    'payment-method.added',
    'payment-method.edited',
    'payment-method.retired',
    'payment-method.brought-back',
  ])
})

test('a code that stood in the ledger once is never given to another way to pay', async () => {
  await send('POST', 'settings/payment-methods', { ...NEW_METHOD, name: 'Visa' })
  const visa = await methodOf('VISA')
  await send('POST', `settings/payment-methods/${visa.paymentMethodId}/retire`)
  expect((await send('POST', 'settings/payment-methods', { ...NEW_METHOD, name: 'VISA' })).status).toBe(201)
  expect(await methodOf('VISA2')).toMatchObject({ name: 'VISA', retired: false })
  // Brought back, two would have the same name.
  const problem = await problemOf(
    await send('POST', `settings/payment-methods/${visa.paymentMethodId}/bring-back`),
  )
  expect(problem.fields?.map(({ path }) => path)).toEqual(['name'])
  expect((await send('POST', 'settings/payment-methods', { ...NEW_METHOD, name: '微信' })).status).toBe(201)
  expect(await methodOf('CARD2')).toMatchObject({ name: '微信' })
  expect((await send('POST', 'settings/payment-methods', { ...NEW_METHOD, name: 'Exchange' })).status).toBe(
    201,
  )
  expect(await methodOf('EXCHANGE2')).toMatchObject({ name: 'Exchange' })
})

test('the last way to take cash stays, and of cash there is one', async () => {
  const cash = await methodOf('CASH')
  const problem = await problemOf(
    await send('POST', `settings/payment-methods/${cash.paymentMethodId}/retire`),
  )
  expect([problem.status, problem.code]).toEqual([409, 'conflict'])
  expect((await methodOf('CASH')).retired).toBe(false)
  const second = { ...NEW_METHOD, name: 'Petty cash', kind: 'cash' }
  expect(await pathsOf(await send('POST', 'settings/payment-methods', second))).toEqual(['kind'])
})

test('whom PayNow pays is read as it is typed, and what is no way to reach anybody is refused', async () => {
  const { paymentMethodId } = await methodOf('PAYNOW')
  const edit = { name: 'PayNow', rest: 'kept' }
  expect((await editMethod(paymentMethodId, { ...edit, payNowProxy: '+65 9123-4567' })).status).toBe(204)
  expect((await methodOf('PAYNOW')).payNowProxy).toBe('+6591234567')
  expect(await pathsOf(await editMethod(paymentMethodId, { ...edit, payNowProxy: 'the shop' }))).toEqual([
    'payNowProxy',
  ])
  const card = (await methodOf('CARD')).paymentMethodId
  const odd = { name: 'Card', payNowProxy: '201900000A', rest: 'forfeited' }
  expect(await pathsOf(await editMethod(card, odd))).toEqual(['payNowProxy', 'rest'])
  expect(await pathsOf(await editMethod(card, { ...edit, name: 'nets', payNowProxy: null }))).toEqual([
    'name',
  ])
})

test('whom customers pay is not undone by somebody who looked before it was changed', async () => {
  const { paymentMethodId, version, rest } = await methodOf('PAYNOW')
  const path = `settings/payment-methods/${paymentMethodId}`
  const hers = { name: 'PayNow', rest, payNowProxy: '+6598765432' }
  const ids = (await methods()).filter(({ retired }) => !retired).map((method) => method.paymentMethodId)
  await send('PUT', 'settings/payment-methods/order', { paymentMethodIds: ids.toReversed() })
  expect((await send('PUT', path, { ...hers, version })).status).toBe(204)
  expect((await send('PUT', path, { ...hers, version })).status).toBe(204)
  const his = { name: 'PayNow QR', rest, payNowProxy: null }
  const refused = await problemOf(await send('PUT', path, { ...his, version }))
  expect([refused.status, refused.message]).toEqual([409, expect.stringContaining('Somebody else changed')])
  expect((await send('PUT', path, his)).status).toBe(400)
  expect(await methodOf('PAYNOW')).toMatchObject(hers)
})

test('what is still on codes is told where their way to pay could be retired', async () => {
  const { sql } = office.database
  const company_id = demoId('company', 'demo')
  await sql`delete from stored_value where company_id = ${company_id}`
  await sql`insert into stored_value ${sql([
    { company_id, code: 'G7K2M9QX4RT8', kind: 'gift-card', balance: 2500 },
    { company_id, code: 'G3ZXN5WQ7PB2', kind: 'gift-card', balance: 500 },
    { company_id, code: 'G9ZXN5WQ7PB2', kind: 'gift-card', balance: -100 },
  ])}`
  expect((await methodOf('GIFT')).owed).toBe(3000)
  expect((await methodOf('CARD')).owed).toBe(null)
})

test('ways to pay are put in order, all of them or none', async () => {
  const ids = (await methods()).filter(({ retired }) => !retired).map((method) => method.paymentMethodId)
  const order = (paymentMethodIds: string[]) =>
    send('PUT', 'settings/payment-methods/order', { paymentMethodIds })
  expect((await order(ids.slice(1))).status).toBe(409)
  expect((await order([...ids.slice(1), ids[1] ?? ''])).status).toBe(409)
  const turned = ids.toReversed()
  expect((await order(turned)).status).toBe(204)
  expect((await order(turned)).status).toBe(204)
  const sorted = (await offered()).toSorted((a, b) => a.position - b.position)
  expect(sorted.map((method) => method.paymentMethodId)).toEqual(turned)
  expect(await auditedActions()).toEqual(['payment-methods.ordered'])
})

/** As a canvas writes it: RGBA, eight bits a sample. */
function png(
  width: number,
  height: number,
  { raw = deflateSync(Buffer.alloc(height * (1 + width * 4), 7)), depth = 8, colour = 6 } = {},
) {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([depth, colour, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', raw), chunk('IEND', Buffer.alloc(0))])
}
const LOGO = { width: 16, height: 8, dots: Buffer.alloc(16, 0xa5).toString('base64') }
const dataUrl = (bytes: Buffer) => `data:image/png;base64,${bytes.toString('base64')}`
const zLogoAnswer = z.object({ logo: z.nullable(zLogo) })

test('a logo goes to every till, is replaced under its id, and taken away again', async () => {
  expect(await get(zLogoAnswer, 'settings/logo')).toEqual({ logo: null })
  const logo = { ...LOGO, picture: dataUrl(png(16, 8)) }
  expect((await send('PUT', 'settings/logo', logo)).status).toBe(204)
  expect((await send('PUT', 'settings/logo', logo)).status).toBe(204)
  expect(await get(zLogoAnswer, 'settings/logo')).toEqual({ logo })
  const [first, ...others] = (await feed()).logo
  expect([first, others]).toEqual([{ ...logo, logoId: first?.logoId }, []])

  const since = await now()
  const other = { ...logo, dots: Buffer.alloc(16, 0xff).toString('base64') }
  expect((await send('PUT', 'settings/logo', other)).status).toBe(204)
  expect((await feed(since)).logo).toEqual([{ ...other, logoId: first?.logoId }])
  expect((await send('DELETE', 'settings/logo')).status).toBe(204)
  expect((await send('DELETE', 'settings/logo')).status).toBe(204)
  expect((await feed()).logo).toEqual([])
  expect((await feed(since)).logo).toMatchObject([{ logoId: first?.logoId, deleted: true }])
  expect(await get(zLogoAnswer, 'settings/logo')).toEqual({ logo: null })
  expect(await auditedActions()).toEqual(['logo.set', 'logo.set', 'logo.removed'])
  expect(JSON.stringify(await audited())).not.toContain(logo.dots)
})

const sound = png(16, 8)
test.each([
  ['dots of another size', { dots: Buffer.alloc(15).toString('base64') }, ['dots']],
  ['a picture of another size', { picture: dataUrl(png(8, 8)) }, ['picture']],
  ['a picture that ends early', { picture: dataUrl(sound.subarray(0, -20)) }, ['picture']],
  [
    'a picture with a wrong bit',
    { picture: dataUrl(Buffer.from(sound.map((byte, i) => (i === 45 ? byte ^ 1 : byte)))) },
    ['picture'],
  ],
  [
    'a picture that unpacks to more than it says',
    { picture: dataUrl(png(16, 8, { raw: deflateSync(Buffer.alloc(1_000_000)) })) },
    ['picture'],
  ],
  [
    'a picture with something behind its end',
    {
      picture: dataUrl(
        png(16, 8, { raw: Buffer.concat([deflateSync(Buffer.alloc(8 * 65, 7)), Buffer.from('hidden')]) }),
      ),
    },
    ['picture'],
  ],
  ['a picture that is base64 in part', { picture: `${dataUrl(sound)}"><script>` }, ['picture']],
  [
    'a picture without the palette it needs',
    { picture: dataUrl(png(16, 8, { raw: deflateSync(Buffer.alloc(8 * 17)), colour: 3 })) },
    ['picture'],
  ],
  [
    'something else than a picture',
    { picture: dataUrl(Buffer.from('<svg onload="alert(1)"/>')) },
    ['picture'],
  ],
  ['another kind of picture', { picture: 'data:image/svg+xml;base64,PHN2Zz4=' }, ['picture']],
  ['one that is wider than paper', { width: 392 }, ['width']],
  ['one that is no whole bytes', { width: 12 }, ['width']],
])('%s is no logo', async (_, change, paths) => {
  const answer = await send('PUT', 'settings/logo', { ...LOGO, picture: dataUrl(sound), ...change })
  expect([answer.status, await pathsOf(answer)]).toEqual([400, paths])
  expect(await get(zLogoAnswer, 'settings/logo')).toEqual({ logo: null })
})

test('settings are of one’s own company alone', async () => {
  const { sql } = office.database
  const companyId = '019b0000-0000-7000-8000-00000000c0de'
  const theirs = '019b0000-0000-7000-8000-0000000000aa'
  await sql`
    insert into company (company_id, name, currency, tax_inclusive, tax_rounding, cash_step, minor_per_point)
    values (${companyId}, 'Theirs', 'SGD', true, 'total', 5, 1000)`
  await sql`
    insert into payment_method (company_id, payment_method_id, code, name, kind)
    values (${companyId}, ${theirs}, 'CASH', 'Their cash', 'cash')`
  expect((await methods()).map(({ name }) => name)).not.toContain('Their cash')
  const edit = { name: 'Mine', payNowProxy: null, rest: 'kept', version: '1' }
  expect((await send('PUT', `settings/payment-methods/${theirs}`, edit)).status).toBe(404)
  expect((await send('POST', `settings/payment-methods/${theirs}/retire`)).status).toBe(404)
  expect((await send('POST', `settings/payment-methods/${theirs}/bring-back`)).status).toBe(404)
  const { version, settings } = await get(zVersioned(zShiftSettings), 'settings/shifts')
  await send('PUT', 'settings/shifts', { version, settings: { ...settings, voidWindowMinutes: 7 } })
  const [row] = await sql`
    select (select name from payment_method where company_id = ${companyId}) as method,
      (select void_window_minutes from company where company_id = ${companyId}) as minutes`
  expect(row).toEqual({ method: 'Their cash', minutes: null })
})
