import { type FirstRun, zOfficeSession } from '@evertill/shared/protocol/office'
import { outletCodeOf } from '@evertill/shared/protocol/office/outlets'
import { zProblem } from '@evertill/shared/protocol/problem'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pinTries } from '../../office/founding/pin.ts'
import { openTestOffice, SETUP_CODE, type TestOffice } from './office-for-tests.ts'

let office: TestOffice

beforeEach(async () => {
  office = await openTestOffice({ demo: false })
})
afterEach(() => office.database.drop())

const INPUT: FirstRun = {
  setupCode: SETUP_CODE.toLowerCase().replace('-', ''),
  companyName: 'Ah Huat Provision Shop',
  outletName: 'Bukit Merah',
  ownerName: 'Koh Ah Huat',
  email: 'Huat@Example.com',
  password: 'a long password',
  pin: '246810',
}
const found = (json: unknown = INPUT) => office.call('/api/office/first-run', { method: 'POST', json })
const needed = async () => await (await office.call('/api/office/first-run')).json()

test('the first run makes a company whose owner can sign in and whose till can be enrolled', async () => {
  const { sql } = office.database
  expect(await needed()).toEqual({ needed: true })
  expect((await found()).status).toBe(201)
  expect(await needed()).toEqual({ needed: false })
  const cookie = await office.signIn('huat@example.com', INPUT.password)
  const session = zOfficeSession.parse(await (await office.call('/api/office/session', { cookie })).json())
  expect(session).toMatchObject({ userName: 'Koh Ah Huat', companyName: INPUT.companyName, currency: 'SGD' })
  expect(session.permissions).toContain('company.manage')

  const [company] = await sql`
    select currency, tax_inclusive, tax_rounding, cash_step, minor_per_point from company`
  expect(company).toEqual({
    currency: 'SGD',
    tax_inclusive: true,
    tax_rounding: 'total',
    cash_step: 5,
    minor_per_point: 1000,
  })
  const [outlet] = await sql`select code, name, time_zone, day_cut_hour from outlet`
  expect(outlet).toEqual({ code: 'BM', name: 'Bukit Merah', time_zone: 'Asia/Singapore', day_cut_hour: 0 })
  const [till] = await sql`select code, state from till`
  expect(till).toEqual({ code: '1', state: 'waiting-for-enrolment' })
  const [tax] = await sql`select rates from tax_code where code = 'SR'`
  expect(tax?.rates).toEqual([
    { from: '2007-07-01', ratePpm: 70_000 },
    { from: '2023-01-01', ratePpm: 80_000 },
    { from: '2024-01-01', ratePpm: 90_000 },
  ])
  const names = await sql`
    select array(select code from tax_code order by 1) as taxes,
      array(select code from payment_method order by position) as methods,
      array(select name || ' ' || multiplier_ppm from tier order by spend_from) as tiers,
      array(select name from role order by 1) as roles`
  expect(names[0]).toEqual({
    taxes: ['ES', 'SR', 'ZR'],
    methods: ['CASH', 'CARD', 'NETS', 'PAYNOW', 'POINTS', 'GIFT', 'VOUCHER', 'CREDIT'],
    tiers: ['Bronze 1000000', 'Silver 1250000', 'Gold 1500000'],
    roles: ['Cashier', 'Owner', 'Supervisor'],
  })
  const staff = await sql<{ name: string; pinSalt: string; pinBase: string }[]>`
    select name, pin_salt as "pinSalt", pin_base as "pinBase" from staff`
  expect(staff.map((person) => person.name)).toEqual(['Koh Ah Huat'])
  expect(await pinTries(INPUT.pin)(staff)).toBe(true)
})

test.each(['WRNG-CODE', 'ABCD-EFG', ' '])(
  'whoever does not run the server founds nothing with the code "%s"',
  async (setupCode) => {
    const answer = await found({ ...INPUT, setupCode })
    expect([400, 403]).toContain(answer.status)
    expect(zProblem.parse(await answer.json()).fields).toMatchObject([{ path: 'setupCode' }])
    expect(await needed()).toEqual({ needed: true })
  },
)

test('of people who found a company at the same moment one does, and nothing of the others is left', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      found({ ...INPUT, companyName: `Shop ${n}`, email: `o${n}@example.com` }),
    ),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409])
  const [row] = await office.database.sql`
    select (select count(*) from company) as companies, (select count(*) from auth_user) as users,
      (select count(*) from outlet) as outlets, (select count(*) from staff) as staff`
  expect(row).toEqual({ companies: 1, users: 1, outlets: 1, staff: 1 })
})

test('there is no second first run', async () => {
  await found()
  const again = await found({ ...INPUT, email: 'eve@example.com' })
  expect(again.status).toBe(409)
  expect(zProblem.parse(await again.json()).code).toBe('conflict')
})

test('wrong fields are named, and nothing is founded', async () => {
  const answer = await found({ companyName: ' ', email: 'huat', password: 'short', pin: '12' })
  expect(answer.status).toBe(400)
  const fields = zProblem.parse(await answer.json()).fields?.map((field) => field.path)
  expect(new Set(fields)).toEqual(
    new Set(['setupCode', 'companyName', 'outletName', 'ownerName', 'email', 'password', 'pin']),
  )
  expect(await needed()).toEqual({ needed: true })
})

test('another site cannot found a company through somebody’s browser', async () => {
  const headers = { origin: 'https://evil.example' }
  const answer = await office.call('/api/office/first-run', { method: 'POST', json: INPUT, headers })
  expect(answer.status).toBe(403)
})

test('an outlet’s code is short and fit for receipts', () => {
  expect(outletCodeOf('Tiong Bahru')).toBe('TB')
  expect(outletCodeOf('Bedok')).toBe('BED')
  expect(outletCodeOf('Blk 190 Lorong 6')).toBe('B1L')
  expect(outletCodeOf('大巴窑')).toBe('A')
})
