import type { Page } from '@playwright/test'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { expect, offlineTest, test } from './fixtures.ts'

const html = (page: Page) => page.locator('html')
const signIn = async (page: Page, pin: string) => {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
  await page
    .locator('main button')
    .filter({ hasText: /^(Sign in|登录|Log masuk|உள்நுழை)$/ })
    .click()
  await expect(page.getByRole('searchbox')).toBeVisible()
}
/** By where they stand: their names are in whatever language it is. */
const openMenu = (page: Page) => page.getByRole('banner').getByRole('button').last().click()

offlineTest(
  'each cashier has a language, which stays theirs on this till, offline too',
  async ({ page, till }) => {
    await openMenu(page)
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.getByRole('heading', { name: '请输入 PIN 码' })).toBeVisible()
    await expect(html(page)).toHaveAttribute('lang', 'zh-SG')

    await signIn(page, SUPERVISOR_PIN)
    await expect(page.getByRole('searchbox', { name: '搜索或扫描' })).toBeVisible()
    await openMenu(page)
    await page.getByRole('menuitem', { name: '我的设置' }).click()
    await page.getByRole('radio', { name: 'தமிழ்' }).check()
    await expect(page.getByRole('dialog', { name: 'என் அமைப்புகள்' })).toBeVisible()
    await expect(html(page)).toHaveAttribute('lang', 'ta-SG')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('searchbox', { name: 'தேடு அல்லது ஸ்கேன் செய்' })).toBeVisible()

    await till.screen.readyForOffline()
    await page.context().setOffline(true)
    await page.reload()
    await expect(page.getByRole('heading', { name: '请输入 PIN 码' })).toBeVisible()
    await signIn(page, CASHIER_PIN)
    await expect(html(page)).toHaveAttribute('lang', 'zh-SG')
    await openMenu(page)
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await signIn(page, SUPERVISOR_PIN)
    await expect(page.getByRole('searchbox', { name: 'தேடு அல்லது ஸ்கேன் செய்' })).toBeVisible()
    await expect(html(page)).toHaveAttribute('lang', 'ta-SG')
    await page.context().setOffline(false)
  },
)

test('theme, text size, hand and sounds are each cashier’s own', async ({ page, till, items }) => {
  await page.evaluate(() => {
    const heard = { tones: 0 }
    Object.assign(globalThis, { heard })
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (this: OscillatorNode, at?: number) {
      heard.tones += 1
      start.call(this, at)
    }
  })
  const tones = () => page.evaluate(() => (globalThis as unknown as { heard: { tones: number } }).heard.tones)
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await till.screen.scan(item.barcode)
  await expect.poll(tones).toBe(1)

  const cart = page.getByRole('region', { name: 'Cart' })
  const search = page.getByRole('searchbox')
  const leftOf = async (what: typeof cart) => (await what.boundingBox())?.x ?? Number.NaN
  const cartIsRight = async () => (await leftOf(cart)) > (await leftOf(search))
  await expect.poll(cartIsRight).toBe(true)

  await openMenu(page)
  await page.getByRole('menuitem', { name: 'My settings' }).click()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await page.getByRole('radio', { name: 'Largest' }).check()
  await page.getByRole('radio', { name: 'On the left' }).check()
  await page.getByRole('radio', { name: 'Off' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(html(page)).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(html(page)).toHaveCSS('font-size', '20px')
  await expect.poll(cartIsRight).toBe(false)
  await till.screen.scan(item.barcode)
  await expect(cart.getByRole('listitem')).toHaveCount(1)
  await expect(cart).toContainText('2 items')
  expect(await tones()).toBe(1)

  await openMenu(page)
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(html(page)).toHaveCSS('font-size', '16px')
  await till.screen.signIn(CASHIER_PIN)
  await expect(html(page)).toHaveAttribute('data-mantine-color-scheme', 'light')
  await expect.poll(cartIsRight).toBe(true)
})

test('a screen reader is told of lines, the total and the change', async ({ page, till, items }) => {
  const [first] = items
  if (first === undefined) throw new Error('the demo company has nothing to sell')
  const said = page.locator('[data-announcer]')
  await till.screen.scan(first.barcode)
  await expect(said).toHaveText(new RegExp(`^1 × ${first.name}\\. Total \\$`))
  await till.screen.scan(first.barcode)
  await expect(said).toHaveText(new RegExp(`^2 × ${first.name}\\. Total \\$`))
  await till.screen.startPaying()
  await till.screen.take('CASH', 100_00)
  await expect(said).toHaveText(/^Paid \$.+ Change \$/)
})
