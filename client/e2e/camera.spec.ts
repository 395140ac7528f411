import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { lookAt } from './axe.ts'
import { browserLaunchOptions } from './browser.ts'
import { ean13, qrCode, writeFilm } from './camera-film.ts'
import { dollars, type Item } from './expectation.ts'
import { expect, offlineTest, test } from './fixtures.ts'
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

/** As long as it is away again. */
const SHOWN_S = 4

test.afterAll(() => rm(film, { force: true }))

const twoOf = (items: readonly Item[]): [Item, Item] => {
  const [first, second] = items.filter(({ barcode }) => /^\d{13}$/.test(barcode))
  if (first === undefined || second === undefined) throw new Error('the demo company has no barcodes')
  return [first, second]
}

/** How many of it are in the cart. */
async function piecesOf(page: Page, { name }: Item): Promise<number> {
  const labels = await page
    .getByRole('button', { name: `Quantity of ${name}: ` })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''))
  return Number(/\d+$/.exec(labels[0] ?? '')?.[0] ?? 0)
}
const expectAtLeast = (page: Page, item: Item, pieces: number) =>
  expect.poll(() => piecesOf(page, item), { timeout: 90_000 }).toBeGreaterThanOrEqual(pieces)

offlineTest(
  'goods held before a phone’s camera are rung up, offline, once each until they come back',
  async ({ till: { screen }, items }) => {
    test.setTimeout(240_000)
    const { page } = screen
    const [bars, square] = twoOf(items)
    writeFilm(film, [
      {
        seconds: SHOWN_S,
        codes: [
          { modules: ean13(bars.barcode, 70), scale: 2, x: 120, y: 110 },
          { modules: qrCode(square.barcode), scale: 5, x: 360, y: 110 },
        ],
      },
      { seconds: SHOWN_S, codes: [] },
    ])
    await screen.readyForOffline()
    await page.context().setOffline(true)
    const begun = Date.now()
    await page.getByRole('button', { name: 'Scan with the camera' }).click()
    const camera = page.getByRole('main', { name: 'Camera' })
    for (const item of [bars, square]) await expectAtLeast(page, item, 1)

    await test.step('out of the picture and in again is another one, and each time no more than one', async () => {
      for (const item of [bars, square]) {
        await expectAtLeast(page, item, 2)
        const pieces = await piecesOf(page, item)
        // The film may have begun anywhere.
        expect(pieces).toBeLessThanOrEqual(2 + (Date.now() - begun) / (2 * SHOWN_S * 1000))
      }
    })

    await test.step('one more of the last by a tap', async () => {
      const before = await page.getByRole('button', { name: /^Pay\s/ }).textContent()
      await camera
        .getByRole('button', { name: /^One more/ })
        .filter({ hasText: '+1' })
        .click()
      await expect(page.getByRole('button', { name: /^Pay\s/ })).not.toHaveText(before ?? '')
    })

    await test.step('axe finds nothing wrong with it', () => lookAt(page, 'camera'))

    await test.step('the camera stops when it is left, and comes back with the next sale', async () => {
      const tracks = () =>
        page.evaluate(() => {
          const stream = document.querySelector('video')?.srcObject
          return stream instanceof MediaStream ? stream.getTracks().map(({ readyState }) => readyState) : []
        })
      await expect.poll(tracks).toEqual(['live'])
      const held = await page.evaluateHandle(() => document.querySelector('video')?.srcObject)
      await screen.startPaying()
      await expect
        .poll(() =>
          held.evaluate((stream) => stream instanceof MediaStream && stream.getTracks()[0]?.readyState),
        )
        .toBe('ended')
      await screen.take('CARD')
      await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
      await page.getByRole('button', { name: 'New sale' }).click()
      await expect(camera).toBeVisible()
      await expectAtLeast(page, bars, 1)
      await camera.getByRole('button', { name: 'Close the camera' }).click()
      await expect(screen.search).toBeVisible()
      await expect(camera).toBeHidden()
    })
  },
)

test('a camera that nobody allows says so and how to go on, and Escape goes back', async ({
  till: { screen },
}) => {
  const { page } = screen
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'The camera is not allowed' })).toBeVisible()
  await lookAt(page, 'camera-not-allowed')
  await page.getByRole('button', { name: 'Search instead' }).click()
  await expect(screen.search).toBeVisible()
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(screen.search).toBeVisible()
})

test('a camera whose decoder does not load says so and how to go on', async ({ till: { screen } }) => {
  writeFilm(film, [{ seconds: 1, codes: [] }])
  const { page } = screen
  await page.route(/decoding-worker/, (route) => route.abort())
  await page.getByRole('button', { name: 'Scan with the camera' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'cannot read barcodes now' })).toBeVisible()
  await page.unroute(/decoding-worker/)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Hold a barcode before the camera')).toBeVisible()
  await page.getByRole('button', { name: 'Close the camera' }).click()
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
  await lookAt(page, 'receipt-qr')
  const text = await readQr(dialog.getByRole('img', { name: /^QR code of receipt/ }))
  expect(text).toContain(item.name)
  expect(text).toContain(`Total: ${dollars(item.price)}`)
  expect(text).toMatch(/Receipt: [A-Z]+-\w+-\d{6}/)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
})
