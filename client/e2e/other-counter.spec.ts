import { SUPERVISOR_PIN } from './demo-company.ts'
import { expectSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { TillScreen } from './till-screen.ts'

test('what one counter sold is refunded at another, where its receipt is scanned among the goods', async ({
  browser,
  till,
  office,
  items,
  server,
}) => {
  test.setTimeout(240_000)
  const [item] = items.filter(({ price }) => price >= 100).sort((a, b) => a.price - b.price)
  if (!item) throw new Error('the demo company has too little to sell')
  const sold = { lines: [{ item, pieces: 3 }], tenders: [{ method: 'CARD' as const }] }
  await till.screen.ringUp(sold, expectSale(sold), ['scan'])
  const papers = async (tillId: string) =>
    await server.sql<{ receipt_no: string; kind: string }[]>`
      select receipt_no, kind from sale where till_id = ${tillId} order by sale_id`
  await expect.poll(() => papers(till.tillId)).toHaveLength(1)
  const [{ receipt_no: receiptNo } = { receipt_no: '' }] = await papers(till.tillId)

  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  const other = new TillScreen(page)
  const { enrolPath, tillId } = await office.newTill('The other counter')
  await other.enrol(enrolPath)
  await other.signIn(SUPERVISOR_PIN)
  await other.scan(receiptNo)
  await expect(page.getByText(`Of ${till.name}`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Void…' })).toBeHidden()
  await page.getByRole('button', { name: 'Refund…' }).click()
  await page.getByRole('button', { name: `One more of ${item.name}` }).click()
  await page.getByRole('button', { name: 'Damaged' }).click()
  await page.getByRole('button', { name: /^Refund \$/ }).click()
  await expect(page.getByRole('article')).toContainText(receiptNo)
  await expect.poll(async () => (await papers(tillId)).map(({ kind }) => kind)).toEqual(['refund'])
  await context.close()
})
