import type { Page } from '@playwright/test'
import { asked, lookAt } from './axe.ts'
import { examineScreen } from './examine-screen.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { expectAllSent } from './journal.ts'
import { playScene } from './office-scene.ts'
import { walkOffice, walkScene } from './office-screens.ts'
import { walkTill } from './screens.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]
const check = (name: string, page: Page) => lookAt(page, name, SIZES)

offlineTest(
  'axe finds nothing wrong with any screen of the till, in both themes and four languages',
  async ({ page, office, items }) => {
    test.setTimeout(1_200_000)
    const { enrolPath } = await office.newTill('Till for everyone')
    await walkTill(page, { enrolPath, items }, (name, at) =>
      // The page for emergencies has words of its own, and none of the app to change its language by.
      examineScreen(name, at, name === 'till-rescue' ? { languages: ['en'] } : {}),
    )
    for (const [rules, { times, ms }] of Object.entries(asked))
      console.log(`axe was asked ${rules} ${times} times, ${Math.round(ms / Math.max(1, times))} ms each`)
  },
)

test('axe finds nothing wrong with any page of head office', async ({ page, desk, till, items }) => {
  test.setTimeout(600_000)
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await till.screen.scan(item.barcode)
  await till.screen.setQuantity(item, 999)
  await till.screen.startPaying()
  await till.screen.take('CARD')
  await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  // The next page takes this one's sync loop down, and a sale that has not left yet would wait with it.
  await expectAllSent(page, 1)

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
  test.setTimeout(600_000)
  await walkScene(desk, await playScene({ server, office, items }), check)
})
