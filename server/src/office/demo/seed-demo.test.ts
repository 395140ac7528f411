import { isGtin } from '@evertill/shared/domain/barcode'
import { zPromotionTerms } from '@evertill/shared/protocol/promotion'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NOW, openTestOffice, type TestOffice } from '../../http/office/office-for-tests.ts'
import { pinTries } from '../founding/pin.ts'
import { DEMO_COMPANY, DEMO_OFFICE, DEMO_STAFF } from './demo-shop.ts'
import { demoSummary, seedDemo } from './seed-demo.ts'

let office: TestOffice
const ports = () => ({ now: () => NOW, auth: office.auth })

beforeAll(async () => {
  office = await openTestOffice()
})
afterAll(() => office.database.drop())

test('the demo is a minimart with about 300 products of which every barcode is a valid GTIN', async () => {
  const { sql } = office.database
  const products = await sql<
    { name: string; price: number; cost: number; unit: string; barcodes: string[]; kind: string }[]
  >`
    select p.name, p.price, p.cost, p.unit, x.kind,
      array(select barcode from barcode b where b.product_id = p.product_id) as barcodes
    from product p join tax_code x using (company_id, tax_code_id)`
  expect(products.length).toBeGreaterThanOrEqual(290)
  // What is sold by weight has a code on the scale besides.
  const gtins = products.map(({ barcodes, unit }) =>
    barcodes.filter((barcode) => unit === 'each' || !/^\d{3,4}$/.test(barcode)),
  )
  expect(gtins.flat().filter((barcode) => !isGtin(barcode))).toEqual([])
  expect(gtins.filter((barcodes) => barcodes.length !== 1)).toEqual([])
  expect(products.filter((product) => product.cost > product.price)).toEqual([])
  expect(new Set(products.map((product) => product.kind))).toEqual(new Set(['standard', 'zero', 'exempt']))
  expect(new Set(products.map((product) => product.name)).size).toBe(products.length)
})

test('opening stock and points stand in the ledgers and their counters agree', async () => {
  const { sql } = office.database
  const [stock] = await sql<{ counters: number; differing: number }[]>`
    select count(*) as counters, count(*) filter (where on_hand is distinct from moved) as differing
    from stock_level full join (
      select outlet_id, product_id, sum(quantity) as moved from stock_movement
      where reason = 'opening' group by 1, 2) ledger using (outlet_id, product_id)`
  expect(stock?.counters).toBeGreaterThan(580)
  expect(stock?.differing).toBe(0)
  const [points] = await sql<{ customers: number; tiers: number; differing: number }[]>`
    select (select count(*) from customer) as customers,
      (select count(distinct tier_id) from customer) as tiers,
      count(*) filter (where b.points is distinct from e.points) as differing
    from points_balance b full join points_entry e using (customer_id)`
  expect(points).toEqual({ customers: 200, tiers: 3, differing: 0 })
})

test('six staff in three roles can be told apart by their PINs', async () => {
  const { sql } = office.database
  const staff = await sql<{ name: string; role: string; pinSalt: string; pinBase: string }[]>`
    select s.name, r.name as role, s.pin_salt as "pinSalt", s.pin_base as "pinBase"
    from staff s join role r using (company_id, role_id)`
  expect(staff.length).toBe(6)
  expect(new Set(staff.map((person) => person.role)).size).toBe(3)
  expect(new Set(DEMO_STAFF.map(({ pin }) => pin)).size).toBe(6)
  const [{ name, pin }] = DEMO_STAFF
  const of = (who: string) => staff.filter((person) => person.name === who)
  expect(await pinTries(pin)(of(name))).toBe(true)
  expect(await pinTries(pin)(of(DEMO_STAFF[1].name))).toBe(false)
})

test('a set, a happy hour and a price for members are of goods and a tier that the demo has', async () => {
  const { sql } = office.database
  const promotions = await sql<{ name: string; terms: unknown; matched: number; tiers: number }[]>`
    select name, terms,
      (select count(*) from product x where terms -> 'goods' -> 'productIds' ? x.product_id::text
         or terms -> 'goods' -> 'categoryIds' ? x.category_id::text) as matched,
      (select count(*) from tier x where terms -> 'tierIds' ? x.tier_id::text) as tiers
    from promotion order by name`
  expect(promotions).toMatchObject([
    { name: 'Any 3 nuts for $6', matched: 3, tiers: 0 },
    { name: 'Gold members: personal care 10% off', matched: 18, tiers: 1 },
    { name: 'Tea time: hot counter 20% off', matched: 26, tiers: 0 },
  ])
  for (const { terms } of promotions) expect(zPromotionTerms.parse(terms)).toEqual(terms)
})

test('seeding again changes no data', async () => {
  const { sql } = office.database
  const counts = () => sql`
    select (select count(*) from product) as products, (select count(*) from stock_movement) as movements,
      (select sum(on_hand) from stock_level) as stock, (select count(*) from till) as tills,
      (select max(changed_xid::text::bigint) from product) as touched`
  const before = await counts()
  await seedDemo(sql, ports())
  expect([...(await counts())]).toEqual([...before])
})

test('every start has a code for a till that waits, even when all tills are enrolled', async () => {
  const { sql } = office.database
  const first = await demoSummary(sql, ports())
  expect(first?.tills.map((till) => till.name)).toHaveLength(5)
  await sql`update till set state = 'active' where company_id = ${DEMO_COMPANY.companyId}`
  const second = await demoSummary(sql, ports())
  expect(second?.tills).toHaveLength(1)
  const [row] = await sql`
    select t.state, t.code from enrolment_code e join till t using (company_id, till_id)
    where e.used_at is null and t.till_id = ${second?.tills[0]?.tillId ?? ''}`
  expect(row).toEqual({ state: 'waiting-for-enrolment', code: '4' })
  const third = await demoSummary(sql, ports())
  expect(third?.tills.map((till) => till.tillId)).toEqual(second?.tills.map((till) => till.tillId))
  expect(third?.tills[0]?.code).not.toBe(second?.tills[0]?.code)
})

test('the demo password is told until somebody changes it', async () => {
  const { sql } = office.database
  expect((await demoSummary(sql, ports()))?.office).toEqual(DEMO_OFFICE)
  await sql`update auth_account set password = ${await office.auth.hashPassword('something else')}`
  expect((await demoSummary(sql, ports()))?.office).toEqual({ email: DEMO_OFFICE.email, password: null })
})

test('a database without the demo has no summary', async () => {
  const empty = await openTestOffice({ demo: false })
  expect(await demoSummary(empty.database.sql, { now: () => NOW, auth: empty.auth })).toBeUndefined()
  await empty.database.drop()
})
