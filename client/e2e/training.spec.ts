import { lookAt } from './axe.ts'
import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { expect, test } from './fixtures.ts'

test('what is practised in training reaches neither the server nor the real till', async ({
  page,
  till,
  items,
  server,
}) => {
  const { screen, tillId } = till
  const [first, second] = items.slice(30)
  if (!first || !second) throw new Error('the demo company has too little to sell')
  const sell = async (item: typeof first) => {
    await screen.searchAndAdd(item)
    await screen.startPaying()
    await screen.take('CASH')
    await expect(page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  }
  const salesOnServer = async () =>
    Number((await server.sql`select count(*) from sale where till_id = ${tillId}`)[0]?.count)
  const open = async () => {
    await page.getByRole('button', { name: 'Menu' }).click()
    return page.getByRole('menu')
  }
  const band = page.getByRole('region', { name: 'Training' })

  await sell(first)
  await screen.newSale()
  await expect.poll(salesOnServer).toBe(1)
  // A sale that is open when training begins waits for its end.
  await screen.searchAndAdd(second)
  await expect(screen.line(second)).toBeVisible()

  await test.step('a supervisor starts training, a cashier practises', async () => {
    await (await open()).getByRole('menuitem', { name: 'Training…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click()
    await expect(band).toContainText('Nothing here counts as a sale')
    await screen.signIn(CASHIER_PIN)
    await expect(screen.line(second)).toBeHidden()
    for (let practised = 0; practised < 2; practised++) {
      await sell(first)
      await expect(page.getByRole('article')).toContainText('TRAINING')
      await expect(page.getByRole('article')).not.toContainText('Tax invoice')
      await screen.newSale()
    }
  })

  await test.step('it outlives a reload, and the real till cannot be reached from it', async () => {
    await page.reload()
    await screen.signIn(CASHIER_PIN)
    await expect(band).toBeVisible()
    await expect((await open()).getByRole('menuitem', { name: 'Health of this till' })).toBeHidden()
    await page.keyboard.press('Escape')
    await page.goto('/health')
    await expect(page.getByText('This page belongs to the real till.')).toBeVisible()
  })

  await test.step('whoever finds the browser closed is told that it is the real till, and can go on', async () => {
    // Another tab has not begun it: as after a restart.
    const again = await page.context().newPage()
    await again.goto('/')
    const told = again.getByRole('status').filter({ hasText: 'This is the real till' })
    await expect(told).toBeVisible()
    await lookAt(again, 'training-left', [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ])
    await told.getByRole('button', { name: 'Go on practising' }).click()
    await expect(again.getByRole('region', { name: 'Training' })).toBeVisible()
    await again.close()
  })

  await test.step('ending it throws it away', async () => {
    await band.getByRole('button', { name: 'End training…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End training' }).click()
    await screen.expectSignIn()
    await expect(page.getByText('This is the real till')).toBeHidden()
    await screen.signIn(SUPERVISOR_PIN)
    await expect(band).toBeHidden()
    await expect(screen.line(second)).toBeVisible()
    await expect
      .poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
      .not.toContain('evertill-training')
    await screen.startPaying()
    await screen.take('CASH')
    await screen.newSale()
    await expect(screen.chip).toHaveText('Safe, all sent')
    await expect.poll(salesOnServer).toBe(2)
    const [journal] = await server.sql`
      select count(*)::int as entries, max(seq)::int as last from entry where till_id = ${tillId}`
    expect(journal).toEqual({ entries: 2, last: 2 })
  })
})

test('who may not let others practise is not offered it', async ({ page, till }) => {
  await till.screen.goTo('Sign out')
  await till.screen.signIn(CASHIER_PIN)
  await page.getByRole('button', { name: 'Menu' }).click()
  await expect(page.getByRole('menuitem', { name: 'My settings' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Training…' })).toBeHidden()
})
