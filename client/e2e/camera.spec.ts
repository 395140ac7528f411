import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { browserLaunchOptions } from './browser.ts'
import { ean13, qrCode, writeFilm } from './camera-film.ts'
import { dollars, type Item } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readQr } from './qr-reading.ts'

const film = join(tmpdir(), `evertill-counter-${process.pid}.y4m`)
const launch = await browserLaunchOptions()

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  launchOptions: {
    ...launch,
    args: [
      ...(launch.args ?? []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  },
})

test.afterAll(() => rm(film, { force: true }))

const twoOf = (items: readonly Item[]): [Item, Item] => {
  const [first, second] = items.filter(({ barcode }) => /^\d{13}$/.test(barcode))
  if (first === undefined || second === undefined) throw new Error('the demo company has no barcodes')
  return [first, second]
}

const quantity = (page: Page, { name }: Item, pieces: number) =>
  page.getByRole('button', { name: `Quantity of ${name}: ${pieces}`, exact: true })

async function expectNothingWrong(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
}

test('goods held before a phone’s camera are rung up, offline, once each until they come back', async ({
  till: { screen },
  items,
}) => {
  test.setTimeout(180_000)
  const { page } = screen
  const [bars, square] = twoOf(items)
  writeFilm(film, [
    {
      seconds: 4,
      codes: [
        { modules: ean13(bars.barcode, 70), scale: 2, x: 120, y: 110 },
        { modules: qrCode(square.barcode), scale: 5, x: 360, y: 110 },
      ],
    },
    { seconds: 4, codes: [] },
  ])
  await screen.readyForOffline()
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  const camera = page.getByRole('main', { name: 'Camera' })
  await expect(quantity(page, bars, 1)).toBeVisible({ timeout: 60_000 })
  await expect(quantity(page, square, 1)).toBeVisible()

  await test.step('out of the picture and in again is another one', async () => {
    await expect(quantity(page, bars, 2)).toBeVisible({ timeout: 30_000 })
    await expect(quantity(page, square, 2)).toBeVisible()
  })

  await test.step('one more of the last by a tap', async () => {
    const before = await page.getByRole('button', { name: /^Pay\s/ }).textContent()
    await camera
      .getByRole('button', { name: /^One more/ })
      .filter({ hasText: '+1' })
      .click()
    await expect(page.getByRole('button', { name: /^Pay\s/ })).not.toHaveText(before ?? '')
  })

  await test.step('axe finds nothing wrong with it', () => expectNothingWrong(page))

  await test.step('the camera stops when it is left, and comes back with the next sale', async () => {
    const tracks = () =>
      page.evaluate(() => {
        const stream = document.querySelector('video')?.srcObject
        return stream instanceof MediaStream ? stream.getTracks().map(({ readyState }) => readyState) : []
      })
    expect(await tracks()).toEqual(['live'])
    const held = await page.evaluateHandle(() => document.querySelector('video')?.srcObject)
    await screen.startPaying()
    expect(
      await held.evaluate((stream) => stream instanceof MediaStream && stream.getTracks()[0]?.readyState),
    ).toBe('ended')
    await screen.take('CARD')
    await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
    await page.getByRole('button', { name: 'New sale' }).click()
    await expect(camera).toBeVisible()
    await expect(quantity(page, bars, 1)).toBeVisible({ timeout: 30_000 })
    await camera.getByRole('button', { name: 'Close the camera' }).click()
    await expect(screen.search).toBeVisible()
    await expect(camera).toBeHidden()
  })
})

test('a camera that nobody allows says so and how to go on, and Escape goes back', async ({
  till: { screen },
}) => {
  const { page } = screen
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The camera is not allowed' })).toBeVisible()
  await expectNothingWrong(page)
  await page.getByRole('button', { name: 'Search instead' }).click()
  await expect(screen.search).toBeVisible()
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(screen.search).toBeVisible()
})

test('a customer’s phone reads the whole receipt off the till', async ({ till: { screen }, items }) => {
  const { page } = screen
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await screen.searchAndAdd(item)
  await screen.startPaying()
  await screen.take('CARD')
  await page.getByRole('button', { name: 'Show as QR' }).click()
  const dialog = page.getByRole('dialog', { name: 'Receipt as a QR code' })
  await expect(dialog).toContainText('the whole receipt')
  await expectNothingWrong(page)
  const text = await readQr(dialog.getByRole('img', { name: /^QR code of receipt/ }))
  expect(text).toContain(item.name)
  expect(text).toContain(`Total: ${dollars(item.price)}`)
  expect(text).toMatch(/Receipt: [A-Z]+-\w+-\d{6}/)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
})
