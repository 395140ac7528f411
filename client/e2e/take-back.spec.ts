import type { Page } from '@playwright/test'
import { closeShort } from './close-shift.ts'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale } from './expectation.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { expectAllSent } from './journal.ts'
import { HAND_MS, type TillScreen } from './till-screen.ts'

offlineTest.use({ worksByShifts: true })

offlineTest(
  'a shift with a refund, a void and cash moved, all offline, comes to the cent at head office',
  async ({ page, till, items, server }) => {
    test.setTimeout(240_000)
    const [milo, bread, other] = items.filter((item) => item.price >= 100)
    if (!milo || !bread || !other) throw new Error('the demo company has too little to sell')
    const { screen, tillId } = till
    await screen.readyForOffline()
    await page.context().setOffline(true)

    const kept = {
      lines: [
        { item: milo, pieces: 3 },
        { item: bread, pieces: 1 },
      ],
      tenders: [{ method: 'CASH' as const, cents: 500_00 }],
    }
    const mistaken = { lines: [{ item: other, pieces: 2 }], tenders: [{ method: 'CARD' as const }] }
    const [first, second] = [expectSale(kept), expectSale(mistaken)]
    // A third of three pieces without a discount: the price of one, paid back in whole coins.
    const back = Math.round(milo.price / 5) * 5
    const said = page.getByRole('region', { name: 'Receipt', exact: true }).getByRole('status')
    const inDrawer = 100_00 + first.total - back - 20_00

    const notice = page.getByRole('status').filter({ hasText: 'No shift is open' })

    await test.step('the shift is opened with a float', async () => {
      // A till that never had one asks for it as well.
      await expect(notice).toBeVisible()
      await screen.goTo('Shift and drawer')
      await page.getByRole('textbox', { name: '$50.00 notes' }).fill('1')
      await page.keyboard.press('Enter')
      await page.keyboard.type('5')
      await expect(page.getByRole('textbox', { name: '$10.00 notes' })).toHaveValue('5')
      await page.getByRole('button', { name: 'Open shift with $100.00' }).click()
      await expect(page.getByRole('heading', { name: 'This shift' })).toBeVisible()
      await screen.goTo('Sell')
    })

    await test.step('two sales are rung up, one of them by mistake', async () => {
      await screen.ringUp(kept, first, ['scan', 'scan'])
      await screen.ringUp(mistaken, second, ['scan'])
    })

    await test.step('the mistake is voided', async () => {
      await openReceipt(screen, second.total)
      await page.getByRole('button', { name: 'Void…' }).click()
      const dialog = page.getByRole('dialog', { name: /^Void / })
      await dialog.getByRole('button', { name: 'Rung up twice' }).click()
      await expect(dialog).toContainText(`Card ${dollars(second.total)}`)
      await dialog.getByRole('button', { name: `Void ${dollars(second.total)}` }).click()
      await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Void of')
      await expect(said).toHaveText(`Refund ${dollars(second.total)} on the terminal (Card)`)
      await expect(row(page, second.total)).toContainText('Voided')
    })

    await test.step('one piece of the other comes back in cash, and no more than the rest can after it', async () => {
      await openReceipt(screen, first.total)
      await page.getByRole('button', { name: 'Refund…' }).click()
      const dialog = page.getByRole('dialog', { name: /^Refund of / })
      await dialog.getByRole('button', { name: `One more of ${milo.name}` }).click()
      await dialog.getByRole('button', { name: 'Damaged' }).click()
      // What is damaged is not for sale again, unless somebody says so.
      await expect(dialog.getByRole('radio', { name: 'Write off' })).toBeChecked()
      await dialog.getByRole('button', { name: `Refund ${dollars(back)}` }).click()
      const paper = page.getByRole('article', { name: /^Receipt / })
      await expect(paper).toContainText('Refund of')
      await expect(said).toHaveText(`Give back ${dollars(back)} in cash`)
      await expect(row(page, first.total)).toContainText('Partly refunded')
      // What is handed over is no copy; what is printed after it is.
      await expect(paper).not.toContainText('COPY')
      await page.getByRole('button', { name: 'Print', exact: true }).click()
      await expect(page.getByRole('button', { name: 'Print a copy' })).toBeVisible()
      await expect(paper).toContainText('COPY')

      // Done long ago, nobody is to pay it out again.
      await page
        .getByRole('listitem')
        .getByRole('button')
        .filter({ hasText: /· Void/ })
        .click()
      await expect(paper).toContainText('Void of')
      await expect(said).toHaveCount(0)

      await openReceipt(screen, first.total)
      await page.getByRole('button', { name: 'Refund…' }).click()
      await expect(dialog).toContainText('2 of 3 left')
      const more = dialog.getByRole('button', { name: `One more of ${milo.name}` })
      await more.click()
      // Goods that are scanned are picked as well.
      await screen.scan(milo.barcode)
      await expect(more).toBeDisabled()
      await screen.scan(milo.barcode)
      await expect(page.getByText('This receipt has no more of it')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    })

    await test.step('cash goes to the safe, and the drawer is counted blind: five cents are missing', async () => {
      await screen.goTo('Shift and drawer')
      await page.getByRole('button', { name: 'Cash out' }).click()
      const out = page.getByRole('dialog', { name: 'Cash out' })
      await out.getByRole('button', { name: 'To the safe' }).click()
      await typeMoney(page, 20_00)
      await out.getByRole('button', { name: 'Take out $20.00' }).click()
      await expect(out).toBeHidden()

      await expect(page.getByText('Should be in the drawer')).toHaveCount(0)
      await page.getByRole('button', { name: 'Close shift' }).click()
      await page.getByRole('button', { name: 'Type the total' }).click()
      await typeMoney(page, inDrawer - 5)
      await closeShort(page, inDrawer - 5, 5)
      const report = page.getByRole('article', { name: 'Z report No. 1' })
      await expect(report).toContainText('Provisional: 7 entries')
      await expect(report).toContainText(`Should be in the drawer${dollars(inDrawer)}`)
      await expect(report).toContainText('Difference−$0.05')
    })

    await test.step('without a shift the till says that nobody counts what it takes', async () => {
      await screen.goTo('Sell')
      await notice.getByRole('button', { name: 'Open a shift' }).click()
      await expect(page.getByRole('heading', { name: 'Open a shift' })).toBeVisible()
      await expect(notice).toBeHidden()
      await screen.goTo('Sell')
      await notice.getByRole('button', { name: 'Later' }).click()
      await expect(notice).toBeHidden()
    })

    await test.step('online again, head office has every entry', async () => {
      await page.context().setOffline(false)
      await expectAllSent(page, 7)
      await expect(screen.chip).toHaveText('Safe, all sent')
      const entries = await server.sql`select kind from entry where till_id = ${tillId} order by seq`
      expect(entries.map(({ kind }) => kind)).toEqual([
        'shift-opened',
        'sale',
        'sale',
        'void',
        'refund',
        'cash-moved',
        'shift-closed',
      ])
    })

    await test.step('and its totals are those of the day', async () => {
      const [day] = await server.sql`
      select sum(sales)::int as sales, sum(refunds)::int as refunds, sum(total)::int as total
      from day_total where till_id = ${tillId}`
      expect(day).toEqual({ sales: 2, refunds: 2, total: first.total - back })
      const [shift] = await server.sql`
      select sales::int, sales_total::int, refunds::int, refunds_total::int, cash_moved::int, complete
      from shift where till_id = ${tillId}`
      expect(shift).toEqual({
        sales: 2,
        sales_total: first.total + second.total,
        refunds: 2,
        refunds_total: second.total + back,
        cash_moved: -20_00,
        complete: true,
      })
      const taken = await server.sql<{ method_code: string; amount: number }[]>`
      select t.method_code, t.amount::int from shift_tender t join shift s using (company_id, shift_id)
      where s.till_id = ${tillId} order by t.method_code`
      expect(taken).toEqual([
        { method_code: 'CARD', amount: 0 },
        { method_code: 'CASH', amount: inDrawer + 20_00 - 100_00 },
      ])
    })
  },
)

test('a cashier registers a customer, and needs a supervisor’s PIN to open the drawer', async ({
  page,
  till,
  items,
  server,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const { screen, tillId } = till
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)

  const name = `Nur Aisyah ${Date.now()}`
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await page.keyboard.press('F4')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill(name)
  await dialog.getByRole('button', { name: 'Register a new customer' }).click()
  await expect(dialog.getByLabel('Name')).toHaveValue(name)
  const address = `nur.${Date.now()}@example.com`
  const email = dialog.getByLabel('E-mail for receipts (if they like)')
  await email.fill(address.replace('@', ' at '))
  await dialog.getByRole('button', { name: `Register ${name}` }).click()
  await expect(email).toHaveAccessibleDescription('This is no e-mail address. Check it with the customer.')
  await expect(email).toBeFocused()
  await email.fill(address)
  await expect(email).toHaveAccessibleDescription('')
  await dialog.getByRole('button', { name: `Register ${name}` }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Cart' })).toContainText(name)

  await screen.goTo('Shift and drawer')
  await expect(page.getByRole('heading', { name: 'Open a shift' })).toBeVisible()
  await page.getByRole('textbox', { name: '$50.00 notes' }).fill('1')
  await page.getByRole('button', { name: 'Open shift with $50.00' }).click()
  await page.getByRole('button', { name: 'Open drawer' }).click()
  const drawer = page.getByRole('dialog', { name: 'Open drawer' })
  await drawer.getByRole('button', { name: 'Give change' }).click()
  await drawer.getByRole('button', { name: 'Open drawer' }).click()
  const pin = page.getByRole('dialog', { name: 'Supervisor’s PIN' })
  await expect(pin).toContainText('A supervisor can allow it')
  await screen.takesKeys(pin)
  // As a hand types: two PINs in one breath are a scanner's.
  await page.keyboard.type(CASHIER_PIN, { delay: HAND_MS })
  await pin.getByRole('button', { name: 'Allow it' }).click()
  // Only then are keys taken again.
  await expect(pin).toContainText('may not do this either')
  await page.keyboard.type(SUPERVISOR_PIN, { delay: HAND_MS })
  await page.keyboard.press('Enter')
  await expect(drawer).toBeHidden()

  await expectAllSent(page, 4)
  const overrides = await server.sql`
    select e.kind, s.name from entry e
    left join staff s on s.staff_id = (e.raw::jsonb -> 'body' ->> 'approvedBy')::uuid
    where e.till_id = ${tillId} order by e.seq`
  expect(overrides.map(({ kind }) => kind)).toEqual([
    'customer-registered',
    'shift-opened',
    'override-given',
    'drawer-opened',
  ])
  expect(overrides[2]?.name).toBeTruthy()
  const registered = await server.sql`select email from customer where name = ${name}`
  expect(registered).toEqual([{ email: address }])
})

/** The receipt of that total, by its row in the list. */
async function openReceipt(screen: TillScreen, total: number): Promise<void> {
  await screen.goTo('Receipts')
  await row(screen.page, total).click()
}

const row = (page: Page, total: number) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .getByRole('button')
    .filter({ has: page.getByText(dollars(total), { exact: true }) })
    .filter({ hasNotText: /· (Void|Refund)/ })

async function typeMoney(page: Page, cents: number): Promise<void> {
  for (const key of (cents / 100).toFixed(2))
    await page.getByRole('button', { name: key === '.' ? 'Point' : key, exact: true }).click()
}
