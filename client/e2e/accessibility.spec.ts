import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { examined, examineScreen } from './examine-screen.ts'
import { expect, test } from './fixtures.ts'
import { playScene } from './office-scene.ts'
import { walkOffice, walkScene } from './office-screens.ts'
import { walkTill } from './screens.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const SCHEMES = ['light', 'dark'] as const

/** Looks at the screen as it stands, in both sizes and themes, and notes what axe finds. */
async function check(name: string, page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of SCHEMES) {
      await switchTo(page, colorScheme)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target}\n  ${failureSummary}`),
      )
      expect.soft(found, `${name}, ${size.width} wide, ${colorScheme}`).toEqual([])
    }
  }
  await page.setViewportSize(SIZES[0] ?? { width: 1280, height: 800 })
}

/** The app follows the device's theme by itself; what changes with it may take a few frames. */
async function switchTo(page: Page, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    do await nextFrame()
    while (document.getAnimations().length > 0)
  })
}

test('axe finds nothing wrong with any screen of the till, in both themes and four languages', async ({
  page,
  office,
  items,
}) => {
  test.setTimeout(600_000)
  const { enrolPath } = await office.newTill('Till for everyone')
  await walkTill(page, { enrolPath, items }, (name, at) =>
    // The page for emergencies needs nothing of the app, and so none of its languages.
    examineScreen(name, at, name === 'till-rescue' ? { languages: ['en'] } : {}),
  )
  console.log(`axe looked ${examined.times} times, ${Math.round(examined.ms / examined.times)} ms each`)
})

test('axe finds nothing wrong with any page of head office', async ({ page, desk, till, items, server }) => {
  test.setTimeout(300_000)
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await till.screen.scan(item.barcode)
  await till.screen.setQuantity(item, 999)
  await till.screen.startPaying()
  await till.screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  // The next page takes this one's sync loop down, and a sale that has not left yet would wait with it.
  await expect(async () => {
    expect(await server.sql`select 1 from sale where till_id = ${till.tillId}`).toHaveLength(1)
  }).toPass()

  await page.goto('/office/sign-in')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await check('office-sign-in', page)
  await walkOffice(desk, check)
})

test('axe finds nothing wrong with what head office shows of shifts, refunds and held entries', async ({
  desk,
  items,
  server,
  office,
}) => {
  test.setTimeout(300_000)
  await walkScene(desk, await playScene({ server, office, items }), check)
})
