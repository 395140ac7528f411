import type { EntryOf } from '@evertill/shared/protocol/entry'
import type { CustomerDetail, CustomerEdit } from '@evertill/shared/protocol/office/customers'
import { zCustomerRow } from '@evertill/shared/protocol/pull'
import { v7 as uuidV7 } from 'uuid'
import { beforeEach, expect, test } from 'vitest'
import { ledgerDifferences } from '../../test/ledger.ts'
import { grantToOwner } from '../../test/owner.ts'
import { usePushingTill } from '../../test/pushing-till.ts'
import { oneMilo } from '../../test/shop.ts'
import { pull } from '../feed/pull.ts'
import { customer } from './customers.ts'
import { editCustomer } from './edit-customer.ts'
import { isRefused } from './refused.ts'

const the = usePushingTill()
/** A moment after whatever was written so far: ids of one millisecond would be in no order. */
const shortlyMs = 1000
const now = () => new Date(Date.now() + shortlyMs)

type Registered = EntryOf<'customer-registered'>['body']
let body: Registered
let registered: ReturnType<typeof the.journal.write>

beforeEach(async () => {
  body = {
    customerId: uuidV7(),
    code: 'C-0000000A',
    name: 'Goh Kah Sneg',
    phone: '9123 4576',
    email: 'goh@mail.example',
  }
  registered = the.journal.write('customer-registered', body)
  await the.push(registered)
})

async function stored(customerId = body.customerId): Promise<CustomerDetail> {
  const found = await customer(the.sql, grantToOwner(the.shop.companyId, 'report.view'), customerId, now)
  if (isRefused(found)) throw new Error(found.refused.message)
  return found
}
async function edit(change: Partial<CustomerEdit>, customerId = body.customerId) {
  const { name, phone, email, code, tierId, version } = await stored(customerId)
  const asked = { name, phone, email, code, tierId, version, ...change }
  const granted = grantToOwner(the.shop.companyId, 'company.manage')
  return editCustomer({ sql: the.sql, now }, granted, customerId, asked)
}
const corrected = { name: 'Goh Kah Seng', phone: '+65 9123 4567', email: null, code: 'VIP-7' }

test('a corrected customer comes to every till with its next pull', async () => {
  const tills = [the.till, await the.another('T2')]
  const before = await Promise.all(tills.map((till) => pull(the.sql, till, undefined, now)))
  expect(await edit(corrected)).toBeUndefined()
  // Without an address the row has none: the till forgets the one it had.
  const { email: _, ...row } = corrected
  for (const [i, till] of tills.entries()) {
    const next = await pull(the.sql, till, before[i]?.cursor, now)
    expect(next.snapshot).toBe(false)
    const came = next.rows.customer.filter(({ customerId }) => customerId === body.customerId)
    expect(came.map((one) => zCustomerRow.parse(one))).toEqual([
      { customerId: body.customerId, ...row, tierId: null, points: 0 },
    ])
  }
})

test('the entry that registered a customer changes nothing when it comes again, and nor does a copy of it', async () => {
  await edit(corrected)
  const after = await stored()
  expect(await the.push(registered)).toMatchObject([{ outcome: 'duplicate' }])
  expect(await the.push(the.journal.write('customer-registered', body))).toMatchObject([
    { outcome: 'applied' },
  ])
  expect(await stored()).toEqual(after)
  // The code that was given up is free for the next.
  const next = { customerId: uuidV7(), code: body.code, name: 'Next' }
  await the.push(the.journal.write('customer-registered', next))
  expect((await stored(next.customerId)).code).toBe(body.code)
  expect(await stored()).toEqual(after)
  expect(await the.exceptions()).toEqual([])
  expect(await ledgerDifferences(the.sql, the.shop.companyId)).toEqual([])
})

test('an address that was given before the edit does not come back with it, one given after it counts', async () => {
  const sold = the.journal.sell()
  const asked = (to: string, id: string) =>
    the.journal.write(
      'receipt-emailed',
      {
        paperId: sold.id,
        receiptNo: 'BED-T1-000001',
        to,
        language: 'en',
        copy: false,
        keepFor: body.customerId,
      },
      { id },
    )
  const early = asked('early@mail.example', uuidV7())
  await edit({ email: 'right@mail.example' })
  await the.push(sold, early)
  expect((await stored()).email).toBe('right@mail.example')
  const later = asked('later@mail.example', uuidV7({ msecs: Date.now() + 60_000 }))
  await the.push(later)
  expect((await stored()).email).toBe('later@mail.example')
  // Whoever corrects a name alone has said nothing about the address.
  await edit({ name: 'Goh' })
  await the.push(asked('latest@mail.example', uuidV7({ msecs: Date.now() + 61_000 })))
  expect((await stored()).email).toBe('latest@mail.example')
})

test('receipts keep the name they were written with, and points stay', async () => {
  const { customerId, name } = body
  const sold = the.journal.sell({
    ...oneMilo(the.shop),
    customer: { customerId, name, multiplierPpm: 1_000_000 },
    pointsEarned: 0,
  })
  expect(await the.push(sold)).toMatchObject([{ outcome: 'applied' }])
  await the.sql`
    insert into points_balance (company_id, customer_id, points) values (${the.shop.companyId}, ${customerId}, 12)`
  await edit(corrected)
  const [entry] = await the.sql`select raw from entry where entry_id = ${sold.id}`
  expect(entry?.raw).toBe(sold.raw)
  expect((await stored()).points).toBe(12)
})

test('a code that a till hands out while it is being given is refused by its field', async () => {
  const { sql, shop } = the
  let commit = () => {}
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve
  })
  let inserted = () => {}
  const isInserted = new Promise<void>((resolve) => {
    inserted = resolve
  })
  const registering = sql.begin(async (tx) => {
    await tx`
      insert into customer (company_id, customer_id, code, name)
      values (${shop.companyId}, ${uuidV7()}, ${corrected.code}, 'Somebody else')`
    inserted()
    await mayCommit
  })
  await isInserted
  const editing = edit(corrected)
  const waiting = () => sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await expect.poll(waiting, { timeout: 60_000 }).toHaveLength(1)
  commit()
  await registering
  expect(await editing).toMatchObject({
    refused: { code: 'conflict', fields: [{ path: 'code', message: 'is the code of Somebody else' }] },
  })
  expect(await stored()).toMatchObject({ code: body.code, name: body.name })
})

test('it is known at which till somebody was registered, and by whom', async () => {
  expect(await stored()).toMatchObject({
    registeredAt: new Date(Number.parseInt(body.customerId.replace('-', '').slice(0, 12), 16)).toISOString(),
    registeredBy: { tillName: 'Till T1', outletName: 'Bedok', staffName: 'Aisyah' },
  })
  expect((await stored(the.shop.customerId)).registeredBy).toBeNull()
})
