import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { killBrowser, launchTill } from './browser.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'
import { TillScreen } from './till-screen.ts'

/** The logs of Chromium's LevelDB, oldest first. */
async function logsOf(profile: string): Promise<string[]> {
  const databases = join(profile, 'Default', 'IndexedDB')
  const [database = ''] = await readdir(databases)
  const files = await readdir(join(databases, database))
  return files
    .filter((file) => /^\d+\.log$/.test(file))
    .sort()
    .map((file) => join(databases, database, file))
}

test('a write that a crash has cut in two costs the till no sale, however often it crashes again', async ({
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
    const { enrolPath } = await office.newTill('Torn log')
    const first = await open()
    let { till } = first
    await till.enrol(`${server.url}${enrolPath}`)
    await till.readyForOffline()
    await till.signIn(SUPERVISOR_PIN)
    await first.context.setOffline(true)
    await till.scan(item.barcode)
    await till.startPaying()
    await till.take('CASH')
    await till.page.getByText(/Receipt \S+ is saved on this till/).waitFor()
    // What is written after a sale, such as the sale that is open now, is not what is looked for here.
    await till.page.waitForTimeout(500)
    await killBrowser(first.context)

    const torn = (await logsOf(profile)).at(-1) ?? ''
    await truncate(torn, (await stat(torn)).size - 1)
    for (let crash = 0; crash < 2; crash++) {
      const opened = await open()
      till = opened.till
      await till.page.goto(server.url)
      await till.expectSignIn()
      expect(await readJournal(till.page)).toHaveLength(1)
      // Only then is the torn log no longer read.
      if (crash === 0) await expect.poll(() => logsOf(profile)).not.toContain(torn)
      await till.signIn(SUPERVISOR_PIN)
      await killBrowser(opened.context)
    }
    till = (await open()).till
    await till.page.goto(server.url)
    await till.expectSignIn()
    expect(await readJournal(till.page)).toHaveLength(1)
  } finally {
    // One that was killed is closed already.
    await context?.close()
    await rm(profile, { recursive: true, force: true })
  }
})
