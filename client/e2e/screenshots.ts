import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { allowPersistence, browserLaunchOptions } from './browser.ts'
import { OWNER, SUPERVISOR_PIN } from './demo-company.ts'
import { expectSale } from './expectation.ts'
import { readCustomers, readItems } from './ledger.ts'
import { OfficeClient } from './office-client.ts'
import { playScene } from './office-scene.ts'
import { walkOffice, walkScene } from './office-screens.ts'
import { twentySales } from './planned-sales.ts'
import { DESK, openShift, PHONE, pictureTill } from './readme-pictures.ts'
import { type Visit, walkTill } from './screens.ts'
import { ServerProcess } from './server-process.ts'
import { TillScreen } from './till-screen.ts'

/*
 * Pictures of every screen, for people to look at:
 *
 *   npx tsx client/e2e/screenshots.ts [folder]     in both sizes and themes
 *   npx tsx client/e2e/screenshots.ts --readme     those of the README and docs/till.md, into docs/images
 *
 * The client must have been built (npm start does it).
 */

const SIZES = { desk: DESK, phone: PHONE } as const
const README_IMAGES = resolve(import.meta.dirname, '../../docs/images')

const [argument] = process.argv.slice(2)
const forReadme = argument === '--readme'
const folder = forReadme ? README_IMAGES : (argument ?? join(tmpdir(), 'evertill-screens'))
await mkdir(folder, { recursive: true })

const server = await ServerProcess.start()
const browser = await chromium.launch(await browserLaunchOptions())
try {
  const office = await OfficeClient.signIn(server.url, OWNER)
  const items = await readItems(server.sql)
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: SIZES.desk,
      reducedMotion: 'reduce',
      locale: 'en-SG',
    })
    await context.addCookies(office.cookies)
    return context.newPage()
  }

  // A morning's trade, so that there is something to see.
  const selling = await open()
  await allowPersistence(selling.context(), server.url)
  const till = new TillScreen(selling)
  await till.enrol((await office.newTill('Counter 3')).enrolPath)
  await till.signIn(SUPERVISOR_PIN)
  if (forReadme) await openShift(till)
  for (const { sale, ways } of twentySales(items, await readCustomers(server.sql)))
    await till.ringUp(sale, expectSale(sale), ways)
  const [common] = items
  if (common === undefined) throw new Error('the demo company has nothing to sell')
  await till.scan(common.barcode)
  await till.setQuantity(common, 600)
  await till.startPaying()
  await till.take('CARD')
  await selling.getByRole('heading', { name: /^Paid/ }).waitFor()
  await till.newSale()

  if (forReadme) await pictureForReadme(till, await open())
  else {
    const { enrolPath } = await office.newTill('Counter 4')
    await walkTill(await open(), { enrolPath, items }, everyWay)
    const stranger = await browser.newPage({ baseURL: server.url })
    await stranger.goto('/office/sign-in')
    await stranger.getByRole('button', { name: 'Sign in' }).waitFor()
    await everyWay('office-sign-in', stranger)
    const scene = await playScene({ server, office, items })
    await walkOffice(await open(), everyWay)
    await walkScene(await open(), scene, everyWay)
  }
  console.log(`Pictures are in ${folder}`)

  async function pictureForReadme(till: TillScreen, desk: Page): Promise<void> {
    const [customer] = await readCustomers(server.sql)
    if (customer === undefined) throw new Error('the demo company has no customers')
    await pictureTill(till, items, customer, async (name) => {
      await till.page.screenshot({ path: join(folder, `${name}.png`) })
    })
    await desk.goto('/office')
    await desk.getByRole('heading', { name: 'By outlet' }).waitFor()
    await desk.getByRole('region', { name: 'Sales by hour' }).locator('svg').first().waitFor()
    await desk.screenshot({ path: join(folder, 'office-today.png') })
  }
} finally {
  await browser.close()
  await server.stop()
}

async function everyWay(...[name, page]: Parameters<Visit>): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
    }
  }
  await page.setViewportSize(SIZES.desk)
}
