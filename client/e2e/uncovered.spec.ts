import type { Locator, Page } from '@playwright/test'
import { CASHIER_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'

test.use({ worksByShifts: true })

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]

async function prefer(page: Page, preferences: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((till) => {
    const key = 'evertill-preferences'
    localStorage.setItem(key, JSON.stringify({ till }))
    window.dispatchEvent(new StorageEvent('storage', { key }))
  }, preferences)
  for (const [name, value] of Object.entries(preferences))
    await expect(page.locator('html')).toHaveAttribute(`data-${name}`, value)
}

/** Which of the buttons there a finger would not find: something lies over them, or they lie off the screen. */
const covered = (place: Locator) =>
  place.getByRole('button').evaluateAll((buttons) =>
    buttons
      .filter((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect()
        const inset = 5
        return [left + inset, (left + right) / 2, right - inset].some((x) =>
          [top + inset, (top + bottom) / 2, bottom - inset].some(
            (y) => !button.contains(document.elementFromPoint(x, y)),
          ),
        )
      })
      .map((button) => button.getAttribute('aria-label') ?? button.textContent),
  )

test('that no shift is open is said where it covers nothing and moves no tile, for both hands', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const notice = page.getByRole('status').filter({ hasText: 'No shift is open' })
  const products = page.getByRole('tabpanel', { name: 'Products' })
  const firstTile = products.getByRole('button').first()
  await page.getByRole('tab', { name: 'All' }).click()
  for (const size of SIZES)
    for (const hand of ['right', 'left']) {
      await page.setViewportSize(size)
      await prefer(page, { hand })
      await expect(notice).toBeVisible()
      await expect(firstTile).toBeVisible()
      const bar = page.locator('[class*=barCart]').locator('..')
      const place = size.width < 768 ? bar : page.getByRole('region', { name: 'Cart' })
      await expect.poll(() => covered(place)).toEqual([])
      await expect.poll(() => covered(notice)).toEqual([])
      const [list, said] = [await products.boundingBox(), await notice.boundingBox()]
      if (list === null || said === null) throw new Error('they are not laid out')
      expect(list.y + list.height).toBeLessThanOrEqual(said.y)
    }

  await page.setViewportSize({ width: 1280, height: 800 })
  const before = await firstTile.boundingBox()
  await screen.scan(item.barcode)
  await expect(screen.line(item)).toBeVisible()
  await expect(notice).toBeHidden()
  expect(await firstTile.boundingBox()).toEqual(before)
  await page.getByRole('button', { name: 'Empty', exact: true }).click()
  await expect(notice).toBeVisible()

  // Called off it stays away, on the way to another page and back too.
  await notice.getByRole('button', { name: 'Later' }).click()
  await expect(notice).toBeHidden()
  await screen.goTo('Receipts')
  await expect(page.getByRole('heading', { name: 'Receipts' })).toBeVisible()
  await screen.goTo('Sell')
  await expect(firstTile).toBeVisible()
  await expect(notice).toBeHidden()
})

test('all keys for the amount of a gift card can be pressed, in training too', async ({
  page,
  till: { screen },
}) => {
  const panel = page.getByRole('main', { name: 'Gift cards and vouchers' })
  const look = async () => {
    await screen.goTo('Gift cards and vouchers')
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await expect(panel.getByRole('button', { name: 'Type the amount' })).toBeVisible()
      await expect.poll(() => covered(panel), JSON.stringify(size)).toEqual([])
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  await look()
  await screen.goTo('Training…')
  await page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click()
  await expect(page.getByRole('region', { name: 'Training' })).toBeVisible()
  await screen.signIn(CASHIER_PIN)
  await look()
})
