import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { HAND_MS, type TillScreen } from './till-screen.ts'

// As the demo has them.
const BANANAS = 'Cavendish Bananas'
const SUNDRY = 'Sundry goods'

const SCANNER_MS = 10
const LETTERS = 'k0p'

const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name })

/** Each key arrives once, and the field is empty again after it. */
async function expectTyped({ page, search }: TillScreen): Promise<void> {
  await page.keyboard.type(LETTERS, { delay: HAND_MS })
  await expect(search).toHaveValue(LETTERS)
  await expect(search).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('')
}

async function ask(screen: TillScreen, name: string) {
  await screen.search.fill(name)
  await expect(screen.page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${name}.`)
  await screen.page.keyboard.press('Enter')
  await screen.takesKeys(dialogOf(screen.page, name))
  return dialogOf(screen.page, name)
}

test('what is typed goes to the search, whatever was done last', async ({ till: { screen }, items }) => {
  const { page } = screen
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(item.barcode)

  await test.step('goods that were asked about, and not taken', async () => {
    for (const name of [BANANAS, SUNDRY]) {
      const dialog = await ask(screen, name)
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expectTyped(screen)
    }
  })

  await test.step('goods that were weighed', async () => {
    const dialog = await ask(screen, BANANAS)
    await page.keyboard.type('1', { delay: HAND_MS })
    await dialog.getByRole('button', { name: 'Add 1 kg for $2.90' }).click()
    await expect(dialog).toBeHidden()
    await expectTyped(screen)
  })

  await test.step('a tile', async () => {
    await page.getByRole('tab', { name: 'All' }).click()
    await expectTyped(screen)
    await page.getByRole('tabpanel').getByRole('button').first().click()
    await expectTyped(screen)
  })

  await test.step('one more and one less', async () => {
    for (const step of ['One more', 'One less']) {
      await page.getByRole('button', { name: `${step} ${item.name}` }).click()
      await expectTyped(screen)
    }
  })

  await test.step('a note on a line', async () => {
    const dialog = await screen.openLine(item)
    await dialog.getByText('Note', { exact: true }).click()
    await expect(dialog.getByRole('textbox')).toBeFocused()
    await page.keyboard.type('chilled', { delay: HAND_MS })
    await expect(dialog.getByRole('textbox')).toHaveValue('chilled')
    await expect(screen.search).toHaveValue('')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expectTyped(screen)
  })
})

test('how many are added next is typed ahead of them: of a scan, a search and a tile', async ({
  till: { screen },
  items,
}) => {
  const { page, search } = screen
  const [scanned, sought] = [items[40], items[80]]
  if (scanned === undefined || sought === undefined)
    throw new Error('the demo company has too little to sell')
  const quantity = ({ name }: { name: string }, pieces: number) =>
    page.getByRole('button', { name: `Quantity of ${name}: ${pieces}`, exact: true })

  await page.keyboard.type('6*', { delay: HAND_MS })
  await expect(page.getByRole('main').getByRole('status')).toContainText('6 of what is added next')
  await screen.scan(scanned.barcode)
  await expect(quantity(scanned, 6)).toBeVisible()
  await expect(search).toHaveValue('')
  // They were for that one.
  await screen.scan(scanned.barcode)
  await expect(quantity(scanned, 7)).toBeVisible()

  await search.fill(`12*${sought.name}`)
  await expect(page.getByRole('main').getByRole('status')).toContainText(`Enter adds ${sought.name}.`)
  await page.keyboard.press('Enter')
  await expect(quantity(sought, 12)).toBeVisible()
  await expect(search).toHaveValue('')

  await page.getByRole('tab', { name: 'All' }).click()
  const tile = page.getByRole('tabpanel').getByRole('button').first()
  await search.fill('3*')
  await tile.click()
  await expect(page.getByRole('button', { name: /^Quantity of .*: 3$/ })).toBeVisible()
  await expect(search).toHaveValue('')
})

test('a key that a button wants stays with the button', async ({ till: { screen }, items }) => {
  const { page, search } = screen
  const item = items[40]
  if (item === undefined) throw new Error('the demo company has too little to sell')
  await screen.scan(item.barcode)
  const more = page.getByRole('button', { name: `One more ${item.name}` })
  await more.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Quantity of ${item.name}: 3` })).toBeVisible()
  await expect(more).toBeFocused()
  await expect(search).toHaveValue('')

  await page.getByRole('tab', { name: 'All' }).click()
  const tiles = page.getByRole('tabpanel').getByRole('button')
  await tiles.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(tiles.nth(1)).toBeFocused()
  await page.keyboard.press('Control+b')
  await expect(tiles.nth(1)).toBeFocused()
  await page.keyboard.press('?')
  await expect(dialogOf(page, 'Keyboard shortcuts')).toBeVisible()
  await page.keyboard.type(LETTERS, { delay: HAND_MS })
  await screen.closeDialog()
  await expect(search).toHaveValue('')

  await page.keyboard.press('F9')
  await expect(page.getByRole('main', { name: 'Payment' })).toBeVisible()
  await page.keyboard.type('x1', { delay: HAND_MS })
  // The amount first, then the way back.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('main', { name: 'Payment' })).toBeHidden()
  await expect(search).toHaveValue('')
})

test('a scan that begins with the focus elsewhere leaves nothing in the search, and the focus where it was', async ({
  till: { screen },
  items,
}) => {
  const { page, search } = screen
  const [first, second] = [items[40], items[80]]
  if (first === undefined || second === undefined) throw new Error('the demo company has too little to sell')
  const quantity = (pieces: number) =>
    page.getByRole('button', { name: `Quantity of ${first.name}: ${pieces}` })
  const begun = (keys: number) => Date.now() - keys * SCANNER_MS
  await screen.scan(first.barcode)
  await expect(quantity(1)).toBeVisible()

  const more = page.getByRole('button', { name: `One more ${first.name}` })
  await more.focus()
  await screen.scan(first.barcode)
  await expect(quantity(2)).toBeVisible()
  await expect(search).toHaveValue('')
  await expect(more).toBeFocused()

  // A busy tablet holds back one key.
  const { barcode } = first
  const next = await screen.keysAt(begun(barcode.length), barcode.slice(0, 3).split(''), SCANNER_MS)
  await page.waitForTimeout(450)
  await screen.keysAt(next + 450, [...barcode.slice(3), 'Enter'], SCANNER_MS)
  await expect(quantity(3)).toBeVisible()
  await expect(search).toHaveValue('')
  await expect(more).toBeFocused()

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await screen.scan(first.barcode)
  await screen.scan(second.barcode)
  await expect(quantity(4)).toBeVisible()
  await expect(screen.line(second)).toBeVisible()
  await expect(search).toHaveValue('')
  await expect(search).not.toBeFocused()

  // What a hand had typed before it stays.
  await page.keyboard.type('kop', { delay: HAND_MS })
  await expect(search).toHaveValue('kop')
  await page.waitForTimeout(600)
  await screen.scan(first.barcode)
  await expect(quantity(5)).toBeVisible()
  await expect(search).toHaveValue('kop')
  await expect(search).toBeFocused()
})
