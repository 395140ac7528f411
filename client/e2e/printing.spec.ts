import { readFile } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { SUPERVISOR_PIN } from './demo-company.ts'
import { expect, offlineTest, test } from './fixtures.ts'
import { readQr } from './qr-reading.ts'
import { TillScreen } from './till-screen.ts'

async function openPrinterSettings(screen: TillScreen): Promise<void> {
  await screen.goTo('Printer')
  await expect(screen.page.getByRole('heading', { name: 'How this device prints' })).toBeVisible()
}

/** What stands on paper, as words: columns and line breaks are the printer's. */
const wordsOf = (text: string) =>
  text
    .replaceAll('−', '-')
    .replaceAll('×', 'x')
    .replaceAll('·', '-')
    .replace(/-{4,}/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')

async function sellForCash(screen: TillScreen, barcode: string): Promise<string> {
  await screen.scan(barcode)
  await screen.startPaying()
  await screen.take('CASH', 100_00)
  await expect(screen.page.getByRole('heading', { name: /^Paid/ })).toBeVisible()
  const paper = screen.page.getByRole('article', { name: /^Receipt / })
  return ((await paper.getAttribute('aria-label')) ?? '').replace('Receipt ', '')
}

test('a receipt prints by itself on the virtual printer, word for word, the drawer opens for cash, and a reprint is a copy', async ({
  page,
  context,
  till,
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  await openPrinterSettings(till.screen)
  await page.getByRole('radio', { name: 'Virtual printer' }).click()
  await page.getByRole('switch', { name: 'Print a receipt as soon as a sale is paid' }).check()
  await expect(page.getByRole('switch', { name: 'Open the drawer when cash is taken' })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(till.screen.search).toBeVisible()

  // The paper hangs out of a window of its own.
  const roll = await context.newPage()
  await roll.goto('/printer')
  await new TillScreen(roll).signIn(SUPERVISOR_PIN, {
    landing: roll.getByText('Receipts appear here as they would be printed'),
  })

  const receiptNo = await sellForCash(till.screen, item.barcode)
  const papers = roll.getByRole('article', { name: 'Printed paper' })
  await expect(papers).toHaveCount(1)
  await expect(roll.getByText('The drawer was opened.')).toHaveCount(1)
  const onScreen = page.getByRole('article', { name: /^Receipt / })
  await expect(async () => {
    expect(wordsOf(await papers.innerText())).toEqual(wordsOf(await onScreen.innerText()))
  }).toPass({ timeout: 20_000 })
  expect(await readQr(papers.getByRole('img', { name: /^QR code/ }))).toBe(receiptNo)

  await expect(page.getByRole('button', { name: 'Print a copy' })).toBeVisible()

  // Looking at the sale again prints nothing; asking does.
  await page.reload()
  await till.screen.signIn(SUPERVISOR_PIN, { landing: page.getByRole('heading', { name: /^Paid/ }) })
  await expect(page.getByRole('button', { name: 'Save as PDF' })).toBeVisible()
  await expect(papers).toHaveCount(1)
  await page.getByRole('button', { name: 'New sale' }).click()
  await till.screen.goTo('Receipts')
  await till.screen.openLastReceipt()
  await page.getByRole('button', { name: 'Print a copy' }).click()
  await expect(papers).toHaveCount(2)
  await expect(papers.first()).toContainText('COPY')
  await expect(papers.last()).not.toContainText('COPY')
  await expect(roll.getByText('The drawer was opened.')).toHaveCount(1)
})

test('a drawer that is opened without a sale is written down first, then opens', async ({ page, till }) => {
  await openPrinterSettings(till.screen)
  await page.getByRole('radio', { name: 'Virtual printer' }).click()
  await page.keyboard.press('Escape')
  await expect(till.screen.search).toBeVisible()
  await till.screen.goTo('Shift and drawer')
  await page.getByRole('button', { name: 'Type the total' }).click()
  for (const digit of '100') await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: /^Open shift with/ }).click()
  await page.getByRole('button', { name: 'Open drawer' }).click()
  await page.getByRole('button', { name: 'Give change' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open drawer' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  // The kick follows the entry, and a page that is left sends nothing more.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('evertill-virtual-printer')))
    .not.toBeNull()
  await page.goto('/printer')
  await till.screen.signIn(SUPERVISOR_PIN, { landing: page.getByText('The drawer was opened.') })
})

offlineTest(
  'a receipt is saved as a PDF that says the same, also without a network',
  async ({ page, till, items }) => {
    const [item] = items
    if (item === undefined) throw new Error('the demo company has nothing to sell')
    await till.screen.readyForOffline()
    await page.context().setOffline(true)
    const receiptNo = await sellForCash(till.screen, item.barcode)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as PDF' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toBe(`${receiptNo}.pdf`)
    const text = textOfPdf(await readFile(await download.path()))
    const onScreen = await page.getByRole('article', { name: /^Receipt / }).innerText()
    expect(wordsOf(text)).toEqual(wordsOf(onScreen))
  },
)

/** The strings a PDF shows, in the order it draws them: its fonts are the standard ones, in Windows' letters. */
function textOfPdf(file: Buffer): string {
  const raw = file.toString('latin1')
  const shown: string[] = []
  for (const [, length = '0', at] of [...raw.matchAll(/\/Length (\d+)[\s\S]*?stream\r?\n/g)].map(
    (match) => [match[0], match[1], match.index + match[0].length] as const,
  )) {
    const stream = file.subarray(at, at + Number(length))
    let content: string
    try {
      content = inflateSync(stream).toString('latin1')
    } catch {
      continue
    }
    for (const [, hex = ''] of content.matchAll(/<([0-9A-F]+)> Tj/g))
      shown.push(new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex')))
  }
  return shown.join(' ')
}

test('a USB printer is chosen once, found again after a restart, and missed in words when it is unplugged: what comes out then is the original', async ({
  page,
  till,
  items,
}) => {
  const [item] = items
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  // A printer of a maker the driver knows: it stays plugged in over reloads, until it is pulled.
  await page.addInitScript(() => {
    const device = {
      opened: false,
      vendorId: 0x04b8,
      productId: 0x0202,
      manufacturerName: 'EPSON',
      productName: 'TM-T88VI',
      serialNumber: 'X1',
      configuration: {
        interfaces: [
          {
            interfaceNumber: 0,
            claimed: true,
            alternate: { endpoints: [{ direction: 'out', endpointNumber: 1 }] },
          },
        ],
      },
      async open() {
        if (localStorage.getItem('test-unplugged') !== null) throw new DOMException('gone', 'NotFoundError')
        device.opened = true
      },
      async close() {
        device.opened = false
      },
      selectConfiguration: async () => undefined,
      claimInterface: async () => undefined,
      reset: async () => undefined,
      async transferOut(_: number, bytes: Uint8Array) {
        if (localStorage.getItem('test-unplugged') !== null) throw new DOMException('gone', 'NetworkError')
        const printed = (window as unknown as { printed?: string[] }).printed ?? []
        Object.assign(window, { printed: [...printed, new TextDecoder('latin1').decode(bytes)] })
        return { status: 'ok' }
      },
    }
    Object.defineProperty(navigator, 'usb', {
      value: {
        requestDevice: async () => {
          localStorage.setItem('test-allowed', '')
          return device
        },
        getDevices: async () => (localStorage.getItem('test-allowed') === null ? [] : [device]),
        addEventListener: () => undefined,
      },
    })
  })
  const printed = () => page.evaluate(() => (window as unknown as { printed?: string[] }).printed ?? [])
  await page.goto('/printing')
  await till.screen.signIn(SUPERVISOR_PIN, { landing: page.getByRole('heading', { name: 'Printer' }) })
  await page.getByRole('radio', { name: 'USB' }).click()
  await page.getByRole('button', { name: 'Choose the printer' }).click()
  await expect(page.getByText('EPSON TM-T88VI is connected.')).toBeVisible()
  await page.getByRole('button', { name: 'Print a test page' }).click()
  await expect.poll(async () => (await printed()).join()).toContain('Test page')

  await page.goto('/')
  await till.screen.signIn(SUPERVISOR_PIN)
  const receiptNo = await sellForCash(till.screen, item.barcode)
  await page.evaluate(() => localStorage.setItem('test-unplugged', ''))
  const print = page.getByRole('button', { name: 'Print', exact: true })
  await print.click()
  await expect(page.getByText('The receipt was not printed')).toBeVisible()
  await expect(print).toBeVisible()
  await expect(page.getByText(/The sale is safe\. See that the printer is switched on/)).toBeVisible()
  const before = (await printed()).length
  await page.evaluate(() => localStorage.removeItem('test-unplugged'))
  await page.getByRole('button', { name: 'Print again' }).click()
  await expect.poll(async () => (await printed()).length).toBe(before + 1)
  await expect(page.getByText('The receipt was not printed')).toBeHidden()
  await page.getByRole('button', { name: 'Print a copy' }).click()
  await expect.poll(async () => (await printed()).length).toBe(before + 2)
  const [original, copy] = (await printed()).slice(before)
  expect(original).toContain(receiptNo)
  expect(original).not.toContain('COPY')
  expect(copy).toContain('COPY')
})
