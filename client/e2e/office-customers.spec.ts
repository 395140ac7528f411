import { lookAt } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { expectAllSent } from './journal.ts'
import { readCustomers } from './ledger.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

test('head office corrects a customer whom a till registered, and the till finds them by the new phone', async ({
  desk,
  page,
  till,
  server,
}) => {
  test.setTimeout(300_000)
  const other = (await readCustomers(server.sql)).find(({ code }) => code === 'M0002')
  if (other === undefined) throw new Error('the demo company has no such customer')
  const panel = desk.getByRole('dialog')
  const form = panel.getByRole('form', { name: 'Edit customer' })
  const atTill = page.getByRole('dialog', { name: 'Customer' })
  const search = atTill.getByRole('searchbox')
  const found = atTill.getByRole('list', { name: 'Customers found' }).getByRole('button')

  await test.step('a till registers somebody, with slips of the hand', async () => {
    await page.getByRole('button', { name: 'Add customer' }).click()
    await search.fill('9123 0076')
    await atTill.getByRole('button', { name: 'Register a new customer' }).click()
    const registering = page.getByRole('dialog', { name: 'New customer' })
    await registering.getByLabel('Name').fill('Ong Siew Han')
    await registering.getByRole('button', { name: 'Register Ong Siew Han' }).click()
    await expect(registering).toBeHidden()
    await expectAllSent(page, 1)
  })

  await test.step('head office sees who it is, and where they were registered', async () => {
    await desk.goto('/office/customers')
    await desk.getByRole('searchbox', { name: 'Search customers' }).fill('9123 0076')
    await desk.getByRole('link', { name: 'Ong Siew Han' }).click()
    await expect(form.getByLabel('Name')).toHaveValue('Ong Siew Han')
    await expect(panel.getByText(`${till.name} · Tiong Bahru`)).toBeVisible()
  })

  await test.step('what is no address, and a phone that another has, are said at their fields', async () => {
    await form.getByLabel('Name').fill('Ong Siew Hwa')
    await form.getByLabel('E-mail').fill('siew.hwa@mail')
    await form.getByLabel('Phone').fill('80001008')
    await form.getByRole('button', { name: 'Save changes' }).click()
    await expect(form.getByText('Must be an address such as mei@example.com')).toBeVisible()
    await form.getByLabel('E-mail').fill('siew.hwa@mail.example')
    await form.getByRole('button', { name: 'Save changes' }).click()
    const phone = form.getByLabel('Phone')
    await expect(phone).toHaveAccessibleDescription(`This is the phone of ${other.name}`)
    await expect(phone).toHaveAttribute('aria-invalid', 'true')
    // It says at the field what is wrong: nobody was faster.
    await expect(form.getByRole('button', { name: 'Show what is saved now' })).toBeHidden()
    await lookAt(desk, 'office-customer-refused', SIZES)
  })

  await test.step('what somebody else changed meanwhile is shown before it is written over', async () => {
    const path = `/api/office/customers/${new URL(desk.url()).pathname.split('/').at(-1)}`
    const stored = await (await desk.request.get(path)).json()
    const data = { ...stored, email: 'hwa@mail.example' }
    const answer = await desk.request.put(path, { data, headers: { origin: server.url } })
    expect(answer.status()).toBe(204)
    await form.getByLabel('Phone').fill('9123 0067')
    await form.getByRole('button', { name: 'Save changes' }).click()
    const refused = form.getByRole('alert')
    await expect(refused).toContainText('Somebody else changed this customer since you opened it')
    await refused.getByRole('button', { name: 'Show what is saved now' }).click()
    await expect(form.getByLabel('E-mail')).toHaveValue('hwa@mail.example')
    await expect(form.getByLabel('Name')).toHaveValue('Ong Siew Han')
  })

  await test.step('the name and the phone are corrected, and not left behind unasked', async () => {
    await form.getByLabel('Name').fill('Ong Siew Hwa')
    await form.getByLabel('Phone').fill('+65 9123 0067')
    await desk.keyboard.press('Escape')
    const question = desk.getByRole('dialog', { name: 'Leave without saving?' })
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await form.getByRole('button', { name: 'Save changes' }).click()
    await expect(panel).toBeHidden()
    await expect(
      desk.getByText('Ong Siew Hwa is saved. Tills take this up at their next contact.'),
    ).toBeVisible()
    await desk.getByRole('searchbox', { name: 'Search customers' }).fill('9123 0067')
    await expect(desk.getByRole('row').filter({ hasText: 'Ong Siew Hwa' })).toContainText('+65 9123 0067')
  })

  await test.step('a tier that is all that was changed has a way back', async () => {
    const row = desk.getByRole('row').filter({ hasText: 'Ong Siew Hwa' })
    await row.getByRole('link').click()
    await form.getByLabel('Tier', { exact: true }).selectOption({ label: 'Gold' })
    await form.getByRole('button', { name: 'Save changes' }).click()
    await expect(panel).toBeHidden()
    await expect(row).toContainText('Gold')
    await desk.getByRole('button', { name: 'Undo' }).click()
    await expect(row).not.toContainText('Gold')
  })

  await test.step('the till finds them by the new phone, and no more by the old one', async () => {
    await page
      .getByRole('button', { name: /Ong Siew Han/ })
      .first()
      .click()
    // Asks for news at once instead of at its next turn.
    await page.context().setOffline(true)
    await page.context().setOffline(false)
    await search.fill('91230067')
    await expect(found.filter({ hasText: 'Ong Siew Hwa' })).toHaveCount(1, { timeout: 90_000 })
    await search.fill('91230076')
    await expect(found).toHaveCount(0)
    await expect(atTill.getByText('No customer found')).toBeVisible()
    await search.fill('+6591230067')
    await found.click()
    await expect(page.getByRole('region', { name: 'Cart' })).toContainText('Ong Siew Hwa')
  })

  // The company is that of other tests too.
  await server.sql`update customer set deleted_at = now() where name = 'Ong Siew Hwa'`
})
