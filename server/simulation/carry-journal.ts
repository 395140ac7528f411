import { readTill } from '../../client/src/store/till.ts'
import { makeRescueFile } from '../../client/src/sync/rescue-file.ts'
import type { Page } from './browser.ts'
import type { Office } from './office.ts'
import { NOBODY, type World } from './world.ts'

/** A person saves a till's journal as a file and carries it to head office, while the till goes on sending it. */
export async function carryJournal(
  world: World,
  page: Page,
  office: Office,
  { scope, carriedMs }: { readonly scope: 'unsent' | 'all'; readonly carriedMs: number },
): Promise<void> {
  const till = await readTill(page.db)
  if (till === undefined) return
  const file = await makeRescueFile(page.db, {
    till,
    scope,
    now: page.browser.now,
    appVersion: 'simulated',
    pause: () => new Promise<void>((resolve) => world.after(1, page, () => resolve())),
  })
  if (!page.alive || file.count === 0) return
  world.count('journal saved as a file')
  world.tell(`${page.name}: ${file.count} entries saved as a file`)
  // See platform.ts: a browser's own blob would be read by a thread of its own.
  const bytes = (file.blob as unknown as { bytesAtOnce(): Uint8Array }).bytesAtOnce()
  await file.saved()
  world.after(carriedMs, NOBODY, () => office.importJournal(bytes))
}
