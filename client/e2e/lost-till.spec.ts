import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { launchTill } from './browser.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { TillScreen } from './till-screen.ts'

test('a browser whose database is gone says which till it was and what had not been sent, and can be it again', async ({
  server,
  office,
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
  let context: BrowserContext | undefined
  const open = async () => {
    context = await launchTill(profile, server.url)
    return { context, till: new TillScreen(context.pages()[0] ?? (await context.newPage())) }
  }
  try {
    const { enrolPath } = await office.newTill('Lost till')
    const before = await open()
    await before.till.enrol(`${server.url}${enrolPath}`)
    await before.till.readyForOffline()
    await before.till.signIn(SUPERVISOR_PIN)
    await before.context.setOffline(true)
    await before.till.scan(item.barcode)
    await before.till.startPaying()
    await before.till.take('CASH')
    const saved = before.till.page.getByText(/Receipt \S+ is saved on this till/)
    const receiptNo = (await saved.textContent())?.match(/Receipt (\S+) is saved/)?.[1] ?? ''
    await expect
      .poll(() => before.till.page.evaluate(() => localStorage.getItem('evertill-till')))
      .toContain(receiptNo)
    await before.context.close()

    await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true })
    const { till } = await open()
    const { page } = till
    await page.goto(server.url)
    await expect(page.getByRole('heading', { name: 'This browser has lost its till' })).toBeVisible()
    await expect(page.getByRole('alert')).toContainText('1 entry had not been sent')
    await expect(page.getByText(receiptNo)).toBeVisible()
    await expect(page.getByText(/Lost till \(/)).toBeVisible()

    const again = await office.newTill('Its successor')
    await till.enrol(`${server.url}${again.enrolPath}`)
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem('evertill-till')))
      .toContain('Its successor')
  } finally {
    await context?.close()
    await rm(profile, { recursive: true, force: true })
  }
})
