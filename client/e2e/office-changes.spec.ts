import type { Page } from '@playwright/test'
import { itemAt } from './expectation.ts'
import { expect, test } from './fixtures.ts'

// What people at head office change at the same time, and what becomes of a change whose answer is lost.

test('a product is changed from what is stored now, and what somebody else changed meanwhile stays', async ({
  desk,
  items,
  server,
}) => {
  // Nothing else sells it: what others expect of this company's goods is what they cost at first.
  const item = itemAt(items, 122)
  const path = `/api/office/products/${item.productId}`
  const stored = async () =>
    (await (await desk.request.get(path)).json()) as { price: number; cost: number; version: string }
  const setPrice = async (price: number) => {
    const data = { ...(await stored()), price }
    const answer = await desk.request.put(path, { data, headers: { origin: server.url } })
    expect(answer.status()).toBe(204)
  }
  const drawer = desk.getByRole('dialog', { name: item.name })
  const price = drawer.getByLabel('Price, GST included')
  const text = (cents: number) => (cents / 100).toFixed(2)

  await desk.goto(`/office/products?q=${item.barcode}`)
  await desk.getByRole('link', { name: item.name, exact: true }).click()
  await expect(price).toHaveValue(text(item.price))
  await desk.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await setPrice(item.price + 222)
  await desk.getByRole('link', { name: item.name, exact: true }).click()
  await expect(price).toHaveValue(text(item.price + 222))

  await setPrice(item.price + 333)
  await drawer.getByLabel('Cost').fill('0.55')
  await drawer.getByRole('button', { name: 'Save changes' }).click()
  const refused = drawer.getByRole('alert')
  await expect(refused).toContainText('Somebody else changed this product since you opened it')
  expect((await stored()).price).toBe(item.price + 333)
  await refused.getByRole('button', { name: 'Show what is saved now' }).click()
  await expect(price).toHaveValue(text(item.price + 333))
  await drawer.getByLabel('Cost').fill('0.55')
  await drawer.getByRole('button', { name: 'Save changes' }).click()
  await expect(drawer).toBeHidden()
  expect(await stored()).toMatchObject({ price: item.price + 333, cost: 55 })
})

test('a form goes to what is wrong in it, and asks before a price that is far from the one before', async ({
  desk,
  items,
  server,
}) => {
  const [item, other] = [itemAt(items, 123), itemAt(items, 124)]
  await desk.goto(`/office/products?q=${item.barcode}`)
  await desk.getByRole('link', { name: item.name, exact: true }).click()
  const drawer = desk.getByRole('dialog', { name: item.name })
  const price = drawer.getByLabel('Price, GST included')
  const save = drawer.getByRole('button', { name: 'Save changes' })
  await price.fill('nothing')
  await save.click()
  await expect(price).toBeFocused()
  await price.fill((item.price / 100).toFixed(2))
  // Only the server knows that another has it.
  const sku = drawer.getByLabel('SKU')
  const before = await sku.inputValue()
  const [taken] = await server.sql<
    { sku: string }[]
  >`select sku from product where product_id = ${other.productId}`
  await sku.fill(taken?.sku ?? '')
  await save.click()
  await expect(sku).toBeFocused()
  await expect(sku).toHaveAttribute('aria-invalid', 'true')
  await sku.fill(before)

  await price.fill((item.price / 10).toFixed(2))
  await save.click()
  const question = desk.getByRole('dialog', { name: new RegExp(`^${item.name} for `) })
  await expect(question).toContainText(`It costs $${(item.price / 100).toFixed(2)} now.`)
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(question).toBeHidden()
  await expect(price).toHaveValue((item.price / 10).toFixed(2))
  await price.fill((item.price / 100).toFixed(2))
  await save.click()
  await expect(drawer).toBeHidden()
})

test('what was typed into the limits of a role is not left behind unasked', async ({ desk }) => {
  await desk.goto('/office/staff/roles')
  await desk.getByRole('link', { name: 'Cashier' }).click()
  const drawer = desk.getByRole('dialog', { name: 'Cashier' })
  await drawer.getByLabel('Highest open price').fill('50')
  await desk.keyboard.press('Escape')
  const question = desk.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(drawer.getByLabel('Highest open price')).toHaveValue('50')
  await desk.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard changes' }).click()
  await expect(drawer).toBeHidden()
})

test('a till whose answer was lost on the way is not made twice when it is added again', async ({
  desk,
  server,
}) => {
  await loseAnswer(desk, '**/api/office/tills')
  await desk.goto('/office/tills')
  await desk.getByRole('button', { name: 'New till' }).click()
  const form = desk.getByRole('dialog', { name: 'New till' })
  await form.getByLabel('Name').fill('Answer lost')
  await form.getByRole('button', { name: 'Add till' }).click()
  await expect(form.getByRole('alert')).toContainText('may have been done all the same')
  await form.getByRole('button', { name: 'Add till' }).click()
  await expect(desk.getByRole('dialog', { name: /^Answer lost/ })).toBeVisible()
  // Another of that name is not taken for it.
  await desk.keyboard.press('Escape')
  await desk.getByRole('button', { name: 'New till' }).click()
  await form.getByLabel('Name').fill('answer LOST')
  await form.getByRole('button', { name: 'Add till' }).click()
  await expect(
    form.getByText('is what another till of this outlet is called', { exact: false }),
  ).toBeVisible()
  await form.getByLabel('Name').fill('Answer lost no more')
  await form.getByRole('button', { name: 'Add till' }).click()
  await expect(desk.getByRole('dialog', { name: /^Answer lost no more/ })).toBeVisible()
  const rows = await server.sql`select 1 from till where name = 'Answer lost'`
  expect(rows).toHaveLength(1)
})

test('a till is added at the outlet that is shown, however late the outlets come', async ({
  desk,
  server,
}) => {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  await desk.route('**/api/office/outlets', async (route) => {
    await answered
    await route.fallback()
  })
  await desk.goto('/office/tills')
  await desk.getByRole('button', { name: 'New till' }).click()
  const form = desk.getByRole('dialog', { name: 'New till' })
  await form.getByLabel('Name').fill('Early till')
  answer()
  await form.getByRole('button', { name: 'Add till' }).click()
  await expect(desk.getByRole('dialog', { name: /^Early till/ })).toBeVisible()
  const [row] = await server.sql`
    delete from till where name = 'Early till'
    returning (select code from outlet where outlet_id = till.outlet_id) as outlet`
  expect(row).toEqual({ outlet: 'TB' })
})

test('a promotion whose answer was lost is not made twice either', async ({ desk, items, server }) => {
  const item = itemAt(items, 123)
  await loseAnswer(desk, '**/api/office/promotions')
  await desk.goto('/office/promotions/new')
  await desk.getByText('Any 3 for a price').click()
  await desk.getByLabel('How many pieces').fill('2')
  await desk.getByLabel('Price together').fill(((2 * item.price - 1) / 100).toFixed(2))
  await desk.getByRole('combobox', { name: 'Products' }).fill(item.name)
  await desk.getByRole('option', { name: item.name }).first().click()
  await desk.getByRole('textbox', { name: 'Name', exact: true }).fill('Answer lost')
  await desk.getByRole('button', { name: 'Add promotion' }).click()
  await expect(desk.getByRole('alert').filter({ hasText: 'may have been done all the same' })).toBeVisible()
  await desk.getByRole('button', { name: 'Add promotion' }).click()
  await expect(desk.getByRole('row').filter({ hasText: 'Answer lost' })).toHaveCount(1)
  const rows = await server.sql`
    update promotion set deleted_at = now() where name = 'Answer lost' returning 1`
  expect(rows).toHaveLength(1)
})

/** The first change that is asked for there is made, and its answer does not come back. */
async function loseAnswer(page: Page, url: string): Promise<void> {
  let lost = false
  await page.route(url, async (route) => {
    if (lost || route.request().method() !== 'POST') return route.fallback()
    lost = true
    await route.fetch()
    await route.abort()
  })
}
