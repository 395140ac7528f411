import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import { TillScreen } from './till-screen.ts'

const TOTE = { name: 'Kopi & Co Tote Bag', variant: 'Kopi & Co Tote Bag, natural, L' }

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const look = (page: Page, name: string) => lookAt(page, name, SIZES)

test('variants of one name are one tile that asks which; the one chosen is rung up', async ({
  till: { screen },
}) => {
  test.setTimeout(240_000)
  const { page } = screen
  await page.getByRole('tab', { name: 'Household' }).click()
  const tile = page.getByRole('tabpanel').getByRole('button', { name: TOTE.name })
  // Once the list is the index's, the four are one.
  await expect(tile).toHaveCount(1)
  await expect(tile).toContainText('from $18.00')
  await look(page, 'shelf-variants')
  await tile.click()
  const dialog = page.getByRole('dialog', { name: TOTE.name })
  await expect(dialog.getByRole('button', { name: /\$/ })).toHaveCount(4)
  await look(page, 'choose-variant')
  // By the keyboard: the first has the focus, the arrows go on.
  await expect(dialog.getByRole('button', { name: /\$/ }).first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('button', { name: 'Natural · L' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: `Quantity of ${TOTE.variant}: 1` })).toBeVisible()
  await screen.startPaying()
  await screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const [sale] = await readJournal(page)
  expect(JSON.parse(sale?.raw ?? '').body.lines).toMatchObject([{ sku: 'TOTE-NAT-L', unitPrice: 1950 }])
})

test('favourites of the shop are a first tab; all tiles are one stop of the Tab key', async ({
  till: { screen },
}) => {
  test.setTimeout(240_000)
  const { page } = screen
  const tabs = page.getByRole('tablist', { name: 'Categories' }).getByRole('tab')
  await expect(tabs.first()).toHaveText('Favourites')
  await tabs.first().click()
  const tiles = page.getByRole('tabpanel').getByRole('button')
  await expect(tiles.filter({ hasText: 'Cavendish Bananas' })).toBeVisible()
  await expect(tiles).toHaveCount(4)
  await look(page, 'favourites')

  await tabs.first().focus()
  await page.keyboard.press('Tab')
  await expect(tiles.nth(0)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(tiles.nth(2)).toBeFocused()
  await page.keyboard.press('End')
  await expect(tiles.nth(3)).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('tabpanel').locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(tiles.nth(3)).toBeFocused()

  // Far down a long list, where tiles come and go.
  await page.getByRole('tab', { name: 'All' }).click()
  await expect(tiles.nth(4)).toBeVisible()
  await page.keyboard.press('Tab')
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('tabpanel').locator('button:focus')).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(tiles.first()).toBeFocused()
})

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=='

test('a picture stands on its tile, and its colour where the picture does not come', async ({
  page,
  office,
  server,
}) => {
  const PIXEL = `data:image/png;base64,${PNG}`
  await server.sql`update product set picture = ${PIXEL} where sku = 'HOT-001'`
  await server.sql`update product set picture = 'https://pictures.invalid/none.jpg' where sku = 'HOT-002'`
  await page.route('https://pictures.invalid/**', (route) => route.abort())
  const screen = new TillScreen(page)
  await screen.enrol((await office.newTill('Picture till')).enrolPath)
  await screen.signIn(SUPERVISOR_PIN)
  await page.getByRole('tab', { name: 'Favourites' }).click()
  const tiles = page.getByRole('tabpanel').getByRole('button')
  await expect(tiles.filter({ hasText: /^\S*Kopi\$/ }).locator('img')).toHaveCount(1)
  await expect(tiles.filter({ hasText: 'Kopi-O' }).locator('img')).toHaveCount(0)
  await server.sql`update product set picture = null where sku in ('HOT-001', 'HOT-002')`
})

offlineTest(
  'a picture from elsewhere is shown, and kept for when nothing comes from there',
  async ({ page, context, office, server }) => {
    const address = 'https://pictures.test/kopi.png'
    await server.sql`update product set picture = ${address} where sku = 'HOT-001'`
    let asked = 0
    await context.route(address, (route) => {
      asked += 1
      const headers = { 'access-control-allow-origin': '*' }
      return route.fulfill({ body: Buffer.from(PNG, 'base64'), contentType: 'image/png', headers })
    })
    const screen = new TillScreen(page)
    await screen.enrol((await office.newTill('Picture shop')).enrolPath)
    await screen.readyForOffline()
    await screen.signIn(SUPERVISOR_PIN)
    const tile = page.getByRole('tabpanel').getByRole('button', { name: /^Kopi\b/ })
    const isDrawn = () => tile.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth > 0)
    await page.getByRole('tab', { name: 'Favourites' }).click()
    await expect.poll(isDrawn).toBe(true)
    await context.unroute(address)
    await context.route(address, (route) => route.abort())
    await page.reload()
    await screen.signIn(SUPERVISOR_PIN)
    await page.getByRole('tab', { name: 'Favourites' }).click()
    await expect.poll(isDrawn).toBe(true)
    expect(asked).toBe(1)
    await server.sql`update product set picture = null where sku = 'HOT-001'`
  },
)

test('the scanner’s page shows what is read, and remembers how the scanner was set', async ({
  till: { screen },
  items,
}) => {
  test.setTimeout(240_000)
  const { page } = screen
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.goTo('Scanner')
  await expect(page.getByRole('heading', { name: 'Scanner' })).toBeVisible()
  await screen.scan(item.barcode)
  await expect(page.getByRole('status').filter({ hasText: item.barcode })).toBeVisible()
  await page.getByLabel('Key before every code').press('F7')
  await page.getByText('Tab', { exact: true }).click()
  await look(page, 'scanner')
  await page.reload()
  await screen.signIn(SUPERVISOR_PIN, { landing: page.getByRole('heading', { name: 'Scanner' }) })
  await expect(page.getByLabel('Key before every code')).toHaveValue('F7')
  await screen.keysAt(Date.now() - 1000, ['F7', 'A', '.', '1', 'Tab'], 200)
  await expect(page.getByRole('status').filter({ hasText: 'A.1' })).toBeVisible()
})
