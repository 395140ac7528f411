import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, type Item } from './expectation.ts'
import { expect, test } from './fixtures.ts'

/** For people to look at, when asked for. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === undefined) return
  const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({
        path: join(process.env.PICTURES, `${name}-${size}-${colorScheme}.png`),
        fullPage: true,
      })
    }
  }
  await page.setViewportSize(sizes.desk)
  await page.emulateMedia({ colorScheme: 'light' })
}

test('a promotion made at head office is what the till rings up, until it is ended there', async ({
  desk,
  page,
  till: { screen },
  items,
}) => {
  test.setTimeout(240_000)
  const [first, second] = [items[100], items[101]]
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  const ordinary = first.price + second.price
  const together = ordinary - 35
  /** No two of them cost more. */
  const dear = 2 * Math.max(first.price, second.price)
  const name = 'Two for the road'
  const choose = async (item: Item) => {
    await desk.getByRole('combobox', { name: 'Products' }).fill(item.name)
    await desk.getByRole('option', { name: item.name }).first().click()
  }
  const toPay = desk.getByRole('region', { name: 'At the till' }).getByRole('definition').first()

  await test.step('head office makes it, and is told what it comes to', async () => {
    await desk.goto('/office/promotions')
    await expect(desk.getByRole('row').filter({ hasText: 'Any 3 nuts for $6' })).toContainText('Running')
    await picture(desk, 'promotions')
    await desk.getByRole('link', { name: 'New promotion' }).click()
    await desk.getByText('Any 3 for a price').click()
    await desk.getByLabel('How many pieces').fill('2')
    await desk.getByLabel('Price together').fill((dear / 100).toFixed(2))
    await choose(first)
    await choose(second)
    await desk.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await desk.getByRole('button', { name: 'Add promotion' }).click()
    const question = desk.getByRole('dialog', { name: 'Save it all the same?' })
    await expect(question).toContainText('by the price tag anyway')
    await picture(desk, 'promotion-question')
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await desk.getByLabel('Price together').fill((together / 100).toFixed(2))
    await expect(toPay).toHaveText(dollars(together))
    await picture(desk, 'promotion-form')
    // A slow network and an impatient finger make one promotion.
    await desk.getByRole('textbox', { name: 'Name', exact: true }).fill(`${name} `)
    await desk.route('**/promotions/review', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue()
    })
    await desk.getByRole('button', { name: 'Add promotion' }).dblclick()
    await expect(desk.getByRole('row').filter({ hasText: name })).toContainText('Running')
    await expect(desk.getByRole('row').filter({ hasText: name })).toHaveCount(1)
    await desk.unroute('**/promotions/review')
  })

  const offer = page.getByRole('region', { name: 'Cart' }).getByText(name)
  const again = async () => {
    await page.reload()
    await screen.signIn(SUPERVISOR_PIN)
  }
  await test.step('the till rings it up at what head office was shown', async () => {
    await again()
    await screen.searchAndAdd(first)
    await expect(screen.line(first)).toBeVisible()
    await screen.searchAndAdd(second)
    await expect(offer).toHaveCount(2, { timeout: 90_000 })
    await expect(page.getByRole('button', { name: /^Pay/ })).toContainText(dollars(together))
  })

  await test.step('ended, it is off the tills and kept at head office', async () => {
    await desk.getByRole('link', { name }).click()
    await expect(toPay).toHaveText(dollars(together))
    await picture(desk, 'promotion-running')
    await desk.getByRole('button', { name: 'End now' }).click()
    await desk
      .getByRole('dialog')
      .getByRole('button', { name: `End ${name}` })
      .click()
    await expect(desk.getByRole('row').filter({ hasText: name })).toContainText('Ended')
    await again()
    await expect(offer).toHaveCount(0, { timeout: 90_000 })
    await expect(page.getByRole('button', { name: /^Pay/ })).toContainText(dollars(ordinary))
  })
})
