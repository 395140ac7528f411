import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import { launchTill } from './browser.ts'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'
import { TillScreen } from './till-screen.ts'

test('a browser whose database is gone says which till it was, has kept what was not sent, and sends it when it is that till again', async ({
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
    const { enrolPath, tillId } = await office.newTill('Lost till')
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
    const remembered = () => before.till.page.evaluate(() => localStorage.getItem('evertill-till'))
    await expect.poll(remembered).toContain(receiptNo)
    const unsent = await before.till.page.evaluate(readUnsentCount)
    expect(unsent).toBe(1)
    await expect.poll(() => before.till.page.evaluate(countSpareFiles)).toBe(unsent + 1)
    await before.context.close()

    await rm(join(profile, 'Default', 'IndexedDB'), { recursive: true })
    const { till } = await open()
    const { page } = till
    await page.goto(server.url)
    await expect(page.getByRole('heading', { name: 'This browser has lost its till' })).toBeVisible()
    await expect(page.getByText(receiptNo)).toBeVisible()
    await expect(page.getByText(/^This browser was Lost till .* was kept in a second place/)).toBeVisible()
    await expect(page.getByText('had not been sent')).toBeHidden()

    await till.enrol(`${server.url}${await office.enrolPathOf(tillId)}`)
    await expect
      .poll(() => server.sql`select receipt_no from sale where till_id = ${tillId}`.then((rows) => [...rows]))
      .toEqual([{ receipt_no: receiptNo }])
    await expect.poll(() => page.evaluate(countSpareFiles)).toBe(0)
    await till.signIn(SUPERVISOR_PIN)
    await till.scan(item.barcode)
    await till.startPaying()
    await till.take('CASH')
    const next = receiptNo.replace(/\d+$/, (digits) =>
      String(Number(digits) + 1).padStart(digits.length, '0'),
    )
    await expect(page.getByText(`Receipt ${next} is saved on this till`)).toBeVisible()
  } finally {
    await context?.close()
    await rm(profile, { recursive: true, force: true })
  }
})

async function countSpareFiles(): Promise<number> {
  const root = await navigator.storage.getDirectory()
  const names: string[] = []
  for await (const name of (await root.getDirectoryHandle('evertill-unsent')).keys()) names.push(name)
  return names.length
}

const readUnsentCount = (): number => JSON.parse(localStorage.getItem('evertill-till') ?? '{}').unsent ?? 0
