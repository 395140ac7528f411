import { expectSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { readJournal } from './journal.ts'

/** Longer than all that is done between one paper and the next. */
const DIALOG_OPEN_MS = 400

test('an exchange’s papers reach the browser’s print dialog one after the other, in their order', async ({
  page,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 100)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const sold = { lines: [{ item, pieces: 1 }], tenders: [{ method: 'CARD' as const }] }
  await screen.ringUp(sold, expectSale(sold), ['scan'])
  await screen.goTo('Printer')
  await page.getByRole('switch', { name: 'Print a receipt as soon as a sale is paid' }).check()
  // A browser whose dialog lets the page go on, and that refuses a second one beside it.
  await page.evaluate((openMs) => {
    const prints: string[] = []
    let isOpen = false
    Object.assign(window, { prints })
    window.print = () => {
      const paper = document.querySelector('[class*=printRoot]')?.textContent ?? ''
      prints.push(isOpen ? 'refused' : paper)
      isOpen = true
      setTimeout(() => {
        isOpen = false
        window.dispatchEvent(new Event('afterprint'))
      }, openMs)
    }
  }, DIALOG_OPEN_MS)
  await screen.prepareExchange(item, item)
  await page.getByRole('button', { name: 'Damaged' }).click()
  await page.getByRole('button', { name: 'Exchange', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()

  const numbers = (await readJournal(page)).slice(-2).map(({ raw }) => JSON.parse(raw).body.receiptNo)
  const prints = () => page.evaluate(() => (window as unknown as { prints: string[] }).prints)
  await expect.poll(prints).toHaveLength(2)
  expect(await prints()).toEqual(numbers.map((number) => expect.stringContaining(`Receipt${number}`)))
})
