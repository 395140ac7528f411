import { expect, offlineTest } from './fixtures.ts'

offlineTest(
  'a receipt is asked for by e-mail without a network, and head office has it to send when there is one',
  async ({ page, till, server, items }) => {
    const [item] = items
    if (item === undefined) throw new Error('the demo company has nothing to sell')
    const { screen } = till
    await screen.readyForOffline()
    await page.context().setOffline(true)
    await screen.scan(item.barcode)
    await screen.startPaying()
    await screen.take('CASH', 500_00)
    await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()

    await page.getByRole('button', { name: 'E-mail', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const address = dialog.getByLabel('E-mail address')
    await expect(address).toBeFocused()
    await page.keyboard.type('mei@example')
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('This is no e-mail address. Check it with the customer.')).toBeVisible()
    await page.keyboard.type('.com')
    await expect(dialog.getByRole('button', { name: 'Send to mei@example.com' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByText('The receipt goes to mei@example.com')).toBeVisible()
    await expect(dialog).toBeHidden()

    await page.getByRole('button', { name: 'E-mail', exact: true }).click()
    await expect(dialog.getByText('m…@example.com')).toBeVisible()
    await expect(dialog.getByText(/waiting, safe on this till/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()

    await page.context().setOffline(false)
    const asked = () => server.sql`
    select e.address, e.state, e.copy, s.total
    from receipt_email e join sale s on s.company_id = e.company_id and s.sale_id = e.paper_id
    where e.till_id = ${till.tillId}`
    await expect
      .poll(asked, { timeout: 60_000 })
      .toEqual([{ address: 'mei@example.com', state: 'waiting', copy: false, total: expect.any(Number) }])
  },
)
