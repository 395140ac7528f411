import { CASHIER_PIN, SUPERVISOR_PIN } from './demo-company.ts'
import { dollars, expectSale } from './expectation.ts'
import { expect, test } from './fixtures.ts'
import { expectAllSent, readJournal, readStored } from './journal.ts'
import { TillScreen } from './till-screen.ts'

const idOf = (raw: string) => (JSON.parse(raw) as { id: string }).id

test('goods of a receipt are exchanged for dearer ones, and only the difference is paid', async ({
  page,
  till,
  items,
  server,
}) => {
  test.setTimeout(240_000)
  const byPrice = items.filter((item) => item.price >= 100).sort((a, b) => a.price - b.price)
  const [cheap, dear] = [byPrice[0], byPrice.find(({ price }) => price > (byPrice[0]?.price ?? 0) + 100)]
  if (!cheap || !dear) throw new Error('the demo company has too little to sell')
  const { screen, tillId } = till
  const sold = { lines: [{ item: cheap, pieces: 1 }], tenders: [{ method: 'CASH' as const }] }
  const expected = expectSale(sold)
  await screen.ringUp(sold, expected, ['scan'])
  const [sale] = await readJournal(page)
  if (sale === undefined) throw new Error('no sale')

  await screen.goTo('Receipts')
  await page.getByRole('searchbox', { name: 'Search receipts' }).fill('no such receipt')
  await expect(page.getByText('This till has no such receipt')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search receipts' }).fill((cheap.price / 100).toFixed(2))
  await screen.openLastReceipt()
  await page.getByRole('button', { name: 'Exchange…' }).click()
  await page.getByRole('button', { name: `One more of ${cheap.name}` }).click()
  await page.getByRole('searchbox', { name: 'Search what goes out' }).fill(dear.name)
  await page
    .getByRole('button', { name: `Add ${dear.name}` })
    .first()
    .click()
  await expect(page.getByRole('region', { name: 'Goes out' })).toContainText(dollars(dear.price))
  const goesOut = page.getByRole('region', { name: 'Goes out' })
  const customer = 'Low Wan Ting'
  await page.keyboard.press('F4')
  await page.getByRole('dialog').getByRole('searchbox').fill(customer)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${customer}`) })
    .click()
  await expect(goesOut).toContainText(customer)
  await page.getByRole('button', { name: 'Wrong item' }).click()
  const due = Math.round((dear.price - cheap.price) / 5) * 5
  await test.step('what the customer hands over is typed where it is no usual sum', async () => {
    await page.getByRole('button', { name: 'Another amount' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cash received' })
    await dialog.getByRole('button', { name: '0', exact: true }).click()
    await expect(dialog.getByRole('button', { name: `At least ${dollars(due)}` })).toBeDisabled()
    for (const digit of '963') await dialog.getByRole('button', { name: digit, exact: true }).click()
    await dialog.getByRole('button', { name: '$963.00 received' }).click()
    await expect(page.getByText(`Change ${dollars(963_00 - due)}`)).toBeVisible()
  })
  await page.getByRole('button', { name: `Take ${dollars(due)} and exchange` }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
  await expect(page.getByRole('article')).toHaveCount(2)

  await expectAllSent(page, 3)
  const rows = await server.sql`
    select s.kind, t.kind as tender, (t.amount - t.change)::int as amount from sale s
    join sale_tender t using (company_id, sale_id)
    where s.till_id = ${tillId} and s.sale_id <> ${idOf(sale.raw)} order by s.sale_id, t.tender_no`
  expect(rows).toEqual([
    { kind: 'refund', tender: 'exchange', amount: -cheap.price },
    { kind: 'sale', tender: 'exchange', amount: cheap.price },
    { kind: 'sale', tender: 'cash', amount: due },
  ])
  const earned = await server.sql`
    select c.name, s.points_earned::int as points from sale s join customer c using (company_id, customer_id)
    where s.till_id = ${tillId}`
  expect(earned).toEqual([{ name: customer, points: Math.floor(dear.price / 1000) }])

  // What they took is theirs: should it come back too, so is what they take for it.
  await page.keyboard.press('Escape')
  await screen.openLastReceipt()
  await page.getByRole('button', { name: 'Exchange…' }).click()
  await expect(goesOut).toContainText(customer)
  await page.getByRole('button', { name: `Remove ${customer} from the sale` }).click()
  await expect(goesOut).toContainText('Add customer')
})

test('what an exchange leaves over goes back in cash or as credit, and so does what it paid for', async ({
  page,
  till: { screen },
  items,
}) => {
  const byPrice = items.filter((item) => item.price >= 100).sort((a, b) => a.price - b.price)
  const [cheap, dear] = [byPrice[0], byPrice.find(({ price }) => price > (byPrice[0]?.price ?? 0) + 100)]
  if (!cheap || !dear) throw new Error('the demo company has too little to sell')
  const sold = { lines: [{ item: dear, pieces: 1 }], tenders: [{ method: 'CASH' as const }] }
  await screen.ringUp(sold, expectSale(sold), ['scan'])
  await screen.prepareExchange(dear, cheap)
  const ways = page.getByRole('group', { name: 'Pay back' })
  await expect(ways.getByRole('button', { name: 'Cash' })).toBeVisible()
  // No card gave anything.
  await expect(ways.getByRole('button', { name: 'Card' })).toHaveCount(0)
  const search = page.getByRole('searchbox', { name: 'Search what goes out' })
  await search.fill('abc')
  await search.press('Escape')
  await expect(search).toHaveValue('')
  await page.getByRole('button', { name: 'Wrong item' }).click()
  await page.getByRole('button', { name: /^Exchange and pay back/ }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/^Give back \$\d+\.\d\d in cash$/)

  const bodies = (await readJournal(page)).map(({ raw }) => JSON.parse(raw))
  await page.goto(`/receipts/${bodies.at(-1).id}`)
  await screen.signIn(SUPERVISOR_PIN, { landing: page.getByRole('button', { name: 'Refund…' }) })
  await page.getByRole('button', { name: 'Refund…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Refund of / })
  await dialog.getByRole('button', { name: `One more of ${cheap.name}` }).click()
  await dialog.getByRole('button', { name: 'Wrong item' }).click()
  await dialog.getByRole('button', { name: /^Refund \$/ }).click()
  await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Refund of')
  const last = JSON.parse((await readJournal(page)).at(-1)?.raw ?? '')
  expect(last).toMatchObject({ kind: 'refund', body: { tenders: [{ kind: 'cash' }] } })
})

test('an exchange prints both its papers by itself, as originals, and hands them over in every other way', async ({
  page,
  context,
  till: { screen },
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 100)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const sold = { lines: [{ item, pieces: 1 }], tenders: [{ method: 'CARD' as const }] }
  await screen.ringUp(sold, expectSale(sold), ['scan'])
  await screen.goTo('Printer')
  await page.getByRole('radio', { name: 'Virtual printer' }).click()
  await page.getByRole('switch', { name: 'Print a receipt as soon as a sale is paid' }).check()
  const roll = await context.newPage()
  await roll.goto('/printer')
  await new TillScreen(roll).signIn(SUPERVISOR_PIN, {
    landing: roll.getByText('Receipts appear here as they would be printed'),
  })

  await screen.prepareExchange(item, item)
  await page.getByRole('button', { name: 'Damaged' }).click()
  await page.getByRole('button', { name: 'Exchange', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()

  const printed = roll.getByRole('article', { name: 'Printed paper' })
  await expect(printed).toHaveCount(2)
  await expect(printed.filter({ hasText: 'COPY' })).toHaveCount(0)
  for (const { raw } of (await readJournal(page)).slice(-2)) {
    const { receiptNo } = JSON.parse(raw).body
    await expect(printed.getByRole('img', { name: `QR code of ${receiptNo}` })).toHaveCount(1)
    const paper = page.getByRole('region', { name: receiptNo })
    for (const way of ['Save as PDF', 'Show as QR', 'E-mail'])
      await expect(paper.getByRole('button', { name: way })).toBeVisible()
    await expect(paper.getByRole('article')).not.toContainText('COPY')
  }
  await page
    .getByRole('button', { name: /^Print a copy of / })
    .first()
    .click()
  await expect(printed).toHaveCount(3)
  await expect(printed.first()).toContainText('COPY')
})

test('what a gift card paid for goes back to it, through an exchange as well', async ({
  page,
  till: { screen },
  items,
}) => {
  test.setTimeout(240_000)
  const [item] = items.filter(({ price }) => price >= 100 && price < 2000)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const code = await screen.sellGiftCard('$20.00')
  await screen.scan(item.barcode)
  await screen.scan(code)
  await page.getByRole('button', { name: `Use ${dollars(item.price)}` }).click()
  await expect(page.getByRole('heading', { name: `Paid ${dollars(item.price)}` })).toBeVisible()

  await screen.prepareExchange(item, item)
  await page.getByRole('button', { name: 'Damaged' }).click()
  await page.getByRole('button', { name: 'Exchange', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
  await page.keyboard.press('Escape')
  await screen.openLastReceipt()
  await page.getByRole('button', { name: 'Refund…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Refund of / })
  await dialog.getByRole('button', { name: `One more of ${item.name}` }).click()
  await dialog.getByRole('button', { name: 'Wrong item' }).click()
  await dialog.getByRole('button', { name: /^Refund \$/ }).click()
  await expect(page.getByRole('article', { name: /^Receipt / })).toContainText('Gift card …')
  const last = JSON.parse((await readJournal(page)).at(-1)?.raw ?? '')
  expect(last.body.tenders).toEqual([{ methodCode: 'GIFT', kind: 'gift-card', amount: item.price, code }])
})

test('goods that are scanned come back first, and what is left over says that it is on the gift card again', async ({
  page,
  till: { screen },
  items,
}) => {
  test.setTimeout(240_000)
  const byPrice = items.filter(({ price }) => price >= 100 && price < 2000).sort((a, b) => a.price - b.price)
  const [cheap, dear] = [byPrice[0], byPrice.find(({ price }) => price > (byPrice[0]?.price ?? 0) + 100)]
  if (!cheap || !dear) throw new Error('the demo company has too little to sell')
  const code = await screen.sellGiftCard('$20.00')
  await screen.scan(dear.barcode)
  await screen.scan(code)
  await page.getByRole('button', { name: `Use ${dollars(dear.price)}` }).click()
  await expect(page.getByRole('heading', { name: `Paid ${dollars(dear.price)}` })).toBeVisible()

  await screen.goTo('Receipts')
  await screen.openLastReceipt()
  await page.getByRole('button', { name: 'Exchange…' }).click()
  const goesOut = page.getByRole('region', { name: 'Goes out' })
  const comesBack = page.getByRole('status', { name: `${dear.name} comes back` })
  await expect(comesBack).toHaveText('0')
  await expect(page.getByRole('button', { name: 'Choose what comes back first' })).toBeDisabled()

  await screen.scan(dear.barcode)
  await expect(comesBack).toHaveText('1')
  await expect(goesOut).not.toContainText(dear.name)
  // The very same may be what the customer takes: said so, or because no more of it can come back.
  await page.getByRole('button', { name: 'It goes out instead' }).click()
  await expect(comesBack).toHaveText('0')
  await expect(goesOut).toContainText(dear.name)
  await screen.scan(dear.barcode)
  await screen.scan(dear.barcode)
  await expect(comesBack).toHaveText('1')
  await expect(goesOut.getByRole('group', { name: dear.name })).toContainText('2')
  for (const left of ['1', undefined]) {
    await goesOut.getByRole('button', { name: `One less of ${dear.name}` }).click()
    if (left) await expect(goesOut.getByRole('group', { name: dear.name })).toContainText(left)
  }
  await expect(goesOut).not.toContainText(dear.name)
  await screen.scan(cheap.barcode)
  await expect(goesOut).toContainText(cheap.name)

  await expect(page.getByRole('button', { name: 'Say why it comes back' })).toBeDisabled()
  await page.getByRole('button', { name: 'Wrong item' }).click()
  await page.getByRole('button', { name: /^Exchange and pay back/ }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
  const over = dollars(dear.price - cheap.price)
  await expect(page.getByRole('main').getByRole('status')).toHaveText(
    `${over} is on Gift card …${code.slice(-4)} again`,
  )
})

test('the difference is paid by a gift card, by part on a card and in cash; what was taken waits through a restart', async ({
  page,
  till: { screen },
  items,
}) => {
  test.setTimeout(240_000)
  const byPrice = items.filter(({ price }) => price >= 100).sort((a, b) => a.price - b.price)
  const cheap = byPrice[0]
  const dear = byPrice.find(({ price }) => price > (cheap?.price ?? 0) + 1500)
  if (!cheap || !dear) throw new Error('the demo company has too little to sell')
  const code = await screen.sellGiftCard('$10.00')
  const sold = { lines: [{ item: cheap, pieces: 1 }], tenders: [{ method: 'CASH' as const }] }
  await screen.ringUp(sold, expectSale(sold), ['scan'])
  await screen.prepareExchange(cheap, dear)
  await page.getByRole('button', { name: 'Wrong item' }).click()
  await screen.scan(code)
  await page.getByRole('dialog').getByRole('button', { name: 'Use $10.00' }).click()
  const settle = page.getByRole('region', { name: 'Difference' })
  await expect(settle.getByRole('listitem')).toHaveText([/Gift card.*\$10\.00/])

  await settle.getByRole('button', { name: 'Card', exact: true }).click()
  await settle.getByRole('button', { name: 'Only part by Card…' }).click()
  const part = page.getByRole('dialog', { name: 'Part of it by Card' })
  for (const key of ['2', 'Point', '5', '0'])
    await part.getByRole('button', { name: key, exact: true }).click()
  await part.getByRole('button', { name: 'Take $2.50 by Card' }).click()
  await expect(settle.getByRole('listitem')).toHaveText([/\$10\.00/, /Card.*\$2\.50/])

  // What they pay for does not change, and another exchange does not take its place.
  await screen.scan(dear.barcode)
  await expect(page.getByText(/^Payments have been taken for this exchange/)).toBeVisible()
  await expect
    .poll(async () => (await readStored(page, 'openExchange')) as object)
    .toMatchObject({ tenders: [{}, {}] })
  await page.reload()
  await screen.signIn(SUPERVISOR_PIN, { landing: page.getByRole('heading', { name: /^Exchange of / }) })
  await page.getByRole('button', { name: 'Back to receipts' }).click()
  await screen.goTo('Receipts')
  await page.getByRole('button', { name: 'Return without a receipt' }).click()
  await expect(page.getByRole('heading', { name: 'Another exchange is being paid' })).toBeVisible()
  await page.getByRole('button', { name: 'Go on with the exchange: $12.50 was taken' }).click()

  const rest = dear.price - cheap.price - 1250
  await settle.getByRole('button', { name: 'Cash', exact: true }).click()
  await settle.getByRole('button', { name: `Take ${dollars(Math.round(rest / 5) * 5)} and exchange` }).click()
  await expect(page.getByRole('heading', { name: 'Exchanged' })).toBeVisible()
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Change$0.00')
  const { body } = JSON.parse((await readJournal(page)).at(-1)?.raw ?? '')
  expect(body.tenders).toEqual([
    { methodCode: 'EXCHANGE', kind: 'exchange', amount: cheap.price },
    expect.objectContaining({ methodCode: 'GIFT', kind: 'gift-card', amount: 1000, code }),
    { methodCode: 'CARD', kind: 'card', amount: 250 },
    { methodCode: 'CASH', kind: 'cash', amount: Math.round(rest / 5) * 5 },
  ])
  await expectAllSent(page, 4)
})

test('goods without a receipt come back at a typed price, when a supervisor allows it', async ({
  page,
  till,
  items,
}) => {
  const [item] = items.filter(({ price }) => price >= 100)
  if (item === undefined) throw new Error('the demo company has nothing to sell')
  const { screen } = till
  await screen.goTo('Sign out')
  await screen.signIn(CASHIER_PIN)
  await screen.goTo('Receipts')
  await page.getByRole('button', { name: 'Return without a receipt' }).click()
  await expect(page.getByRole('heading', { name: 'Return without a receipt' })).toBeVisible()
  await screen.scan(item.barcode)
  await expect(page.getByRole('region', { name: 'Comes back' })).toContainText(item.name)
  await expect
    .poll(() => readStored(page, 'openExchange'))
    .toMatchObject({ lines: [{ productId: item.productId }] })
  await page.reload()
  await screen.signIn(CASHIER_PIN, {
    landing: page.getByRole('heading', { name: 'Return without a receipt' }),
  })
  await expect(page.getByRole('region', { name: 'Comes back' })).toContainText(item.name)
  await page.getByRole('button', { name: `Price of ${item.name}` }).click()
  const dialog = page.getByRole('dialog')
  for (const key of '0.50')
    await dialog.getByRole('button', { name: key === '.' ? 'Point' : key, exact: true }).click()
  await dialog.getByRole('button', { name: 'Pay back $0.50 each' }).click()
  await page.getByText('Write off').click()
  await page.getByRole('button', { name: 'Damaged' }).click()
  await page.getByRole('button', { name: 'Refund $0.50' }).click()
  await screen.approve(SUPERVISOR_PIN)
  await expect(page.getByRole('heading', { name: 'Refunded $0.50' })).toBeVisible()
  const kinds = (await readJournal(page)).map(({ raw }) => (JSON.parse(raw) as { kind: string }).kind)
  expect(kinds).toEqual(['override-given', 'refund'])
})
