import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expect } from '@playwright/test'
import { launchTill } from '../browser.ts'
import build from '../build.ts'
import { OWNER, SUPERVISOR_PIN } from '../demo-company.ts'
import { readItems } from '../ledger.ts'
import { OfficeClient } from '../office-client.ts'
import { ServerProcess } from '../server-process.ts'
import { TillScreen } from '../till-screen.ts'
import { fillJournal } from './fill-journal.ts'
import { checkFile, importFile, saveFile } from './rescued-file.ts'

/*
 * node --import tsx client/e2e/drills/rescue.ts [--entries 100000] [--throttle 1] [--import]
 *
 * A till in Chromium that sold offline for months saves its journal to a file from the health page. Printed: how long
 * it took, how long the page could not answer a tap, memory, the size of the file; and whether all entries are in it.
 */

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '100000' },
    throttle: { type: 'string', default: '1' },
    import: { type: 'boolean', default: false },
  },
})
const entries = Number(values.entries)
const throttle = Number(values.throttle)

build()
const server = await ServerProcess.start()
const profile = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
try {
  const office = await OfficeClient.signIn(server.url, OWNER)
  const items = await readItems(server.sql)
  const { enrolPath } = await office.newTill('Months offline')
  const context = await launchTill(profile, server.url, { baseURL: server.url, acceptDownloads: true })
  const page = context.pages()[0] ?? (await context.newPage())
  const till = new TillScreen(page)
  await till.enrol(enrolPath)
  await till.signIn(SUPERVISOR_PIN)
  await till.readyForOffline()
  await context.setOffline(true)

  // One real sale, of the four or five lines a basket has; the others are made after it.
  for (const item of items.slice(10, 14)) await till.scan(item.barcode)
  await till.startPaying()
  await till.take('CASH', 100_00)
  await till.newSale()
  console.log(`filling the journal with ${entries} entries`)
  await fillJournal(page, entries)
  await page.reload()
  const reloaded = Date.now()
  // The browser is still putting in order what was written so fast.
  await till.signIn(SUPERVISOR_PIN).catch(() => expect(till.search).toBeVisible({ timeout: 60_000 }))
  console.log(`signed in ${Date.now() - reloaded} ms after a cold start`)

  const saved = await saveFile(page, { entries, throttle })
  console.log(`throttle      ${throttle} ×`)
  for (const [name, value] of Object.entries(saved.figures)) console.log(`${name.padEnd(34)} ${value}`)
  const wrong = await checkFile(saved.path, entries)
  console.log(wrong ?? `all ${entries} entries are in the file, each under its hash, the chain whole`)
  process.exitCode = wrong === undefined ? 0 : 1
  if (values.import) console.log(await importFile(office, server.url, saved.path))
  await context.close()
} finally {
  await server.stop()
  await rm(profile, { recursive: true, force: true })
}
