import { test as base, type Page } from '@playwright/test'
import { OWNER, SUPERVISOR_PIN } from './demo-company.ts'
import type { Item } from './expectation.ts'
import { readItems } from './ledger.ts'
import { OfficeClient } from './office-client.ts'
import { ServerProcess } from './server-process.ts'
import { TillScreen } from './till-screen.ts'

/** A till that was enrolled for this test alone, with a supervisor signed in. */
export interface EnrolledTill {
  readonly screen: TillScreen
  readonly tillId: string
  readonly outletId: string
  readonly name: string
}

interface TestOptions {
  /** Whether tills ask for a shift before they sell. Most tests have no drawer to count. */
  worksByShifts: boolean
}

interface TestFixtures {
  till: EnrolledTill
  /** Head office in a browser of its own, with the owner signed in. */
  desk: Page
}

interface WorkerFixtures {
  /** One demo company for all tests of a worker. */
  server: ServerProcess
  office: OfficeClient
  items: Item[]
}

let tills = 0

export const test = base.extend<TestFixtures & TestOptions, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
    async ({}, use) => {
      const server = await ServerProcess.start()
      await server.sql`update company set works_by_shifts = false`
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  office: [async ({ server }, use) => use(await OfficeClient.signIn(server.url, OWNER)), { scope: 'worker' }],
  items: [async ({ server }, use) => use(await readItems(server.sql)), { scope: 'worker' }],
  baseURL: async ({ server }, use) => use(server.url),

  worksByShifts: [false, { option: true }],

  till: async ({ page, office, server, worksByShifts }, use) => {
    await server.sql`update company set works_by_shifts = ${worksByShifts}`
    const name = `Test till ${++tills}`
    const { enrolPath, ...ids } = await office.newTill(name)
    const screen = new TillScreen(page)
    await screen.enrol(enrolPath)
    await screen.signIn(SUPERVISOR_PIN)
    await use({ screen, name, ...ids })
  },

  desk: async ({ browser, server, office }, use) => {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } })
    await context.addCookies(office.cookies)
    await use(await context.newPage())
    await context.close()
  },
})

/**
 * For what goes on, or starts, without a network. No other test has a service worker: to put the whole app by takes
 * the machine longer than most tests do.
 */
export const offlineTest = test.extend({ serviceWorkers: 'allow' })

// biome-ignore lint/performance/noBarrelFile: a spec imports what it tests with from one place, as Playwright has it
export { expect } from '@playwright/test'
